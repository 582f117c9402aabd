"""Many tasks at once, as a CSV file whose columns have the names of what a new task may hold."""

from bus.contract import AUTHENTICATED, INTERNAL, MANY, READ, WRITE, Contract, QueuePolicy, Schema
from bus.fields import Int64, List, Nested, Object
from contracts.tasks.drafts import TaskDraft
from contracts.tasks.v1.actions import TaskConditions
from contracts.workshop.csv_fields import CsvRows, ExportResult, ImportParams, ImportResult
from contracts.workshop.roles import STAFF

#: What is exported, in this order.
COLUMNS = (
    "task_number",
    "title",
    "status",
    "priority",
    "scheduled_date",
    "start_time",
    "end_time",
    "date_rdv",
    "heure_rdv",
    "vehicle_plate",
    "vehicle_make",
    "vehicle_model",
    "vehicle_year",
    "vin",
    "ppf_zones",
    "custom_ppf_zones",
    "description",
    "technician_id",
    "client_id",
    "customer_name",
    "customer_email",
    "customer_phone",
    "customer_address",
    "external_id",
    "lot_film",
    "checklist_completed",
    "estimated_duration",
    "actual_duration",
    "tags",
    "notes",
)


class TaskImportCsv(Contract):
    """Make a task of each row of a CSV file; what a row may not be is said as if it were made by itself."""

    name, version = "task_import_csv", 1
    effect, units, access = WRITE, MANY, STAFF
    time_limit_ms = 3_600_000
    queue = QueuePolicy(by_default=True)

    class Params(ImportParams):
        content = CsvRows(TaskDraft, required=True)  # the file, up to 1,000,000 characters

    Result = ImportResult


class TaskExportCsv(Contract):
    """Write the tasks that the caller may list into a CSV file that can be imported, in the order of their making."""

    name, version = "task_export_csv", 1
    effect, units, access = WRITE, MANY, AUTHENTICATED
    time_limit_ms = 600_000
    queue = QueuePolicy(by_default=True)

    class Params(Schema):
        filters = Nested(TaskConditions, load_default=None, allow_none=True)

    Result = ExportResult


class TaskExportPage(Contract):
    """Read some of the tasks of an export, in the order in which they were made."""

    name, version = "task_export_page", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        filters = Nested(TaskConditions, load_default=None, allow_none=True)
        after = Int64(required=True)  # the last one of the page before; 0: from the first on

    class Result(Schema):
        items = List(Object(), required=True)  # none: there are no more
        last = Int64(required=True)
