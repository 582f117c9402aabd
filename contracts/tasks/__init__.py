"""The work of the shop: what is to be done to which car, by whom and when.

A task moves through the states that ``words.py`` names; every move is kept on record.
"""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.tasks.v1.actions": (
        "task_create@1",
        "task_get@1",
        "task_update@1",
        "task_delete@1",
        "task_list@1",
        "task_statistics@1",
    ),
    "contracts.tasks.v1.checks": (
        "check_task_assignment@1",
        "check_task_availability@1",
        "validate_task_assignment_change@1",
    ),
    "contracts.tasks.v1.csv_files": (
        "task_import_csv@1",
        "task_export_csv@1",
        "task_export_page@1",
    ),
    "contracts.tasks.v1.following": (
        "task_hold@1",
        "task_follow@1",
    ),
    "contracts.tasks.v1.from_quotes": ("task_create_from_quote@1",),
    "contracts.tasks.v1.overdue": ("task_mark_overdue@1",),
    "contracts.tasks.v1.scheduling": (
        "task_list_scheduled@1",
        "task_find_conflicts@1",
        "task_reschedule@1",
    ),
    "contracts.tasks.v1.tasks": (
        "task_crud@1",
        "edit_task@1",
        "task_transition_status@1",
        "delay_task@1",
        "add_task_note@1",
        "task_get_history@1",
    ),
    "contracts.tasks.v1.within": (
        "task_find@1",
        "task_count_of_clients@1",
        "task_count_clients@1",
        "task_list_of_clients@1",
    ),
}
