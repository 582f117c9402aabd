"""Notes, tasks, calendar events, their search, the entry line that makes them, and the tree they hang in.

An *atom* is a note, a task or an event; its kind never changes, and every kind may have a status and a time. Every
atom, tag and node belongs to an owner; another owner's id is answered like one that nobody has.
"""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.lazynote.v1.calendar": (
        "calendar_list_by_range@1",
        "calendar_update_event@1",
    ),
    "contracts.lazynote.v1.entry": (
        "entry_search@1",
        "entry_create_note@1",
        "entry_create_task@1",
        "entry_schedule@1",
        "entry_parse@1",
        "entry_execute@1",
    ),
    "contracts.lazynote.v1.notes": (
        "note_create@1",
        "note_update@1",
        "note_get@1",
        "notes_list@1",
        "note_set_tags@1",
        "tags_list@1",
    ),
    "contracts.lazynote.v1.search": ("search_rebuild@1",),
    "contracts.lazynote.v1.sections": (
        "tasks_list_inbox@1",
        "tasks_list_today@1",
        "tasks_list_upcoming@1",
        "atom_update_status@1",
    ),
    "contracts.lazynote.v1.workspace": (
        "workspace_list_children@1",
        "workspace_create_folder@1",
        "workspace_create_note_ref@1",
        "workspace_rename_node@1",
        "workspace_move_node@1",
        "workspace_delete_folder@1",
        "workspace_delete_large_folder@1",
        "workspace_explorer@1",
    ),
    "contracts.lazynote.v2": ("notes_list@2",),
}
