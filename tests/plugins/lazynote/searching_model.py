"""The search of the specification, section 8, as plainly as it can be written: every atom is looked at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

IGNORED = re.compile("[\u00ad\u200b-\u200d\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
CJK = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]"
)


#: White_Space of Unicode.
BLANK = "[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"


@dataclass(frozen=True)
class Atom:
    """What is known of an atom."""

    kind: str
    content: str
    updated_at: int


def trimmed(text: str) -> str:
    return re.sub(f"^{BLANK}+|{BLANK}+\\Z", "", text)


def is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return (category[0] in "LNM" or category == "Co") and not IGNORED.match(character)


def fold(token: str) -> str:
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", token).casefold())
    text = unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", text))
    return "".join(character for character in text if is_word(character))[:64]


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Folded tokens with where they begin and end."""
    runs: list[list[int]] = []
    is_open = False
    for at, character in enumerate(text):
        if IGNORED.match(character):
            continue
        if not is_word(character):
            is_open = False
        elif CJK.match(character):
            runs.append([at, at + 1])
            is_open = False
        elif is_open:
            runs[-1][1] = at + 1
        else:
            runs.append([at, at + 1])
            is_open = True
    folded = [(fold(IGNORED.sub("", text[start:end])), start, end) for start, end in runs]
    return [token for token in folded if token[0]]


def phrases(query: str) -> list[list[str]]:
    found: list[list[str]] = []
    for piece in re.split(BLANK, query):
        phrase = [token for token, _, _ in tokens(piece)]
        if phrase and phrase not in found:
            found.append(phrase)
    return found


def places(words: list[str], phrase: list[str]) -> list[int]:
    return [at for at in range(len(words)) if words[at : at + len(phrase)] == phrase]


def snippet(content: str, wanted: list[list[str]]) -> str:
    located = tokens(content)
    words = [token for token, _, _ in located]
    first, length = min((at, -len(phrase)) for phrase in wanted for at in places(words, phrase))
    begin = max(0, first - 4)
    end = min(len(words), max(begin + 20, first - length))
    marked = [False] * len(words)  # the token is part of an occurrence
    joined = [False] * len(words)  # ... and so is the one before, in the same or an overlapping one
    for phrase in wanted:
        for at in places(words, phrase):
            if begin <= at and at + len(phrase) <= end:
                for place in range(at, at + len(phrase)):
                    joined[place] |= place > at
                    marked[place] = True
    shown = ""
    at = located[begin][1] if begin else 0
    for place in range(begin, end):
        _, left, right = located[place]
        is_next_joined = place + 1 < end and joined[place + 1]
        shown += content[at:left] + ("[" if marked[place] and not joined[place] else "")
        shown += content[left:right] + ("]" if marked[place] and not is_next_joined else "")
        at = right
    shown += content[at:] if end == len(words) else ""
    shown = re.sub(f"{BLANK}+", " ", shown).strip(" ")
    return ("... " if begin else "") + shown + (" ..." if end < len(words) else "")


def search(atoms: Mapping[str, Atom], query: str, kind: str | None, limit: int) -> tuple[list[tuple[str, str]], int]:
    """Ids and snippets of the best matches, and how many there are."""
    wanted = phrases(query)
    ranked: list[tuple[float, int, str]] = []
    for atom_id, atom in atoms.items():
        words = [token for token, _, _ in tokens(atom.content)]
        counts = [len(places(words, phrase)) for phrase in wanted]
        if wanted and all(counts) and kind in (None, atom.kind):
            score = sum(tf / (tf + 1.2 * (0.25 + 0.75 * len(words) / 100)) for tf in counts)
            ranked.append((-round(score, 9), -atom.updated_at, atom_id))
    best = sorted(ranked)[:limit]
    return [(atom_id, snippet(atoms[atom_id].content, wanted)) for _, _, atom_id in best], len(ranked)
