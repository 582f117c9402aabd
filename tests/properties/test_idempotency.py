"""Idempotency against a reference model: any sequence of calls, failures, days and sweeps does what a dictionary does.

The model knows a call by command and key, and remembers what was answered, which units are done, and since when.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text as sql

from bus import MANY, Bus, Plugin
from bus.settings import Settings
from bus.testing import FakeClock
from tests.bus.sample import TEXT, No, add, contract, create_table, texts
from tests.bus.worker import work
from workers import workers

DAY_MS = 24 * 3_600_000

keys = st.sampled_from(["k", "l", None])
words = st.sampled_from(["a", "b"])
fates = st.sampled_from(["succeed", "succeed", "refuse", "fail"])

PUT = contract("put", params=TEXT, result=TEXT, errors=(No,))
STEPS = contract("steps", params=TEXT, result=TEXT, errors=(No,), units=MANY)


class Chance:
    """What the next run of a handler comes to; outside of its arguments, so that a repeated call may fare better."""

    fate = "succeed"

    def strike(self) -> None:
        """Refuse or fail, if that is what is due."""
        if self.fate == "refuse":
            raise No(why="fate")
        if self.fate == "fail":
            raise RuntimeError("fate")


def plugin(chance: Chance) -> Plugin:
    """One unit, or two; each answers the correlation id of the run that wrote first."""
    made = Plugin("sample", contracts=[PUT, STEPS])

    @made.handles(PUT)
    def put(ctx: Any, text: str) -> dict[str, Any]:
        add(ctx.db, text)
        chance.strike()
        return {"text": ctx.correlation_id}

    @made.handles(STEPS)
    def steps(ctx: Any, text: str) -> dict[str, Any]:
        first = ctx.unit("first", lambda db: add(db, f"{text} 1") or ctx.correlation_id)
        chance.strike()
        ctx.unit("second", lambda db: add(db, f"{text} 2"))
        return {"text": first}

    return made


@dataclass
class Known:
    """What the model remembers of a call."""

    word: str
    at_ms: int
    #: The correlation id that the answer carries, or that the first unit noted.
    first: str
    #: The id of its job, if it was queued.
    job: str | None = None
    #: Whether a MANY run has ended; until then it may go on.
    is_done: bool = True


class Idempotency(RuleBasedStateMachine):
    """The bus beside the model."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = FakeClock()
        self.chance = Chance()
        self.bus = Bus.open(
            "sqlite://",
            plugins=[plugin(self.chance), workers],
            clock=self.clock,
            settings=Settings(home=Path(self.folder.name)),
        )
        create_table(self.bus)
        self.calls = 0
        self.known: dict[tuple[str, str], Known] = {}
        self.rows: Counter[str] = Counter()
        #: Jobs that wait: id, word, correlation id.
        self.waiting: list[tuple[str, str, str]] = []
        #: How jobs have ended.
        self.ended: dict[str, tuple[str | None, str | None]] = {}

    def teardown(self) -> None:
        if hasattr(self, "bus"):
            self.bus.close()
            self.folder.cleanup()

    def alive(self, command: str, key: str | None) -> Known | None:
        """What is remembered of a call and has not expired."""
        known = None if key is None else self.known.get((command, key))
        return known if known is not None and known.at_ms >= self.clock.now_ms() - DAY_MS else None

    def call(self, command: str, key: str | None, word: str, **options: Any) -> tuple[str, Any]:
        self.calls += 1
        name = f"c{self.calls}"
        return name, self.bus.call(command, {"text": word}, idempotency_key=key, correlation_id=name, **options)

    @rule(key=keys, word=words, fate=fates)
    def put(self, key: str | None, word: str, fate: str) -> None:
        """One unit: a key either stands for a whole success, or for nothing."""
        self.chance.fate = fate
        name, envelope = self.call("put", key, word)
        known = self.alive("put", key)
        assert envelope.correlation_id == name
        if known is not None:
            self.check_replay(known, word, envelope)
        elif fate == "succeed":
            assert envelope.data == {"text": name}
            self.rows[word] += 1
            self.remember("put", key, Known(word, self.clock.now_ms(), name))
        else:
            assert envelope.code == ("no" if fate == "refuse" else "HANDLER_ERROR")
            self.forget("put", key)

    @rule(key=keys, word=words, fate=fates)
    def steps(self, key: str | None, word: str, fate: str) -> None:
        """Two units: a failure keeps what is done for the repeated call, a refusal does not."""
        self.chance.fate = fate
        name, envelope = self.call("steps", key, word)
        known = self.alive("steps", key)
        if known is not None and (known.is_done or known.word != word):
            return self.check_replay(known, word, envelope)
        first = known.first if known is not None else name
        if known is None:
            self.rows[f"{word} 1"] += 1
        if fate == "succeed":
            assert envelope.data == {"text": first}
            self.rows[f"{word} 2"] += 1
            return self.remember("steps", key, Known(word, self.clock.now_ms(), first))
        assert envelope.code == ("no" if fate == "refuse" else "HANDLER_ERROR")
        if fate == "fail":
            return self.remember("steps", key, Known(word, self.clock.now_ms(), first, is_done=False))
        return self.forget("steps", key)

    @rule(key=keys, word=words)
    def queue(self, key: str | None, word: str) -> None:
        """A queued call stands for its job."""
        name, envelope = self.call("put", key, word, mode="queue")
        known = self.alive("put", key)
        if known is not None:
            return self.check_replay(known, word, envelope)
        assert envelope.ok
        assert envelope.data is None
        job = envelope.job["id"]
        self.waiting.append((job, word, name))
        return self.remember("put", key, Known(word, self.clock.now_ms(), name, job))

    @rule(fate=st.sampled_from(["succeed", "refuse"]))
    def run_jobs(self, fate: str) -> None:
        """Every waiting job runs once."""
        self.chance.fate = fate
        work(self.bus)
        for job, word, name in self.waiting:
            if fate == "succeed":
                self.rows[word] += 1
            self.ended[job] = (name, None) if fate == "succeed" else (None, "no")
        self.waiting.clear()

    @rule(hours=st.sampled_from([1, 12, 24, 25]))
    def pass_time(self, hours: int) -> None:
        self.clock.advance(hours * 3_600_000)

    @rule()
    def sweep(self) -> None:
        """Old records go, and nobody notices."""
        self.bus.sweep()
        self.known = {(command, key): known for (command, key), known in self.known.items() if self.alive(command, key)}
        assert self.count("bus_idempotency") == len(self.known)
        done = sum(command == "steps" and 1 + known.is_done for (command, _), known in self.known.items())
        assert self.count("bus_unit") == done

    @invariant()
    def every_effect_is_there_as_often_as_it_should(self) -> None:
        if hasattr(self, "bus"):
            assert Counter(texts(self.bus)) == self.rows

    def check_replay(self, known: Known, word: str, envelope: Any) -> None:
        """The answer to a call whose key is known."""
        if known.word != word:
            assert envelope.error["details"] == {"state": "other_arguments"}
        elif known.job is None:
            assert (envelope.data, envelope.job) == ({"text": known.first}, None)
        else:
            assert envelope.job["id"] == known.job
            name, code = self.ended.get(known.job, (None, None))
            assert envelope.code == code
            assert envelope.data == (None if name is None else {"text": name})

    def remember(self, command: str, key: str | None, known: Known) -> None:
        if key is not None:
            self.known[command, key] = known

    def forget(self, command: str, key: str | None) -> None:
        if key is not None:
            self.known.pop((command, key), None)

    def count(self, table: str) -> int:
        with self.bus.database.connect() as connection:
            return connection.scalar(sql(f"SELECT count(*) FROM {table}"))


TestIdempotency = Idempotency.TestCase
TestIdempotency.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
