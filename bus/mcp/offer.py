"""Which commands are offered as tools: those that whoever calls may run, that may be seen, and that only read.

Commands that write are offered when the operator says so, secret ones when one is named in full, those for other
commands alone never. What is not offered cannot be called.

Not here: what a tool looks like (bus/mcp/tools.py).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from bus.admission import Admission, authorise
from bus.clock import SystemClock
from bus.envelope import Request
from bus.errors import BusError
from bus.wrapping import first_result

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.command import Command
    from bus.principal import Principal

#: What the protocol does not allow in a tool's name, and its longest one.
_UNFIT = re.compile(r"[^A-Za-z0-9._-]")
LONGEST_NAME = 128


class Choice(NamedTuple):
    """What the operator lets be called."""

    #: Names of commands, also with ``*``; empty: all but secret ones.
    allowed: Sequence[str] = ()
    #: Whether commands that write are offered.
    writes: bool = False
    #: Of the session that calls; None: the trusted local caller.
    session_token: str | None = None


class Offer:
    """The tools of one bus.

    Args:
        bus: answers them.
        choice: what the operator lets be called.
    """

    def __init__(self, bus: Bus, choice: Choice) -> None:
        self._bus = bus
        self._choice = choice
        self._authenticate = first_result(bus.hooks, "bus_authenticate")

    def tools(self) -> Mapping[str, Command]:
        """The commands that are offered at this moment, by the names of their tools."""
        admission = self._admission()
        return {name: command for name, command in self._named.items() if self._is_offered(command, admission)}

    @functools.cached_property
    def _named(self) -> dict[str, Command]:
        return tool_names(self._bus.registry.shown())

    def _admission(self) -> Admission:
        """Judges the session as it is now; it is looked up once for all commands."""
        ask, token = self._authenticate, self._choice.session_token
        if ask is None:
            return Admission(self._bus.database, SystemClock(), None, None)
        principal: Principal | None = None
        if token is not None:
            principal = ask(token=token, database=self._bus.database, now_ms=SystemClock().now_ms())

        def settled(**_: object) -> Principal | None:
            return principal

        return Admission(self._bus.database, SystemClock(), settled, None)

    def _is_offered(self, command: Command, admission: Admission) -> bool:
        return (
            (command.is_read or self._choice.writes)
            and is_allowed(command.name, self._choice.allowed, is_secret=command.contract.secret)
            and self._may(command, admission)
        )

    def _may(self, command: Command, admission: Admission) -> bool:
        try:
            caller = admission.identify(command, Request(command.name, session_token=self._choice.session_token))
            authorise(command, caller)
        except BusError:
            return False
        return True


def is_allowed(name: str, allowed: Sequence[str], *, is_secret: bool) -> bool:
    """Whether the operator's list lets a command be called; a secret one must be named in full."""
    if is_secret:
        return name in allowed
    return not allowed or any(fnmatchcase(name, pattern) for pattern in allowed)


def tool_names(commands: Iterable[Command]) -> dict[str, Command]:
    """Commands by names that the protocol allows: their own, where it does.

    Other characters become ``_``; of two commands whose names are then the same, the later one gets a number.
    """
    named: dict[str, Command] = {}
    for command in sorted(commands, key=lambda one: (_UNFIT.search(one.name) is not None, one.name)):
        name = fitting = _UNFIT.sub("_", command.name)[:LONGEST_NAME]
        number = 1
        while name in named:
            number += 1
            name = f"{fitting[: LONGEST_NAME - 4]}_{number}"
        named[name] = command
    return named
