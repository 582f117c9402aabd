"""How many statements each call sends: a round trip more is seen here before it is felt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from tests.plugins.engine.caller import Caller
from tests.plugins.engine.samples import Call, World, accepted

if TYPE_CHECKING:
    from bus.application import Bus

#: One for a read and for a write without a guard, two with one; these need more.
MORE = {
    "effort.phase next": 5,
    "effort.phase append to the skill": 7,
    "effort.phase append to metadata": 5,
    "effort.finish": 3,
    "session.start": 3,
    "session.start with a link": 4,
}
UNGUARDED = {"project.upsert"}


def statements_of(bus: Bus, call: Call) -> list[str]:
    """What a call sends to the tables of the engine."""
    sent: list[str] = []

    def listener(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(bus.database.engine, "before_cursor_execute", listener)
    try:
        envelope = call.on(bus)
    finally:
        event.remove(bus.database.engine, "before_cursor_execute", listener)
    assert envelope.ok, envelope
    return [statement for statement in sent if "engine_" in statement]


def test_no_call_sends_more_statements_than_it_needs(bus: Bus, db: Caller) -> None:
    writes = {command.name.removeprefix("db.") for command in bus.registry if not command.is_read}
    count = sum(1 for _ in accepted(World(db)))
    for index in range(count):
        call = list(accepted(World(db)))[index]
        plain = 2 if call.command in writes - UNGUARDED else 1
        sent = statements_of(bus, call)
        assert len(sent) == MORE.get(call.name, plain), (call.name, sent)
