"""What a query asks for: phrases, each a row of tokens that must follow one another."""

from __future__ import annotations

from contracts.lazynote.white_space import pieces
from plugins.lazynote.search.tokens import folded

Phrase = tuple[str, ...]


def phrases_of(text: str) -> list[Phrase]:
    """The phrases of a query, each once: one for each piece between white space that has a token."""
    phrases = (tuple(folded(piece)) for piece in pieces(text))
    return list(dict.fromkeys(phrase for phrase in phrases if phrase))


def needle(phrase: Phrase) -> str:
    """What the stored text of an atom contains if, and only if, the phrase occurs in it."""
    return f" {' '.join(phrase)} "
