"""What the table says about figures that are given."""

# ruff: noqa: RUF001  # the signs of ranges and ratios

import pytest

from benchmarks.line import Line, at_least, at_most
from benchmarks.questions import Question
from benchmarks.results import Results
from benchmarks.stage import Stage


def question(line: Line, unit: str = "µs") -> Question:
    def measure(stage: Stage) -> dict[str, float]:
        raise NotImplementedError

    return Question("tea", "How soon is it ready?", unit, (line,), measure)


def row(line: Line, *rounds: dict[str, float], unit: str = "µs") -> list[str]:
    """The cells of the line's row."""
    results, asked = Results(), question(line, unit)
    for figures in rounds:
        results.add(asked, figures)
    return [cell.strip() for cell in results.table(asked).splitlines()[-1].strip("|").split("|")]


def test_a_ratio_is_taken_within_each_round():
    """A slow round slows both sides: the ratio stays, whatever the figures do."""
    cells = row(Line("bus", "peer"), {"bus": 1, "peer": 2}, {"bus": 10, "peer": 20}, {"bus": 3, "peer": 6})

    assert cells[:4] == ["bus", "peer (6 µs)", "3 [1–10] µs", "0.5 [0.5–0.5] ×"]


def test_a_speedup_is_the_peers_time_over_the_own():
    cells = row(Line("bus", "peer", must=at_least(8), is_speedup=True), {"bus": 2, "peer": 20})

    assert cells[3:] == ["10 [10–10] × as fast", "≥ 8 ×", "", "must"]


@pytest.mark.parametrize(("figure", "reached"), [(1, "aim"), (2, "aim"), (3, "must"), (4, "must"), (5, "no")])
def test_a_line_without_a_peer_is_judged_by_its_figure(figure, reached):
    cells = row(Line("wait", must=at_most(4), aim=at_most(2)), {"wait": figure}, unit="ms")

    assert cells[3:] == ["", "≤ 4 ms", "≤ 2 ms", reached]


def test_a_line_without_a_goal_reaches_nothing():
    assert row(Line("bus"), {"bus": 1})[-1] == ""


def test_a_line_needs_the_figures_it_names():
    with pytest.raises(KeyError, match="tea: no figure for 'peer'"):
        row(Line("bus", "peer"), {"bus": 1})
