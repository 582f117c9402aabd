"""The queue as a whole: push it, now or again and again, look at how it fares, clean it up."""

from bus.contract import INTERNAL, MANY, READ, WRITE, Contract, QueuePolicy, Schema
from bus.fields import Boolean, Int64, List, Number, Text, validate
from contracts.sync.errors import SyncAlreadyRunning, SyncUnavailable
from contracts.workshop.roles import ADMINS, STAFF

#: Below the five minutes after which a claim is lost: a run that is not over by then has let go of what it held.
RUN_LIMIT_MS = 240_000


class RunAnswer(Schema):
    """What became of the operations of a run."""

    processed_operations = Int64(required=True)
    successful_operations = Int64(required=True)
    failed_operations = Int64(required=True)
    duration_ms = Int64(required=True)
    errors = List(Text(), required=True)


class SyncNow(Contract):
    """Push the operations whose turn it is, ten at most; made for the queue."""

    name, version = "sync_now", 1
    effect, access, units, external = WRITE, STAFF, MANY, True
    time_limit_ms = RUN_LIMIT_MS
    errors = (SyncUnavailable,)

    Result = RunAnswer


class SyncRun(Contract):
    """Push what is due, while the background service is started; a schedule queues it every 30 seconds."""

    name, version = "sync_run", 1
    effect, access, units, external = WRITE, INTERNAL, MANY, True
    time_limit_ms = RUN_LIMIT_MS
    queue = QueuePolicy(unique="sync_run")  # a run that takes longer than half a minute is not joined by another

    Result = RunAnswer


class ServiceAnswer(Schema):
    """Whether the background service is started."""

    is_running = Boolean(required=True)


class SyncStartBackgroundService(Contract):
    """Let what is due be pushed every 30 seconds from now on, by the workers of this bus."""

    name, version = "sync_start_background_service", 1
    effect, access = WRITE, STAFF
    errors = (SyncAlreadyRunning,)

    Result = ServiceAnswer


class SyncStopBackgroundService(Contract):
    """Push nothing any more but when asked to; a run that is under way comes to its end."""

    name, version = "sync_stop_background_service", 1
    effect, access = WRITE, STAFF

    Result = ServiceAnswer


class SyncGetMetrics(Contract):
    """Count the queue."""

    name, version = "sync_get_metrics", 1
    effect = READ

    class Result(Schema):
        pending_operations = Int64(required=True)
        processing_operations = Int64(required=True)
        completed_operations = Int64(required=True)
        failed_operations = Int64(required=True)  # always 0
        abandoned_operations = Int64(required=True)
        oldest_pending_age_seconds = Int64(required=True, allow_none=True)  # since its change was made
        average_retry_count = Number(required=True)  # of the abandoned ones


class SyncGetStatus(Contract):
    """Tell whether the remote has what it should have, and if not, why."""

    name, version = "sync_get_status", 1
    effect = READ

    class Result(Schema):
        network_available = Boolean(required=True)  # a remote is configured, and the last try reached it
        is_running = Boolean(required=True)  # the background service is started
        is_syncing = Boolean(required=True)  # somebody holds an operation
        workers = Int64(required=True, allow_none=True)  # that live on this host; null: nobody can tell
        pending_operations = Int64(required=True)  # with those that somebody holds
        failed_operations = Int64(required=True)  # those that are abandoned
        total_operations = Int64(required=True)
        last_sync_at = Int64(required=True, allow_none=True)  # epoch milliseconds, as the next one
        last_sync = Int64(required=True, allow_none=True)
        errors = List(Text(), required=True)  # the last five since a run went well


class SyncCleanupOldOperations(Contract):
    """Delete completed operations that nobody has touched for so many days; made for the queue."""

    name, version = "sync_cleanup_old_operations", 1
    effect, access, units = WRITE, ADMINS, MANY
    time_limit_ms = 600_000

    class Params(Schema):
        days_old = Int64(required=True, validate=validate.Range(min=0, max=3_650))

    class Result(Schema):
        deleted_count = Int64(required=True)
