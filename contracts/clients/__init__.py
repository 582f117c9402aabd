"""The people and companies that the shop works for."""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.clients.v1.actions": (
        "client_create@1",
        "client_get@1",
        "client_get_with_tasks@1",
        "client_update@1",
        "client_delete@1",
        "client_list@1",
        "client_list_with_tasks@1",
        "client_search@1",
        "client_statistics@1",
    ),
    "contracts.clients.v1.clients": ("client_crud@1",),
    "contracts.clients.v1.csv_files": (
        "client_import_csv@1",
        "client_export_csv@1",
        "client_export_page@1",
    ),
    "contracts.clients.v1.within": (
        "client_names@1",
        "client_hold@1",
    ),
}
