"""What happened, told to those whom it concerns: an inbox for everybody, and which kinds of news they want in it."""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.notifications.v1.inbox": (
        "notification_list@1",
        "notification_mark_read@1",
    ),
    "contracts.notifications.v1.preferences": (
        "notification_get_preferences@1",
        "notification_set_preferences@1",
    ),
    "contracts.notifications.v1.within": (
        "notification_hear@1",
        "notification_forget@1",
    ),
}
