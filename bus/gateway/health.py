"""``/livez``: the process answers. ``/readyz``: it can answer commands, so whoever balances load may send some.

Not here: what operators want to know (the command ``system_health``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus import logs
from bus.gateway.replies import JSON, NO_STORE, Reply
from bus.migration.heads import compare
from bus.wire import encode

if TYPE_CHECKING:
    from bus.application import Bus

READY, NOT_READY = 200, 503


def livez() -> Reply:
    """The answer of a process whose event loop turns."""
    return _reply(READY, {"status": "ok"})


def readyz(bus: Bus, *, is_draining: bool) -> Reply:
    """Whether commands can be answered: the process is not about to end, and its database answers and fits."""
    if is_draining:
        return _reply(NOT_READY, {"status": "draining"})
    log = logs.get("bus.gateway")
    try:
        state = compare(bus.database, bus.plugins)
    except Exception as error:  # noqa: BLE001  # whatever it is, nobody should be sent here
        log.warning("not_ready", why=f"{type(error).__name__}: {error}")
        return _reply(NOT_READY, {"status": "database unavailable"})
    if state.is_up_to_date:
        return _reply(READY, {"status": "ok"})
    log.warning("not_ready", why="; ".join(branch.words for branch in (*state.behind, *state.too_old)))
    return _reply(NOT_READY, {"status": "database does not fit the code"})


def _reply(status: int, body: dict[str, Any]) -> Reply:
    encoded = encode(body)
    return Reply(status, [JSON, NO_STORE, (b"content-length", b"%d" % len(encoded))], encoded)
