"""docs/reference/states.md shows every move of the tables that the code moves by, and no other."""

from __future__ import annotations

import re

import pytest

from docs.generator.states import MACHINES, Machine
from plugins.interventions import states as interventions
from plugins.quotes import states as quotes
from plugins.tasks import statuses as tasks
from plugins.tasks.following import FOLLOWS
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "reference" / "states.md").read_text()


def section(name: str) -> str:
    """What stands below a heading."""
    return PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def test_every_table_is_drawn() -> None:
    drawn = [machine.moves for machine in MACHINES]
    assert all(moves in drawn for moves in (tasks.MOVES, quotes.MOVES, interventions.MOVES, interventions.STEP_MOVES))


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.name)
def test_the_arrows_and_the_rows_are_the_moves(machine: Machine) -> None:
    text = section(machine.name)
    by_hand = [(old, new) for old, allowed in machine.moves.items() for new in allowed]
    by_time = [(old, new) for old, allowed in machine.by_time.items() for new in allowed]
    arrows = re.findall(r"^ +(\w+) --> (\w+)( : by time)?$", text, re.MULTILINE)
    assert sorted(arrows) == sorted([(*move, "") for move in by_hand] + [(*move, " : by time") for move in by_time])
    assert re.findall(r"\[\*\] --> (\w+)", text) == [machine.first]
    rows = [re.findall(r"`(\w+)`", line) for line in text.splitlines() if line.startswith("| `")]
    assert [row[0] for row in rows] == list(machine.moves)
    assert sorted((row[0], new) for row in rows for new in row[1:]) == sorted(by_hand + by_time)


def test_a_status_where_nothing_goes_on_is_an_end() -> None:
    """One that nothing leads to either is not drawn: it is in stored data only."""
    assert set(re.findall(r"(\w+) --> \[\*\]", section("Task"))) == {"cancelled", "archived"}
    assert set(re.findall(r"(\w+) --> \[\*\]", section("Step of an intervention"))) == {"completed"}


def test_the_page_tells_how_a_task_follows_its_intervention() -> None:
    lines = [line for line in section("A task and its intervention").splitlines() if "`" in line]
    told = {line.split(" | ")[0].strip("| "): re.findall(r"`(\w+)`", line) for line in lines}
    assert told == {occasion: [*moves, *set(moves.values())] for occasion, moves in FOLLOWS.items() if moves}
