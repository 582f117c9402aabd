"""Interventions and steps as answers show them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from contracts.interventions.rows import Intervention, Step
from plugins.interventions.tables import interventions, steps

_KEYS = tuple(Intervention._declared_fields)  # noqa: SLF001  # their names alone
_STEP_KEYS = tuple(Step._declared_fields)  # noqa: SLF001  # as above

#: Answers show hundredths of a percent as percent.
_STORED = {"completion_percentage": "completion_hundredths"}
COLUMNS = [interventions.c[_STORED.get(name, name)] for name in _KEYS]
STEP_COLUMNS = [steps.c[name] for name in _STEP_KEYS]


def view(row: Row[Any]) -> dict[str, Any]:
    """An intervention."""
    shown = {name: getattr(row, _STORED.get(name, name)) for name in _KEYS}
    return shown | {"completion_percentage": percentage(row.completion_hundredths)}


def step_view(row: Row[Any]) -> dict[str, Any]:
    """A step."""
    return {name: getattr(row, name) for name in _STEP_KEYS}


def hundredths(completed: int, total: int) -> int:
    """So many of so many as hundredths of a percent, rounded half up."""
    return (20_000 * completed + total) // (2 * total)


def percentage(of_hundredths: int) -> float:
    """Hundredths of a percent as percent; whole ones without a fraction."""
    return of_hundredths // 100 if of_hundredths % 100 == 0 else of_hundredths / 100
