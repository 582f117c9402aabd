"""P3: a fault at any write of any command leaves the database exactly as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bus.contract import WRITE
from plugins.engine import engine
from tests.plugins.engine.caller import Caller
from tests.plugins.engine.samples import Call, World, accepted
from tests.plugins.engine.watching import content, watched

if TYPE_CHECKING:
    from bus.application import Bus

WRITES = {contract.name.removeprefix("db.") for contract in engine.contracts if contract.effect is WRITE}

#: Writes of the calls with more than one, so that the loop below is known to have looked at each.
EXPECTED_WRITES = {
    "effort.phase next": 3,
    "effort.phase append to the skill": 4,
    "effort.phase append to metadata": 3,
    "effort.phase the same": 0,
    "effort.finish": 2,
    "session.start": 2,
    "session.start with a link": 2,
}


class Fault(Exception):
    """Injected."""


def answer_with_fault(bus: Bus, call: Call, when: str, number: int) -> tuple[bool, int]:
    """Whether the call went through, and at which write it stood, if its n-th write fails."""
    writes = 0

    def fail(_statement: str) -> None:
        nonlocal writes
        writes += 1
        if writes == number:
            raise Fault

    before = content(bus)
    with watched(bus, when, fail):
        envelope = call.on(bus)
    if writes < number:
        assert envelope.ok, envelope
        return True, writes
    assert envelope.code == "HANDLER_ERROR"
    assert envelope.error is not None
    assert f"db.{call.command}" in envelope.error["message"]
    assert "Fault" not in str(envelope)
    assert content(bus) == before, f"{call.name}: a fault {when} write {number} left something"
    return False, writes


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_fault_at_any_write_leaves_nothing(bus: Bus, db: Caller, when: str) -> None:
    count = sum(1 for call in accepted(World(db)) if call.command in WRITES)
    seen = set()
    for index in range(count):
        call = [call for call in accepted(World(db)) if call.command in WRITES][index]
        number, is_through, writes = 0, False, 0
        while not is_through:
            number += 1
            is_through, writes = answer_with_fault(bus, call, when, number)
        assert writes == EXPECTED_WRITES.get(call.name, 1), call.name
        seen.add(call.command)
    assert seen == WRITES
