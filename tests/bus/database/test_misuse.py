"""What a handler does to the bus's connection costs its own command at most: the next one on the thread works."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bus import fields
from tests.bus.sample import Sample, add, texts

if TYPE_CHECKING:
    from bus.context import Context

#: What a handler may do that is none of its business, and whether its own write stays.
MISUSES: dict[str, tuple[Callable[[Context], Any], bool]] = {
    "commit": (lambda ctx: ctx.session.connection().commit(), False),
    "rollback": (lambda ctx: ctx.session.connection().rollback(), False),
    "close": (lambda ctx: ctx.session.connection().close(), False),
    "invalidate": (lambda ctx: ctx.session.connection().invalidate(), False),
    "close the driver's": (lambda ctx: ctx.session.connection().connection.driver_connection.close(), False),
    "change the isolation": (
        lambda ctx: ctx.session.connection().execution_options(isolation_level="SERIALIZABLE"),
        False,
    ),
    "detach": (lambda ctx: ctx.session.connection().detach(), True),
    "leave a savepoint open": (lambda ctx: ctx.session.begin_nested(), True),
}


@pytest.mark.parametrize("misuse", MISUSES)
def test_the_next_command_works(sample: Sample, database_url: str, misuse: str) -> None:
    act, stays = MISUSES[misuse]

    @sample.command("misuse")
    def _misuse(ctx: Context) -> dict[str, Any]:
        add(ctx.db, "mine")
        act(ctx)
        return {}

    @sample.command("put", params={"text": fields.Text(required=True)})
    def put(ctx: Context, text: str) -> dict[str, Any]:
        add(ctx.db, text)
        ctx.session.flush()
        return {}

    bus = sample.open(database_url)
    assert bus.call("misuse").ok is stays
    for text in ("next", "after"):
        assert bus.call("put", {"text": text}).ok
    assert texts(bus) == (["mine", "next", "after"] if stays else ["next", "after"])
