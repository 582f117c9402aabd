"""The figures of a run, and the table made of them."""

# ruff: noqa: RUF001  # the signs of ranges and ratios

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from benchmarks.line import Line
from benchmarks.questions import Question

HEAD = ("what", "against", "figure", "ratio: median [min–max]", "must", "aim", "reached")

#: From here on a number is written with commas and without fractions.
GROUPED = 1000


@dataclass
class Results:
    """One dictionary of figures for each round and question."""

    rounds: dict[str, list[dict[str, float]]] = field(default_factory=dict[str, list[dict[str, float]]])

    def add(self, question: Question, figures: dict[str, float]) -> None:
        """Keep the figures of one round.

        Raises:
            KeyError: a line of the question names a contender that was not measured.
        """
        for line in question.lines:
            for name in (line.what, line.against):
                if name is not None and name not in figures:
                    raise KeyError(f"{question.name}: no figure for {name!r}")
        self.rounds.setdefault(question.name, []).append(figures)

    def table(self, question: Question) -> str:
        """The question and its lines as Markdown, columns aligned for a terminal."""
        rounds = self.rounds[question.name]
        rows = [_row(line, question.unit, rounds) for line in question.lines]
        return f"### {question.name}: {question.text}\n\n{_markdown(rows)}"


def _row(line: Line, unit: str, rounds: list[dict[str, float]]) -> tuple[str, ...]:
    own = [figures[line.what] for figures in rounds]
    ratios = [ratio for figures in rounds if (ratio := line.ratio(figures)) is not None]
    sign, measured = ("×", median(ratios)) if ratios else (unit, median(own))
    peer = "" if line.against is None else f"{line.against} ({_number(median(f[line.against] for f in rounds))} {unit})"
    return (
        line.what,
        peer,
        f"{_spread(own)} {unit}",
        f"{_spread(ratios)} ×{' as fast' if line.is_speedup else ''}" if ratios else "",
        "" if line.must is None else f"{line.must} {sign}",
        "" if line.aim is None else f"{line.aim} {sign}",
        line.verdict(measured),
    )


def _spread(values: list[float]) -> str:
    return f"{_number(median(values))} [{_number(min(values))}–{_number(max(values))}]"


def _number(value: float) -> str:
    """Three digits that count."""
    return f"{value:,.0f}" if value >= GROUPED else f"{value:.3g}"


def _markdown(rows: Iterable[tuple[str, ...]]) -> str:
    cells = [HEAD, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)
