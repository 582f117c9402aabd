"""What callers say of a task: when they make one, and when they change one.

Names that the server sets are not among them, so nobody can assign those. ``note`` is another name of ``notes``;
``created_by`` and ``creator_id`` are taken and ignored, as older programs send them.
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from typing import Any

from marshmallow import ValidationError, validates_schema

from bus.contract import Schema
from bus.fields import Flag, Int64, Json, List, validate
from contracts.tasks.words import PRIORITIES, STATUSES
from contracts.workshop.fields import ClockTime, Day, Email, Tags, Trimmed, Year, word

MAX_NOTES = 1_000_000


def _zones(**options: Any) -> List:
    return List(Trimmed(most=100), **options)


class _Optional(Schema):
    """What both a new task and a change may hold, and null may stand for."""

    description = Trimmed(most=1000, allow_none=True)
    vehicle_make = Trimmed(most=100, allow_none=True)
    vehicle_year = Year(allow_none=True)
    vin = Trimmed(most=50, allow_none=True)
    technician_id = Trimmed(allow_none=True)
    start_time = ClockTime(allow_none=True)
    end_time = ClockTime(allow_none=True)
    date_rdv = Day(allow_none=True)
    heure_rdv = ClockTime(allow_none=True)
    client_id = Trimmed(allow_none=True)
    customer_name = Trimmed(most=200, allow_none=True)
    customer_email = Email(most=254, allow_none=True)
    customer_phone = Trimmed(most=50, allow_none=True)
    customer_address = Trimmed(most=500, allow_none=True)
    external_id = Trimmed(most=100, allow_none=True)
    lot_film = Trimmed(most=100, allow_none=True)
    notes = Trimmed(most=MAX_NOTES, allow_none=True)
    note = Trimmed(most=MAX_NOTES, allow_none=True)
    estimated_duration = Int64(allow_none=True, validate=validate.Range(1, 100_000))  # minutes
    actual_duration = Int64(allow_none=True, validate=validate.Range(0, 100_000))  # minutes
    created_by = Json(allow_none=True)
    creator_id = Json(allow_none=True)


class TaskDraft(_Optional):
    """A new task; null means the same as absent."""

    vehicle_plate = Trimmed(most=20, required=True)
    vehicle_model = Trimmed(most=100, required=True)
    ppf_zones = _zones(required=True, validate=validate.Length(min=1))
    scheduled_date = Day(required=True)
    task_number = Trimmed(most=50, allow_none=True)
    title = Trimmed(most=100, allow_none=True)
    status = Trimmed(allow_none=True, validate=validate.OneOf((*STATUSES, None)))
    priority = Trimmed(allow_none=True, validate=validate.OneOf((*PRIORITIES, None)))
    custom_ppf_zones = _zones(allow_none=True)
    checklist_completed = Flag(allow_none=True)
    tags = Tags(allow_none=True)

    @validates_schema
    def check_whole(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what no single field shows.

        Raises:
            ValidationError: the end is not later than the start, or both names of the notes are used.
        """
        start, end = data.get("start_time"), data.get("end_time")
        if start is not None and end is not None and end <= start:
            raise ValidationError({"end_time": ["must be later than start_time"]})
        if data.get("note") is not None and data.get("notes") is not None:
            raise ValidationError({"note": ["must be left out where notes is given"]})


class TaskChange(_Optional):
    """Some of a task; what is absent stays, null clears."""

    title = Trimmed(most=100)
    vehicle_plate = Trimmed(most=20)
    vehicle_model = Trimmed(most=100)
    ppf_zones = _zones(validate=validate.Length(min=1))
    custom_ppf_zones = _zones()
    status = word(STATUSES)
    priority = word(PRIORITIES)
    scheduled_date = Day()
    checklist_completed = Flag()
    tags = Tags()

    @validates_schema
    def check_whole(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what no single field shows.

        Raises:
            ValidationError: both names of the notes are used.
        """
        if "note" in data and "notes" in data:
            raise ValidationError({"note": ["must be left out where notes is given"]})
