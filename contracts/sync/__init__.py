"""Contracts of the queue of changes for a remote system: push them in order, once each, until it has them.

Names, arguments and codes are the domain's specification, word for word.
"""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.sync.v1.operations": (
        "sync_enqueue@1",
        "sync_dequeue_batch@1",
        "sync_mark_completed@1",
        "sync_mark_failed@1",
        "sync_retry_operation@1",
        "sync_drop_operation@1",
        "sync_get_operation@1",
        "sync_get_operations_for_entity@1",
    ),
    "contracts.sync.v1.service": (
        "sync_now@1",
        "sync_run@1",
        "sync_start_background_service@1",
        "sync_stop_background_service@1",
        "sync_get_metrics@1",
        "sync_get_status@1",
        "sync_cleanup_old_operations@1",
    ),
}
