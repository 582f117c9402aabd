"""The commands that hold queued work back and let it go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus import wire
from bus.builtins import pauses
from bus.context import Context
from bus.envelope import ABSENT
from bus.jobs.pauses import Pause, Pauses, value_text

if TYPE_CHECKING:
    from bus.builtins.plugin import Builtins


def add_commands(plugin: Builtins) -> None:
    """Add the handlers."""

    def hold(ctx: Context, kind: str, name: str, path: str, value: str, reason: str) -> None:
        now = plugin.bus.jobs.now_inside(ctx.transaction.kept)
        pause = Pause(kind, name, path, value, reason, ctx.principal.id, now)
        Pauses(plugin.bus.database).add(ctx.transaction.kept, pause)

    def release(ctx: Context, kind: str, name: str, path: str, value: str) -> None:
        if not Pauses(plugin.bus.database).remove(ctx.transaction.kept, kind, name, path, value):
            raise pauses.NotPaused(name=" ".join(part for part in (name, path, value) if part))
        ctx.transaction.queues |= {name} if kind == "queue" else set(plugin.bus.queue_names)

    @plugin.handles(pauses.QueuePause)
    def queue_pause(ctx: Context, queue: str, reason: str) -> dict[str, Any]:
        hold(ctx, "queue", queue, "", "", reason)
        return {}

    @plugin.handles(pauses.QueueResume)
    def queue_resume(ctx: Context, queue: str) -> dict[str, Any]:
        release(ctx, "queue", queue, "", "")
        return {}

    @plugin.handles(pauses.CommandPause)
    def command_pause(ctx: Context, command: str, reason: str, path: str = "", value: Any = ABSENT) -> dict[str, Any]:
        hold(ctx, "command", command, path, _text(value), reason)
        return {}

    @plugin.handles(pauses.CommandResume)
    def command_resume(ctx: Context, command: str, path: str = "", value: Any = ABSENT) -> dict[str, Any]:
        release(ctx, "command", command, path, _text(value))
        return {}

    @plugin.handles(pauses.PauseList)
    def pause_list(ctx: Context) -> dict[str, Any]:
        return {"items": [_shown(pause) for pause in Pauses(plugin.bus.database).all(ctx.transaction.kept)]}


def _text(value: Any) -> str:
    return "" if value is ABSENT else value_text(value)


def _shown(pause: Pause) -> dict[str, Any]:
    whole = {"path": None, "value": None}
    return pause._asdict() | (
        whole if not pause.path else {"path": pause.path, "value": wire.decode_stored(pause.value)}
    )
