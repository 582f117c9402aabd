"""Long commands: several units, each of which takes effect once."""

from __future__ import annotations

import asyncio

from bus import Bus
from tests.bus.worker import work


def test_a_ceremony_is_three_units(bus: Bus) -> None:
    """Between them nothing is locked, and an ``async def`` handler may wait."""
    assert bus.call("tea_ceremony", {"guest": "Ann"}).data == {"steps": [1, 2, 3]}


def test_asynchronous_programs_await_it(bus: Bus) -> None:
    envelope = asyncio.run(bus.acall("tea_ceremony", {"guest": "Ann"}))
    assert envelope.data == {"steps": [1, 2, 3]}


def test_a_ceremony_that_broke_off_goes_on_where_it_was(bus: Bus) -> None:
    """The bow and the pouring are not repeated when the same call comes again."""
    broken = bus.call("tea_ceremony", {"guest": "clumsy"}, idempotency_key="k")
    assert broken.code == "HANDLER_ERROR"
    assert bus.call("tea_count").data == {"cups": 2}
    assert bus.call("tea_ceremony", {"guest": "clumsy"}, idempotency_key="k").data == {"steps": [1, 2, 3]}
    assert bus.call("tea_count").data == {"cups": 3}


def test_a_queued_one_is_tried_again_by_itself(bus: Bus) -> None:
    """After a pause; here only its first attempt is made."""
    job_id = bus.submit("tea_ceremony", {"guest": "clumsy"}).job["id"]
    work(bus)
    job = bus.call("job_get", {"job_id": job_id}).data["job"]
    assert (job["state"], job["attempt"]) == ("scheduled", 1)
    assert bus.call("tea_count").data == {"cups": 2}
