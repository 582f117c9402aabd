"""The shape of arguments: what is refused, and under which name; what lies on the edge and is taken."""

from __future__ import annotations

from typing import Any

import pytest

from tests.plugins.identity.caller import NIL
from tests.plugins.interventions.work import Work
from tests.plugins.tasks.shop import Shop

pytestmark = pytest.mark.any_database

PLACE = {"latitude": 0, "longitude": 0}
#: An argument of a start, and a value that is refused -> the path of the fault, where it is not the argument's name.
BAD_STARTS: list[tuple[str, Any, str]] = [
    ("task_id", " ", ""),
    ("task_id", None, ""),
    ("task_id", 7, ""),
    ("intervention_type", "paint", ""),
    ("film_type", "gold", ""),
    ("weather_condition", "hail", ""),
    ("lighting_condition", "dark", ""),
    ("work_location", "moon", ""),
    ("work_location", 1, ""),
    ("ppf_zones", "hood", ""),
    ("ppf_zones", ["hood", " "], "ppf_zones.1"),
    ("ppf_zones", ["x" * 101], "ppf_zones.0"),
    ("ppf_zones", [None], "ppf_zones.0"),
    ("film_brand", "x" * 101, ""),
    ("film_model", "x" * 101, ""),
    ("temperature", "20", ""),
    ("temperature", True, ""),
    ("humidity", -0.1, ""),
    ("humidity", 100.1, ""),
    ("gps_coordinates", [0, 0], ""),
    ("gps_coordinates", {"latitude": 0}, "gps_coordinates.longitude"),
    ("gps_coordinates", PLACE | {"latitude": None}, "gps_coordinates.latitude"),
    ("gps_coordinates", PLACE | {"latitude": 90.1}, "gps_coordinates.latitude"),
    ("gps_coordinates", PLACE | {"longitude": -180.1}, "gps_coordinates.longitude"),
    ("gps_coordinates", PLACE | {"accuracy": -1}, "gps_coordinates.accuracy"),
    ("gps_coordinates", PLACE | {"altitude": 3}, "gps_coordinates.altitude"),
    ("scheduled_start", -1, ""),
    ("scheduled_start", 253_402_300_800_000, ""),
    ("scheduled_start", 1.5, ""),
    ("estimated_duration_minutes", 0, ""),
    ("estimated_duration_minutes", 100_001, ""),
    ("description", "x" * 5001, ""),
    ("special_instructions", "x" * 5001, ""),
    ("status", "pending", ""),
]
#: The same for the other commands.
BAD: list[tuple[str, str, Any, str]] = [
    ("intervention_advance_step", "step_id", " ", ""),
    ("intervention_advance_step", "collected_data", [], ""),
    ("intervention_advance_step", "photos", ["a", " "], "photos.1"),
    ("intervention_advance_step", "photos", "a", ""),
    ("intervention_advance_step", "notes", "x" * 5001, ""),
    ("intervention_advance_step", "quality_check_passed", 1, ""),
    ("intervention_advance_step", "issues", [1], "issues.0"),
    ("intervention_save_step_progress", "step_id", None, ""),
    ("intervention_save_step_progress", "progress_data", "x", ""),
    ("intervention_save_step_progress", "photos", [""], "photos.0"),
    ("intervention_save_step_progress", "notes", "x" * 5001, ""),
    ("intervention_cancel", "reason", "x" * 501, ""),
    ("intervention_finalize", "collected_data", 1, ""),
    ("intervention_finalize", "photos", [" "], "photos.0"),
    ("intervention_finalize", "customer_satisfaction", 0, ""),
    ("intervention_finalize", "customer_satisfaction", 11, ""),
    ("intervention_finalize", "customer_satisfaction", 5.5, ""),
    ("intervention_finalize", "quality_score", -1, ""),
    ("intervention_finalize", "quality_score", 101, ""),
    ("intervention_finalize", "quality_score", True, ""),
    ("intervention_finalize", "final_observations", "x", ""),
    ("intervention_finalize", "customer_comments", "x" * 5001, ""),
    ("intervention_pause", "intervention_id", "", ""),
    ("intervention_resume", "intervention_id", None, ""),
    ("intervention_get_progress", "intervention_id", 3, ""),
    ("intervention_get_step", "step_id", " ", ""),
    ("intervention_get_active_by_task", "task_id", " ", ""),
    ("intervention_get_latest_by_task", "task_id", None, ""),
    ("intervention_list", "status", "done", ""),
    ("intervention_list", "page", "1", ""),
    ("intervention_list", "limit", 1.5, ""),
    ("intervention_list", "sort_by", "created_at", ""),
]


def fault(shop: Shop, command: str, args: dict[str, Any]) -> list[str]:
    error = shop.admin.refusal(command, **args)
    assert error["code"] == "VALIDATION_ERROR", (command, args, error)
    return list(error["details"]["fields"])


def test_every_bad_argument_of_a_start_is_named(shop: Shop) -> None:
    """Nothing begins."""
    task = shop.task()
    for name, value, path in BAD_STARTS:
        assert fault(shop, "intervention_start", {"task_id": task["id"], name: value}) == [path or name], (name, value)
    assert shop.stored(task["id"]) == task


def test_every_bad_argument_is_named(shop: Shop) -> None:
    """Before anybody looks whether there is such an intervention."""
    for command, name, value, path in BAD:
        args = {"intervention_id": NIL, "step_id": NIL}
        named = {"advance_step": args, "save_step_progress": {"step_id": NIL}, "list": {}, "get_step": args}
        by_task = {} if command.endswith("_by_task") else {"intervention_id": NIL}
        usual = named.get(command.removeprefix("intervention_"), by_task)
        assert fault(shop, command, {**usual, name: value}) == [path or name], (command, name, value)


def test_two_names_of_one_argument_are_one_too_many(shop: Shop, work: Work) -> None:
    args = {"step_id": NIL, "collected_data": {}, "progress_data": {}}
    assert fault(shop, "intervention_save_step_progress", args) == ["progress_data"]
    begun = work.start()
    args = {"step_id": begun.step_id(1), "collected_data": {"a": 1}, "progress_data": None}
    assert shop.admin("intervention_save_step_progress", **args)["step"]["collected_data"] == {"a": 1}


def test_what_lies_on_the_edge_is_taken(work: Work) -> None:
    for args in (
        {"ppf_zones": ["x" * 100], "film_brand": "x" * 100, "description": "x" * 5000},
        {"humidity": 0, "temperature": -300, "estimated_duration_minutes": 1, "scheduled_start": 253_402_300_799_999},
        {"gps_coordinates": {"latitude": 90, "longitude": 180, "accuracy": None}},
        {"gps_coordinates": {"latitude": -90, "longitude": -180, "accuracy": 0}, "weather_condition": " "},
    ):
        assert work.start(**args).intervention["status"] == "in_progress", args
