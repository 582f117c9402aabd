"""Diagrams say what the code says."""

import re

from bus.jobs.states import MOVES
from tests.docs.pages import ROOT


def test_the_diagram_of_a_job_shows_every_move_and_no_other() -> None:
    """The arrows of docs/explanation/a-job-is-a-row.md are the moves of bus/jobs/states.py."""
    page = (ROOT / "docs" / "explanation" / "a-job-is-a-row.md").read_text()
    (diagram,) = re.findall(r"```mermaid\nstateDiagram-v2\n(.*?)```", page, re.DOTALL)
    drawn = re.findall(r"^ *(\w+) --> (\w+)$", diagram, re.MULTILINE)
    assert sorted(drawn) == sorted((str(before), str(after)) for before, afters in MOVES.items() for after in afters)
