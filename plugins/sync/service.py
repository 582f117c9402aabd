"""Answers ``sync_start_background_service`` and ``sync_stop_background_service``.

The service is a flag that every worker's next run reads; nothing is started or stopped in this process.
"""

from __future__ import annotations

from typing import Any

from bus.context import Context
from contracts.sync.errors import SyncAlreadyRunning
from contracts.sync.v1 import service
from plugins.sync import state
from plugins.sync.plugin import sync


@sync.handles(service.SyncStartBackgroundService)
def sync_start_background_service(ctx: Context) -> dict[str, Any]:
    """What is due is pushed from now on."""
    if not state.set_running(ctx.db, wanted=True):
        raise SyncAlreadyRunning
    return {"is_running": True}


@sync.handles(service.SyncStopBackgroundService)
def sync_stop_background_service(ctx: Context) -> dict[str, Any]:
    """No further run pushes anything."""
    state.set_running(ctx.db, wanted=False)
    return {"is_running": False}
