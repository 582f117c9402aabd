"""The rows of the domain's answers. Moments are epoch milliseconds; days and clock times are text."""

from bus.contract import Schema
from bus.fields import Boolean, EpochMillis, Id, Int64, List, Nested, Text, validate
from contracts.tasks.words import PRIORITIES, STATUSES
from contracts.workshop.fields import PageCounts


class Task(Schema):
    """A piece of work."""

    id = Id(required=True)
    task_number = Text(required=True)
    title = Text(required=True)
    description = Text(required=True, allow_none=True)
    vehicle_plate = Text(required=True, allow_none=True)
    vehicle_model = Text(required=True, allow_none=True)
    vehicle_make = Text(required=True, allow_none=True)
    vehicle_year = Text(required=True, allow_none=True)
    vin = Text(required=True, allow_none=True)
    ppf_zones = List(Text(), required=True)
    custom_ppf_zones = List(Text(), required=True)
    status = Text(required=True, validate=validate.OneOf(STATUSES))
    priority = Text(required=True, validate=validate.OneOf(PRIORITIES))
    technician_id = Text(required=True, allow_none=True)
    assigned_at = EpochMillis(required=True, allow_none=True)
    assigned_by = Text(required=True, allow_none=True)
    scheduled_date = Text(required=True)
    start_time = Text(required=True, allow_none=True)
    end_time = Text(required=True, allow_none=True)
    date_rdv = Text(required=True, allow_none=True)
    heure_rdv = Text(required=True, allow_none=True)
    client_id = Text(required=True, allow_none=True)
    customer_name = Text(required=True, allow_none=True)
    customer_email = Text(required=True, allow_none=True)
    customer_phone = Text(required=True, allow_none=True)
    customer_address = Text(required=True, allow_none=True)
    external_id = Text(required=True, allow_none=True)
    lot_film = Text(required=True, allow_none=True)
    checklist_completed = Boolean(required=True)
    notes = Text(required=True, allow_none=True)
    tags = List(Text(), required=True)
    estimated_duration = Int64(required=True, allow_none=True)  # minutes
    actual_duration = Int64(required=True, allow_none=True)  # minutes
    workflow_id = Text(required=True, allow_none=True)  # the current intervention
    current_workflow_step_id = Text(required=True, allow_none=True)
    started_at = EpochMillis(required=True, allow_none=True)
    completed_at = EpochMillis(required=True, allow_none=True)
    created_at = EpochMillis(required=True)
    updated_at = EpochMillis(required=True)
    created_by = Text(required=True)
    updated_by = Text(required=True)


class HistoryEntry(Schema):
    """One change of a task's status; never changed, never deleted."""

    id = Id(required=True)
    task_id = Id(required=True)
    old_status = Text(required=True, allow_none=True)  # null: the task was made
    new_status = Text(required=True)
    reason = Text(required=True, allow_none=True)
    changed_at = EpochMillis(required=True)
    changed_by = Text(required=True)


class Statistics(Schema):
    """How many tasks there are, and how many of some statuses."""

    total = Int64(required=True)
    completed = Int64(required=True)
    pending = Int64(required=True)
    in_progress = Int64(required=True)
    overdue = Int64(required=True)


class PageOfTasks(PageCounts):
    """One page of a list."""

    type = Text(required=True)
    items = List(Nested(Task), required=True)


class ScheduledTask(Schema):
    """A task as a calendar shows it, without the names of people."""

    id = Id(required=True)
    task_number = Text(required=True)
    title = Text(required=True)
    status = Text(required=True)
    priority = Text(required=True)
    scheduled_date = Text(required=True)
    start_time = Text(required=True, allow_none=True)
    end_time = Text(required=True, allow_none=True)
    vehicle_plate = Text(required=True, allow_none=True)
    vehicle_model = Text(required=True, allow_none=True)
    technician_id = Text(required=True, allow_none=True)
    client_id = Text(required=True, allow_none=True)
    estimated_duration = Int64(required=True, allow_none=True)  # minutes
    actual_duration = Int64(required=True, allow_none=True)  # minutes
