"""docs/reference/states.md: the states of what the workshop handles, drawn from the tables that the code moves by."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from contracts.quotes.words import DRAFT, EXPIRED, SENT
from docs.generator.catalogue import Catalogue
from docs.generator.markdown import table
from plugins.interventions import states as interventions
from plugins.quotes import states as quotes
from plugins.tasks import statuses as tasks
from plugins.tasks.creating import DEFAULTS
from plugins.tasks.following import FOLLOWS

HEAD = """# States

How tasks, quotes, interventions and their steps move from state to state. What is not drawn here is refused.

"""
FOLLOWING = """## A task and its intervention

What becomes of an intervention moves its task by this table, also where no command could; a task in any other status
stays as it is. Only a task in one of the statuses under *started* can be begun.

"""

Moves = Mapping[str, Sequence[str]]


class Machine(NamedTuple):
    """The states of one kind of thing."""

    name: str
    #: What it begins as, unless its maker says otherwise.
    first: str
    #: Status -> those that a command may give it.
    moves: Moves
    #: Status -> those that it gets when its time has come.
    by_time: Moves = MappingProxyType({})


MACHINES = (
    Machine("Task", DEFAULTS["status"], tasks.MOVES, tasks.MOVES_BY_DAY),
    # That a sent quote expires is a question of its time, not of a table.
    Machine("Quote", DRAFT, quotes.MOVES, {SENT: (EXPIRED,)}),
    Machine("Intervention", interventions.FIRST, interventions.MOVES),
    Machine("Step of an intervention", interventions.FIRST_OF_STEP, interventions.STEP_MOVES),
)


def page(_: Catalogue) -> str:
    """A diagram and a table for each machine, then how tasks go along with interventions."""
    parts = [HEAD, *(_machine(machine) for machine in MACHINES), FOLLOWING, _following()]
    return "".join(parts).rstrip("\n") + "\n"


def _machine(machine: Machine) -> str:
    rows = [(_code([old]), _code(new), _code(machine.by_time.get(old, ()))) for old, new in machine.moves.items()]
    return "".join(
        (
            f"## {machine.name}\n\n```mermaid\nstateDiagram-v2\n",
            *(f"    {arrow}\n" for arrow in _arrows(machine)),
            "```\n\n",
            table(("from", "to", "when its time has come"), rows),
        )
    )


def _arrows(machine: Machine) -> Iterable[str]:
    yield f"[*] --> {machine.first}"
    for old, allowed in machine.moves.items():
        yield from (f"{old} --> {new}" for new in allowed)
        yield from (f"{old} --> {new} : by time" for new in machine.by_time.get(old, ()))
    reached = {machine.first} | {new for moves in machine[2:] for allowed in moves.values() for new in allowed}
    yield from (f"{status} --> [*]" for status, allowed in machine.moves.items() if not allowed and status in reached)


def _following() -> str:
    return table(
        ("the intervention is", "a task that is", "becomes"),
        [
            (occasion, _code(old for old in moves if moves[old] == new), _code([new]))
            for occasion, moves in FOLLOWS.items()
            for new in dict.fromkeys(moves.values())
        ],
    )


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
