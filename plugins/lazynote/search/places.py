"""Where phrases stand among tokens: found by one way through the tokens, however many phrases there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from plugins.lazynote.search.query import Phrase


def places(tokens: Sequence[str], phrases: Collection[Phrase]) -> Iterator[tuple[int, Phrase]]:
    """At which token a phrase begins, and which one: in the order of the text, of several at once the longest first."""
    wanted, lengths = set(phrases), sorted({len(phrase) for phrase in phrases}, reverse=True)
    firsts = {phrase[0] for phrase in wanted}
    for at, token in enumerate(tokens):
        if token not in firsts:
            continue
        for length in lengths:
            part = tuple(tokens[at : at + length])
            if part in wanted and len(part) == length:
                yield at, part
