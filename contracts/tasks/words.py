"""The words that tasks are described with, in the order in which lists of them are shown."""

STATUSES = (
    "draft",
    "pending",
    "scheduled",
    "assigned",
    "in_progress",
    "paused",
    "on_hold",
    "completed",
    "overdue",
    "failed",
    "invalid",
    "cancelled",
    "archived",
)
#: By urgency, rising.
PRIORITIES = ("low", "medium", "high", "urgent")
#: What lists of tasks are sorted by; anything else means the first.
SORTS = ("created_at", "updated_at", "scheduled_date", "title", "status", "priority", "task_number")
