"""The ledger: what was accepted against what the database says became of it, fault by fault.

It balances if accepted = answered = succeeded = effects there exactly once, nothing is stuck, early or strange. For
letters there is no answer, and an effect may be there twice.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from bus.database.tables import job
from bus.jobs.states import ENDED, JobState
from workers.drill.plugin import EFFECTS, table_of

if TYPE_CHECKING:
    from workers.drill.faults import Strike
    from workers.drill.orders import Order, Published
    from workers.drill.shadow import ShadowBus

#: Numbers of jobs that one complaint names.
NAMED = 5


@dataclass
class Line:
    """What became of the jobs of one kind of fault."""

    times: int = 0
    accepted: int = 0
    #: None: letters have no answers.
    answered: int | None = 0
    succeeded: int | None = 0
    once: int = 0
    doubled: int = 0
    lost: int = 0
    stuck: int = 0
    #: Done before their delay was over.
    early: int = 0
    #: Milliseconds from each strike to the end of the last job that it hit.
    back_ms: list[int] = field(default_factory=list[int])


class Entry(NamedTuple):
    """One strike and what was published for it."""

    fault: str
    orders: Sequence[Order]
    published: Published
    strike: Strike


class Balance(NamedTuple):
    """What the ledger says."""

    #: By the name of the fault.
    lines: Mapping[str, Line]
    #: What is wrong, a sentence each; empty: it balances.
    complaints: list[str]
    #: Numbers of the orders that are complained about.
    wrong: frozenset[int]


class Found(NamedTuple):
    """What the database says at the end."""

    #: Rows of the jobs, by id.
    jobs: Mapping[str, Any]
    #: How often each thing was done for an order, and when first.
    effects: Counter[tuple[int, str]]
    first_at: Mapping[int, int]


def found(bus: ShadowBus, table: str) -> Found:
    """Read jobs and effects of a drill."""
    effects = table_of(table)
    effect_rows = bus.read(select(effects.c.n, effects.c.what, effects.c.at))
    first_at: dict[int, int] = {}
    for n, _, at in effect_rows:
        first_at[n] = min(at, first_at.get(n, at))
    jobs = {row.id: row for row in bus.read(select(job).where(bus.is_ours))}
    return Found(jobs, Counter((n, what) for n, what, _ in effect_rows), first_at)


def balance(entries: Iterable[Entry], found: Found) -> Balance:
    """Compare what was published with what was found."""
    audit = _Audit(found)
    for entry in entries:
        audit.add(entry)
    return audit.balance()


class _Audit:
    """One comparison."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._lines: defaultdict[str, Line] = defaultdict(Line)
        self._complaints: list[str] = []
        #: Fault and what is wrong -> numbers of orders.
        self._wrong: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        #: Numbers of which there may be jobs and effects.
        self._known: set[int] = set()

    def add(self, entry: Entry) -> None:
        """Enter one strike."""
        line = self._lines[entry.fault]
        line.times += 1
        self._known |= entry.published.ids.keys() | entry.published.doubtful
        self._complaints += entry.published.complaints
        if not entry.published.ids:
            self._complaints.append(f"{entry.fault}: no job was accepted")
        for order in entry.orders:
            if order.n in entry.published.ids:
                self._enter(entry.fault, line, order, self._found.jobs.get(entry.published.ids[order.n]))
        line.back_ms += _back_ms(entry, self._found.jobs)

    def _enter(self, fault: str, line: Line, order: Order, row: Any) -> None:
        """Enter one accepted order; its job's row is None if there is none (any more)."""
        counts = [self._found.effects[order.n, what] for what in EFFECTS[order.command]]
        is_there = all(counts)
        has_ended = row.state in ENDED if row is not None else is_there or not order.is_letter
        line.accepted += 1
        line.once += all(count == 1 for count in counts)
        line.doubled += max(counts) > 1
        line.stuck += self._note(fault, "that did not end", order.n, is_wrong=not has_ended)
        is_lost = has_ended and not is_there
        line.lost += self._note(fault, "whose effects are not all there", order.n, is_wrong=is_lost)
        if order.is_letter:
            line.answered = line.succeeded = None
            return
        is_answered = row is not None and has_ended and row.result is not None
        has_succeeded = row is not None and is_answered and row.state == JobState.SUCCEEDED
        line.answered = (line.answered or 0) + is_answered
        line.succeeded = (line.succeeded or 0) + has_succeeded
        self._note(fault, "without an answer", order.n, is_wrong=has_ended and not is_answered)
        self._note(fault, "that did not succeed", order.n, is_wrong=is_answered and not has_succeeded)
        self._note(fault, "done twice or more", order.n, is_wrong=max(counts) > 1)
        is_early = row is not None and self._is_early(order, row)
        line.early += self._note(fault, "done before their delay was over", order.n, is_wrong=is_early)

    def _is_early(self, order: Order, row: Any) -> bool:
        due = row.created_at + order.delay_ms
        return order.delay_ms > 0 and self._found.first_at.get(order.n, math.inf) < due

    def _note(self, fault: str, what: str, n: int, *, is_wrong: bool) -> bool:
        if is_wrong:
            self._wrong[fault, what].append(n)
        return is_wrong

    def _strangers(self) -> None:
        """Jobs and effects that nobody published."""
        for row in self._found.jobs.values():
            self._note("all", "that nobody published", n := json.loads(row.args)["n"], is_wrong=n not in self._known)
        for n in {n for n, _ in self._found.effects}:
            self._note("all", "with effects that nobody published", n, is_wrong=n not in self._known)

    def balance(self) -> Balance:
        """What it comes to."""
        self._strangers()
        for (fault, what), numbers in self._wrong.items():
            named = ", ".join(str(n) for n in numbers[:NAMED]) + (", …" if len(numbers) > NAMED else "")
            self._complaints.append(f"{fault}: {len(numbers)} jobs {what} ({named})")
        return Balance(self._lines, self._complaints, frozenset(n for ns in self._wrong.values() for n in ns))


def _back_ms(entry: Entry, jobs: Mapping[str, Any]) -> list[int]:
    """How long after the strike, or after its time, the last job ended that was hit; nothing if none was."""
    by_id = {job_id: n for n, job_id in entry.published.ids.items()}
    delays = {order.n: order.delay_ms for order in entry.orders}
    hit = by_id.keys() if entry.strike.hit is None else entry.strike.hit
    late = [
        jobs[job_id].finished_at - _due(entry, jobs[job_id], delays[by_id[job_id]])
        for job_id in hit
        if job_id in by_id and job_id in jobs and jobs[job_id].finished_at is not None
    ]
    return [max(0, *late)] if late else []


def _due(entry: Entry, row: Any, delay_ms: int) -> int:
    return row.created_at + delay_ms if delay_ms else entry.strike.at


def percentile(values: Sequence[int], share: float) -> int | None:
    """The value that this share of all do not exceed (nearest rank); None: there are none."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)] if values else None
