"""Which of the found atoms come first: those in which the phrases are frequent and that are short.

An atom's score is the sum of ``tf / (tf + 1.2 * (0.25 + 0.75 * token_count / 100))`` over the phrases, tf being how
often one occurs. How often a token occurs stands in the index; only where a phrase of several tokens may occur more
than once, and of very long atoms, the text has to be read.

Of the atoms in which no token is repeated a shorter one is better, and of equally long ones that changed later. So
the databases hand over the first of these only: of thousands that match, it is hundreds that are ranked here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from heapq import nlargest
from typing import Any

from plugins.lazynote.search.places import places
from plugins.lazynote.search.query import Phrase, needle

#: Where more atoms match, only so many are ranked: those changed last.
MOST_RANKED = 5_000
#: Decimals of a score; what lies below is chance.
DECIMALS = 9
#: Tokens of an atom from which on a few more no longer show in the decimals, and the index does not count repeats.
VERY_LONG = 50_000
#: Phrases that are searched for one by one.
FEW_PHRASES = 50
#: How often a phrase occurs in one atom.
Count = Callable[[Phrase], int]
#: In place of a frequency: only the text can tell.
_UNSURE = 0


def tokens_of(phrases: Sequence[Phrase]) -> list[str]:
    """The tokens of a query, each once."""
    return list(dict.fromkeys(token for phrase in phrases for token in phrase))


def best(
    found: Sequence[Sequence[Any]],
    phrases: Sequence[Phrase],
    limit: int,
    texts_of: Callable[[list[int]], dict[int, str]],
) -> list[str]:
    """The uuids of the best atoms, best first.

    Args:
        found: atoms in which every phrase occurs, as the index knows them, each ``(id, uuid, updated_at, token_count,
            repeats, ...)``; ``repeats`` are the tokens that occur more than once, `` tea:3 milk:2 ``, or None.
        phrases: of the query.
        limit: how many at most.
        texts_of: reads the stored texts of atoms, by id.
    """
    ids, uuids, moments, lengths, repeats, *_ = zip(*found, strict=True)
    known: dict[int, Count] = {}

    def read(unsure: list[int]) -> dict[int, Count]:
        """Each text is read once, however many phrases there are."""
        new = [atom_id for atom_id in unsure if atom_id not in known]
        if new:
            known.update({atom_id: _counter(text, phrases) for atom_id, text in texts_of(new).items()})
        return known

    dampings = [1.2 * (0.25 + 0.75 * length / 100) for length in lengths]
    sums = [0.0] * len(found)
    for phrase in phrases:
        times = _frequencies(phrase, ids, lengths, repeats, read)
        sums = [sum_ + tf / (tf + damping) for sum_, tf, damping in zip(sums, times, dampings, strict=True)]
    scores = [round(sum_, DECIMALS) for sum_ in sums]
    least = nlargest(limit, scores)[-1]
    ranked = sorted(
        (-score, -moment, uuid) for score, moment, uuid in zip(scores, moments, uuids, strict=True) if score >= least
    )
    return [uuid for *_, uuid in ranked[:limit]]


def _frequencies(
    phrase: Phrase,
    ids: Sequence[int],
    lengths: Sequence[int],
    repeats: Sequence[str | None],
    counters_of: Callable[[list[int]], dict[int, Count]],
) -> list[int]:
    """How often the phrase occurs in each atom."""
    counts = [_counts(repeats, token) for token in dict.fromkeys(phrase)]
    if len(phrase) == 1:
        times = counts[0]
    else:
        times = [1 if min(several) == 1 else _UNSURE for several in zip(*counts, strict=True)]
    times = [_UNSURE if length > VERY_LONG else tf for tf, length in zip(times, lengths, strict=True)]
    unsure = [atom_id for atom_id, tf in zip(ids, times, strict=True) if tf == _UNSURE]
    counters = counters_of(unsure)
    return [tf or counters[atom_id](phrase) for atom_id, tf in zip(ids, times, strict=True)]


def _counts(repeats: Sequence[str | None], token: str) -> list[int]:
    """How often a token occurs in each of the atoms, in all of which it does."""
    sought, skipped = f" {token}:", len(token) + 2
    return [
        1
        if words is None or (at := words.find(sought)) < 0
        else int(words[at + skipped : words.index(" ", at + skipped)])
        for words in repeats
    ]


def _counter(text: str, phrases: Sequence[Phrase]) -> Count:
    """Counts phrases in a text; where there are many phrases, the text is not searched for each."""
    if len(phrases) <= FEW_PHRASES:
        return lambda phrase: occurrences(text, needle(phrase))
    return Counter(phrase for _, phrase in places(text.split(), phrases)).__getitem__


def occurrences(text: str, sought: str) -> int:
    """At how many places a needle begins; the blank at its end may begin the next."""
    count, at = 0, text.find(sought)
    while at >= 0:
        count, at = count + 1, text.find(sought, at + 1)
    return count
