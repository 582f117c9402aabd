"""The tables: equal to their migrations, with the keys and constraints the promises stand on."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bus.builtins import builtins
from bus.migration.check import check
from plugins.interventions import interventions as plugin
from plugins.interventions.tables import all_tables, interventions, steps
from tests.plugins.interventions.work import Work


def test_the_tables_equal_their_migrations(work: Work) -> None:
    assert check(work.shop.bus.database, [builtins(), plugin]) == []


def test_tables_and_indexes_carry_the_name_of_the_plugin() -> None:
    for table in all_tables().sorted_tables:
        assert table.name.startswith("interventions_")
        assert all(str(index.name).startswith("interventions_") for index in table.indexes)


@pytest.mark.parametrize("status", ["pending", "in_progress", "paused"])
def test_the_database_keeps_one_active_intervention_for_each_task(work: Work, status: str) -> None:
    """Those that have ended may be any number."""
    first, second = work.start(), work.start()
    work.set(first.id, status="completed", task_id=second.task_id)
    work.set(first.id, status="cancelled")
    with pytest.raises(IntegrityError):
        work.set(first.id, status=status)


def test_impossible_rows_are_refused_by_the_database(work: Work) -> None:
    begun = work.start()
    impossible: list[dict[str, Any]] = [
        {"status": "done"},
        {"customer_satisfaction": 0},
        {"customer_satisfaction": 11},
        {"quality_score": -1},
        {"quality_score": 101},
        {"completion_hundredths": -1},
        {"completion_hundredths": 10_001},
    ]
    for columns in impossible:
        with pytest.raises(IntegrityError, match="CHECK|check"):
            work.set(begun.id, **columns)
    for columns in ({"step_status": "done"}, {"step_type": "lunch"}, {"step_number": 2}, {"intervention_id": "none"}):
        with pytest.raises(IntegrityError):
            work.set_step(begun.steps[0]["id"], **columns)


def test_an_intervention_with_steps_is_not_deleted(work: Work) -> None:
    work.start()
    with pytest.raises(IntegrityError):
        work.shop.world.execute(sa.delete(interventions))
    assert work.shop.world.count(steps) == 3
