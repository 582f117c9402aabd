"""Plugins around the answering function: wrappers, listeners, and hooks whose first result wins.

The functions are taken out of pluggy once, when the bus opens. Without any hook, the dispatcher's own function is what
every way in calls.

Not here: domain events (bus/execution.py), finding the implementations of a hook (bus/loader.py).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bus import ids, loader, logs
from bus.dispatch import lift
from bus.envelope import Envelope, Request
from bus.errors import HandlerFailed

if TYPE_CHECKING:
    import pluggy

    from bus.dispatch import Dispatcher

Answer = Callable[[Request], Envelope]


def wrapped(hooks: pluggy.PluginManager, dispatcher: Dispatcher) -> Answer:
    """The dispatcher's answering function with the hooks of the plugins around it; without hooks, itself."""
    answer: Answer = dispatcher.answer
    around = loader.implementations(hooks, "bus_around_command")
    after = loader.implementations(hooks, "bus_after_command")
    for wrap in reversed(around):
        answer = functools.partial(_around, wrap, answer)
    if after:
        answer = functools.partial(_and_after, after, answer)
    return functools.partial(_lifted, answer) if around or after else answer


def first_result(hooks: pluggy.PluginManager, name: str) -> Callable[..., Any] | None:
    """A hook whose first result wins, as one function; None when no plugin implements it."""
    asked = loader.implementations(hooks, name)
    if not asked:
        return None
    if not asked[1:]:
        return asked[0]

    def first(**values: Any) -> Any:
        return next((result for ask in asked if (result := ask(**values)) is not None), None)

    return first


def _lifted(answer: Answer, request: Request) -> Envelope:
    """Show plugins a request with a correlation id, and without a token among its arguments."""
    request = lift(request)
    if request.correlation_id is None:
        request = replace(request, correlation_id=ids.correlation_id())
    return answer(request)


def _around(around: Callable[..., Any], proceed: Answer, request: Request) -> Envelope:
    """Call one plugin's wrapper; whatever it does, the caller gets an envelope."""
    failure: Exception
    try:
        envelope = around(request=request, proceed=proceed)
    except Exception as error:  # noqa: BLE001  # answered, and logged below
        failure = error
    else:
        if isinstance(envelope, Envelope):
            return envelope
        failure = TypeError(f"bus_around_command answered a {type(envelope).__name__}; it must answer an Envelope")
    correlation_id = request.correlation_id or ids.correlation_id()
    name = request.command.partition("@")[0]
    logs.get("bus").error("around_command_failed", command=name, correlation_id=correlation_id, exc_info=failure)
    error = HandlerFailed(f"a plugin around {name} failed; the log has the cause under {correlation_id}")
    return Envelope.failure(name, None, error, correlation_id, request.id)


def _and_after(after: list[Callable[..., None]], answer: Answer, request: Request) -> Envelope:
    envelope = answer(request)
    for look in after:
        try:
            look(request=request, envelope=envelope)
        except Exception as error:  # noqa: BLE001  # a listener cannot change the answer
            logs.get("bus").error("after_command_failed", command=request.command, exc_info=error)
    return envelope
