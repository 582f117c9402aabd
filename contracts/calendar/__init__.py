"""The calendar: the tasks of a stretch of days, moving them, and events beside them."""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.calendar.v1.events": (
        "create_event@1",
        "get_event_by_id@1",
        "update_event@1",
        "delete_event@1",
        "get_events@1",
        "get_events_for_technician@1",
        "get_events_for_task@1",
    ),
    "contracts.calendar.v1.tasks": (
        "calendar_get_tasks@1",
        "calendar_check_conflicts@1",
        "calendar_schedule_task@1",
    ),
    "contracts.calendar.v1.within": ("event_place_task@1",),
}
