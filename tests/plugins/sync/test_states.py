"""Any sequence of commands goes as in the model of the queue (model.py), whatever the clock does in between."""

from __future__ import annotations

import functools
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from plugins.sync.moments import iso_text
from tests.plugins.identity.caller import MINUTE_MS, START_MS
from tests.plugins.sync.desk import Desk
from tests.plugins.sync.model import Model, Operation

ENTITIES = st.sampled_from(["a", "b", "c", "d"])
TYPES = st.sampled_from(["task", "photo"])
#: Which of the operations there were; the last ones are asked for most.
NUMBERS = st.integers(0, 7)


class QueueStates(RuleBasedStateMachine):
    """One queue from empty on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.model = Model()
        self.ids: list[int] = []
        desk.clear()
        desk.clock.advance(START_MS - desk.clock.now_ms())

    @property
    def now(self) -> int:
        return self.desk.clock.now_ms()

    def number(self, back: int) -> int:
        """An operation's id, also of one that was dropped; 999,999,999 before there is any."""
        return self.ids[-1 - back % len(self.ids)] if self.ids else 999_999_999

    def outcome(self, command: str, back: int, **args: Any) -> str | None:
        return self.desk.admin.envelope(command, operation_id=self.number(back), **args).code

    @rule(
        entity=ENTITIES,
        kind=TYPES,
        needed=st.lists(ENTITIES, max_size=2),
        second=st.integers(-2, 2),
        tries=st.integers(1, 3),
    )
    def enqueue(self, entity: str, kind: str, needed: list[str], second: int, tries: int) -> None:
        made_at = START_MS + second * 1_000
        moment = iso_text(made_at)
        number = self.desk.put(entity, *needed, entity_type=kind, max_retries=tries, timestamp_utc=moment)
        self.ids.append(number)
        self.model.operations[number] = Operation(number, (kind, entity), tuple(needed), made_at, tries)

    @rule(limit=st.integers(1, 4))
    def take(self, limit: int) -> None:
        assert self.desk.take(limit=limit) == self.model.take(limit, self.now)

    @rule(back=NUMBERS)
    def complete(self, back: int) -> None:
        assert self.outcome("sync_mark_completed", back) == self.model.complete(self.number(back))

    @rule(back=NUMBERS, error=st.sampled_from(["rain", "snow"]))
    def fail(self, back: int, error: str) -> None:
        outcome = self.outcome("sync_mark_failed", back, error=error)
        assert outcome == self.model.fail(self.number(back), error, self.now)

    @rule(back=NUMBERS)
    def retry(self, back: int) -> None:
        assert self.outcome("sync_retry_operation", back) == self.model.retry(self.number(back))

    @rule(back=NUMBERS)
    def drop(self, back: int) -> None:
        assert self.outcome("sync_drop_operation", back) == self.model.drop(self.number(back))

    @rule(minutes=st.sampled_from([1, 3, 5]))
    def wait(self, minutes: int) -> None:
        self.desk.clock.advance(minutes * MINUTE_MS)
        if self.now - START_MS > 60 * MINUTE_MS:  # or sessions end
            self.desk.clock.advance(-60 * MINUTE_MS)
        self.model.settle_time(self.now)

    @invariant()
    def every_operation_is_that_of_the_model(self) -> None:
        for number in self.ids[-8:]:
            envelope = self.desk.admin.envelope("sync_get_operation", operation_id=number)
            expected = self.model.operations.get(number)
            if expected is None:
                assert envelope.code == "NOT_FOUND"
                continue
            rest = expected.next_retry_at
            names = ("status", "retry_count", "last_error", "next_retry_at")
            assert [envelope.data[name] for name in names] == [
                expected.status,
                expected.retry_count,
                expected.last_error,
                None if rest is None else iso_text(rest),
            ]

    @invariant()
    def the_counts_are_those_of_the_model(self) -> None:
        metrics = self.desk.admin("sync_get_metrics")
        for status in ("pending", "processing", "completed", "failed", "abandoned"):
            of_model = [one for one in self.model.operations.values() if one.status == status]
            assert metrics[f"{status}_operations"] == len(of_model)


def test_any_sequence_of_commands_goes_as_in_the_model(desk: Desk) -> None:
    machine: Any = functools.partial(QueueStates, desk)
    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=30))
