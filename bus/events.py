"""Domain events: who hears what a command announces, and how surely.

Commands that plugins subscribe are queued in the unit of work that announces the event: they run once, whatever dies,
if and only if it commits. Listeners (hook ``bus_event``) are told after the commit, at best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bus import logs
from bus.errors import SetupError
from bus.fields import fields_of
from bus.principal import LOCAL_CALLER

if TYPE_CHECKING:
    from bus.context import Context
    from bus.jobs.publishing import Publisher
    from bus.plugin import Plugin
    from bus.registry import Registry


class Events:
    """Hands events on.

    Args:
        listeners: implementations of ``bus_event``.
        subscribers: event -> the commands that are queued for it.
        publisher: queues them.
    """

    def __init__(
        self, listeners: Sequence[Callable[..., None]], subscribers: Mapping[str, Sequence[str]], publisher: Publisher
    ) -> None:
        self._listeners = listeners
        self._subscribers = subscribers
        self._publisher = publisher

    def emit(self, context: Context, name: str, payload: dict[str, Any]) -> None:
        """Queue what is subscribed, now; tell the listeners once the unit of work has committed.

        Raises:
            RuntimeError: a command is subscribed and no unit of work is open, or the command is READ.
        """
        subscribed = self._subscribers.get(name, ())
        if context.is_between_units:
            if subscribed:
                raise RuntimeError(f"{', '.join(subscribed)} subscribe {name}: emit it inside ctx.unit(...)")
            self._announce(name, payload)
            return
        for command in subscribed:
            args = {"event": name, "payload": payload}
            self._publisher.publish_inside(context, command, args, principal_id=LOCAL_CALLER.id)
        if self._listeners:
            context.transaction.after_commit.append(lambda: self._announce(name, payload))

    def _announce(self, name: str, payload: dict[str, Any]) -> None:
        """Tell every listener; one that fails is logged."""
        for listener in self._listeners:
            try:
                listener(name=name, payload=payload)
            except Exception as error:  # noqa: BLE001  # the commit stands, whatever a listener does
                logs.get("bus").error("event_listener_failed", event_name=name, exc_info=error)


def subscribers_of(plugins: Iterable[Plugin], registry: Registry, *, has_queue: bool) -> dict[str, list[str]]:
    """Event -> the commands that plugins subscribe to it.

    Raises:
        SetupError: a command does not exist, is open to callers, or takes something else; or there is no queue.
    """
    found: dict[str, list[str]] = {}
    for plugin in plugins:
        for event, command in plugin.subscriptions.items():
            _check(f"plugin {plugin.name}: {command}, subscribed to {event},", command, registry)
            if not has_queue:
                raise SetupError(
                    f"plugin {plugin.name} subscribes to events, which takes a queue; load the plugin `workers` as well"
                )
            found.setdefault(event, []).append(command)
    return found


def _check(what: str, name: str, registry: Registry) -> None:
    if name not in registry:
        raise SetupError(f"{what} is no command of a loaded plugin")
    command = registry.spellings.get(name)
    if command is None:
        return  # a start does not import an index of contracts; a payload that does not fit fails whoever emits it
    if command.contract.access.kind != "internal":
        raise SetupError(f"{what} must be INTERNAL: nobody else may say that something has happened")
    if {*fields_of(command.params)} != {"event", "payload"}:
        raise SetupError(f"{what} must take exactly the arguments event and payload")
