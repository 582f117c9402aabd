"""The jobs in a database that the code about to be deployed could not run: each is loaded as a worker would load it.

With them operators' schedules and the steps of flows that wait, which are jobs still to be made.

Not here: reading them (bus/lock/waiting.py); requests that a broker carries whole, at which nobody can look.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bus.jobs.states import SCHEDULED, JobState
from bus.lock.loading import reason_of, refusal
from bus.lock.waiting import SCHEDULE, STEP, WAITING, Stored, stored

if TYPE_CHECKING:
    from bus.command import Command
    from bus.database import Database
    from bus.registry import Registry

#: Groups told apart; what comes beyond them is counted together.
MOST_GROUPS = 1_000
#: States in which a job is about to run: those of whom the deploy would make a failure.
PENDING = frozenset({WAITING, SCHEDULED, JobState.RUNNING.value, SCHEDULE, STEP})
_MORE = "further reasons"


@dataclass
class Group:
    """Jobs that could not run for one reason."""

    #: ``name@version``.
    contract: str
    #: As of ``Stored``.
    state: str
    reason: str
    count: int = 0
    #: The oldest of them.
    ids: list[str] = field(default_factory=list[str])


@dataclass
class Survey:
    """What was found."""

    examined: int
    #: By contract, state and reason.
    groups: list[Group]

    @property
    def pending(self) -> int:
        """Jobs that would fail, or wait for ever, once this code is deployed."""
        return sum(group.count for group in self.groups if group.state in PENDING)


def survey(database: Database, registry: Registry, most_ids: int) -> Survey:
    """Look at every job that waits, runs, or is dead and may be tried again, and at what becomes a job later.

    Args:
        database: where the jobs are; one without tables has none.
        registry: the commands of the code about to be deployed.
        most_ids: jobs that are named of each group.
    """
    judge = _Judge(registry)
    groups: dict[tuple[str, str, str], Group] = {}
    examined = 0
    for one in stored(database):
        examined += 1
        reason = judge.reason(one)
        if reason is not None:
            group = _group(groups, one.command, one.state, reason)
            group.count += 1
            if len(group.ids) < most_ids:
                group.ids.append(one.id)
    return Survey(examined, [groups[key] for key in sorted(groups)])


class _Judge:
    """Tells why a job could not run; looks at each command once."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._queues = registry.queue_names
        self._commands: dict[str, Command | str] = {}

    def reason(self, one: Stored) -> str | None:
        """Why; None: it could."""
        command = self._commands.get(one.command)
        if command is None:
            command = self._commands[one.command] = self._find(one.command)
        if isinstance(command, str):
            return command
        if one.queue is not None and one.queue not in self._queues:
            return f"no command goes to the queue {one.queue} any more, so no worker serves it"
        return None if one.args is None else refusal(command, one.args)

    def _find(self, contract: str) -> Command | str:
        try:
            command = self._registry.find(contract)
            _ = command.handler
        except Exception as error:  # noqa: BLE001  # whatever the import of a handler runs into
            return reason_of(error)
        return command


def _group(groups: dict[tuple[str, str, str], Group], contract: str, state: str, reason: str) -> Group:
    key = (contract, state, reason)
    if key not in groups:
        if len(groups) >= MOST_GROUPS:
            key = ("*", state, _MORE)
        groups.setdefault(key, Group(*key))
    return groups[key]
