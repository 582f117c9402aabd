"""How long does ``entry_search`` take among 100,000 notes of 1 kB of one owner?

Repeat: python -m benchmarks --only lazynote_search

A tenth of the notes is Chinese; the words of the others are as frequent as those of a language, the most frequent ones
in two notes of three. Asked in turns: a selective word (in about 70 notes), two words (in about 2,500 each), a phrase
of two words that are not among the hundred most frequent, a Chinese word of two characters, and a common word (in about
20,000). The mix is all of these alike, so its p95 is a slow search for the common word.
"""

from __future__ import annotations

import itertools
import random
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.domain import accepted, opened
from benchmarks.line import Line, at_most
from benchmarks.questions.queue_latency import quantile
from benchmarks.stage import Stage
from bus import Bus
from plugins.lazynote.search.tokens import search_text

UNIT = "ms"
FULL, TENTH = 100_000, 10_000
KINDS = ("selective word", "two words", "phrase", "Chinese word", "common word")
LINES = (
    Line("SQLite, mix, p95", must=at_most(30)),
    Line("PostgreSQL, mix, p95", must=at_most(50)),
    *(Line(f"{name}, {kind}, p95") for name in ("SQLite", "PostgreSQL") for kind in KINDS),
    *(
        Line(f"{name}, selective word, median", f"{name}, selective word, median of a tenth", must=at_most(3))
        for name in ("SQLite", "PostgreSQL")
    ),
)
#: Searches of each kind in one round.
SEARCHES = 60
CHARACTERS = 1_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Corpus:
    """Notes that are the same in every round, and what is asked of them."""

    chance: random.Random
    words: list[str]
    word_weights: list[float]
    characters: list[str]
    character_weights: list[float]

    @classmethod
    def seeded(cls) -> Corpus:
        """Words of three to ten letters; the n-th is as frequent as 1 in n, the first few less so."""
        chance = random.Random(20)  # noqa: S311  # chance that repeats is the point
        words = ["".join(chance.choices(_LETTERS, k=chance.randint(3, 10))) for _ in range(30_000)]
        characters = [chr(0x4E00 + number) for number in range(3_000)]
        words = list(dict.fromkeys(words))
        weights = [list(itertools.accumulate(1 / (n + 8) for n in range(len(some)))) for some in (words, characters)]
        return cls(chance, words, weights[0], characters, weights[1])

    def contents(self, count: int) -> Iterator[str]:
        """The texts of notes."""
        for number in range(count):
            if number % 10:
                words = self.chance.choices(self.words, cum_weights=self.word_weights, k=180)
                yield " ".join(words)[:CHARACTERS]
            else:
                yield "".join(
                    self.chance.choices(self.characters, cum_weights=self.character_weights, k=CHARACTERS // 3)
                )


def measure(stage: Stage) -> dict[str, float]:
    """One round."""
    figures: dict[str, float] = {}
    for name in ("SQLite", "PostgreSQL"):
        for full in (TENTH, FULL):
            with database(stage, name, full) as url, opened(url) as bus:
                asked = fill(bus, stage.times(full, least=200))
                taken = searches(bus, asked, stage.times(SEARCHES, least=2))
            middle = quantile(sorted(taken["selective word"]), 0.5)
            if full == TENTH:
                figures[f"{name}, selective word, median of a tenth"] = middle
        figures[f"{name}, selective word, median"] = middle
        figures |= {f"{name}, {kind}, p95": quantile(sorted(taken[kind]), 0.95) for kind in KINDS}
        figures[f"{name}, mix, p95"] = quantile(sorted(itertools.chain(*taken.values())), 0.95)
    return figures


@contextmanager
def database(stage: Stage, name: str, notes: int) -> Iterator[str]:
    """The URL of an empty one."""
    if name == "SQLite":
        yield f"sqlite:///{stage.folder}/{notes}.sqlite"
        return
    with stage.postgresql().database() as url:
        yield url


def fill(bus: Bus, count: int) -> dict[str, list[str]]:
    """Add so many notes, each changed at a moment of its own, and tell what to search for: queries of each kind."""
    corpus = Corpus.seeded()
    mark = "?" if bus.database.kind == "sqlite" else "%s"
    columns = "uuid, owner, type, content, is_deleted, created_at, updated_at, search_text, token_count"
    statement = f"INSERT INTO lazynote_atoms({columns}) VALUES ({', '.join([mark] * 9)})"
    samples: list[str] = []
    for batch in _batches(corpus.contents(count)):
        samples += batch[:5]
        with bus.database.writer().transaction() as kept:
            kept.raw.cursor().executemany(statement, [_row(corpus.chance, content) for content in batch])
    with bus.database.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    return _queries(corpus, samples)


def _batches(contents: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(itertools.islice(contents, 1_000)):
        yield batch


def _row(chance: random.Random, content: str) -> tuple[object, ...]:
    searched, count = search_text(content)
    at = 1_750_000_000_000 + chance.randrange(10**9)
    return (str(uuid.UUID(int=chance.getrandbits(128))), "local", "note", content, False, at, at, searched, count)


def _queries(corpus: Corpus, samples: list[str]) -> dict[str, list[str]]:
    chance = corpus.chance
    latin = [words for text in samples if len(words := text.split()) > 1]
    chinese = [text for text in samples if " " not in text]
    most_common = set(corpus.words[:100])

    def phrase() -> str:
        words = chance.choice(latin)
        places = [at for at in range(len(words) - 2) if most_common.isdisjoint(words[at : at + 2])]
        return "-".join(words[(at := chance.choice(places)) : at + 2])

    def chinese_word() -> str:
        text = chance.choice(chinese)
        at = chance.randrange(len(text) - 2)
        return text[at : at + 2]

    return {
        "selective word": [chance.choice(corpus.words[15_000:20_000]) for _ in range(SEARCHES)],
        "two words": [" ".join(chance.sample(corpus.words[500:700], 2)) for _ in range(SEARCHES)],
        "phrase": [phrase() for _ in range(SEARCHES)],
        "Chinese word": [chinese_word() for _ in range(SEARCHES)],
        "common word": [chance.choice(corpus.words[60:70]) for _ in range(SEARCHES)],
    }


def searches(bus: Bus, asked: dict[str, list[str]], count: int) -> dict[str, list[float]]:
    """Milliseconds of each search, kinds in turns; the first of each kind is not measured."""
    taken: dict[str, list[float]] = {kind: [] for kind in asked}
    for number in range(-1, count):
        for kind, queries in asked.items():
            began = time.perf_counter()
            accepted(bus.call("entry_search", {"text": queries[number]}))
            if number >= 0:
                taken[kind].append((time.perf_counter() - began) * 1000)
    return taken
