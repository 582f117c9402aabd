# generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
# ruff: noqa: D101, D102, E501, INP001, N, UP013
# fmt: off
"""Types of commands, for type checkers."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, Protocol, TypeAlias, TypedDict, TypeVar, Unpack, overload

#: Any JSON value.
JsonValue: TypeAlias = Any

Data_co = TypeVar("Data_co", covariant=True)
Code_co = TypeVar("Code_co", covariant=True)

BusErrorCode: TypeAlias = Literal["CANCELLED", "DATABASE_BUSY", "FORBIDDEN", "HANDLER_ERROR", "IDEMPOTENCY_CONFLICT", "PAYLOAD_TOO_LARGE", "QUEUE_UNAVAILABLE", "RATE_LIMITED", "TIMEOUT", "UNAUTHENTICATED", "UNKNOWN_COMMAND", "UNKNOWN_VERSION", "VALIDATION_ERROR"]

class BusAttempt(TypedDict):
    attempt: int
    code: str
    finished_at: int
    message: str
    owner: str
    started_at: int


class BusCallbacks(TypedDict):
    completion: NotRequired[BusPlanned]
    failure: NotRequired[BusPlanned]
    success: NotRequired[BusPlanned]


class BusCommandSummary(TypedDict):
    access: str
    effect: str
    name: str
    plugin: str
    summary: str
    versions: list[int]


class BusErrorDescription(TypedDict):
    code: str
    meaning: str


class BusFailureGroup(TypedDict):
    code: str
    command: str
    count: int
    newest: int
    oldest: int
    pattern: str
    sample_id: str
    state: Literal["cancelled", "dead", "failed", "queued", "running", "succeeded", "scheduled"]


class BusFieldDescription(TypedDict):
    code: str | None
    is_nullable: bool
    is_required: bool
    name: str
    type: str


class BusFigures(TypedDict):
    finished_hour: int
    finished_minute: int
    letters: int | None
    oldest_letter_ms: int | None
    oldest_waiting_ms: int | None
    running: int
    scheduled: int
    waiting: int
    waiting_for_key: int


class BusFlowDetail(TypedDict):
    correlation_id: str
    created_at: int
    finished_at: int | None
    id: str
    name: str
    state: Literal["running", "ending", "undoing", "succeeded", "failed", "cancelled"]
    steps: list[BusStepDetail]


class BusFlowSummary(TypedDict):
    correlation_id: str
    created_at: int
    finished_at: int | None
    id: str
    name: str
    state: Literal["running", "ending", "undoing", "succeeded", "failed", "cancelled"]


class BusJobDetail(TypedDict):
    attempt: int
    attempts: list[BusAttempt]
    command: str
    correlation_id: str
    created_at: int
    envelope: dict[str, JsonValue] | None
    finished_at: int | None
    id: str
    is_cancelled: bool
    key: str | None
    priority: int
    progress: BusProgress | None
    queue: str
    run_at: int
    started_at: int | None
    state: Literal["cancelled", "dead", "failed", "queued", "running", "succeeded", "scheduled"]
    version: int


class BusJobSummary(TypedDict):
    attempt: int
    command: str
    correlation_id: str
    created_at: int
    finished_at: int | None
    id: str
    is_cancelled: bool
    priority: int
    queue: str
    run_at: int
    started_at: int | None
    state: Literal["cancelled", "dead", "failed", "queued", "running", "succeeded", "scheduled"]
    version: int


class BusPauseItem(TypedDict):
    created_at: int
    kind: Literal["queue", "command"]
    name: str
    path: str | None
    principal: str
    reason: str
    value: JsonValue


class BusPlanned(TypedDict):
    args: NotRequired[dict[str, JsonValue]]
    command: str


class BusPlannedStep(TypedDict):
    after: NotRequired[list[str]]
    args: NotRequired[dict[str, JsonValue]]
    command: str
    name: str
    undo: NotRequired[BusPlanned]


class BusProgress(TypedDict):
    at: int
    done: int
    message: str | None
    total: int | None


class BusQueueItem(TypedDict):
    finished_hour: int
    finished_minute: int
    is_paused: bool
    letters: int | None
    name: str
    oldest_letter_ms: int | None
    oldest_waiting_ms: int | None
    pause_reason: str | None
    running: int
    scheduled: int
    waiting: int
    waiting_for_key: int


class BusReason(TypedDict):
    code: Literal["ended", "worker_gone", "running", "scheduled", "resting", "queue_paused", "command_paused", "argument_paused", "key_full", "rate_used_up", "no_worker", "unknown_command", "queue_unattended", "others_first", "due"]
    details: dict[str, JsonValue]
    message: str


class BusRunningJob(TypedDict):
    attempt: int
    command: str
    id: str
    queue: str
    started_at: int | None
    version: int


class BusScheduleItem(TypedDict):
    args: dict[str, JsonValue]
    changed_at: int
    command: str
    created_at: int
    cron: str
    is_paused: bool
    last_at: int | None
    last_job: str | None
    missed: Literal["skip", "once", "all"]
    name: str
    next_at: int | None
    obstacle: str | None
    origin: str
    principal: str
    priority: int | None
    version: int
    zone: str


class BusStepDetail(TypedDict):
    after: list[str]
    code: str | None
    command: str
    job: str | None
    message: str | None
    name: str
    state: Literal["waiting", "queued", "succeeded", "failed", "cancelled", "skipped", "undoing", "undone", "undo_failed"]
    undo_job: str | None


class BusTick(TypedDict):
    at: int
    local: str


class BusWorkerItem(TypedDict):
    host: str
    is_alive: bool | None
    is_ward: bool | None
    jobs: list[BusRunningJob]
    owner: str
    pid: int | None
    queues: list[str] | None
    running: int
    started_at: int | None
    threads: int | None


class CommandDescribeV1Args(TypedDict):
    command: str
    version: NotRequired[int]


class CommandDescribeV1Data(TypedDict):
    access: str
    deprecated: str | None
    effect: str
    errors: list[BusErrorDescription]
    is_secret: bool
    name: str
    params: list[BusFieldDescription]
    plugin: str
    queue: str
    result: list[BusFieldDescription]
    roles: list[str]
    summary: str
    time_limit_ms: int
    units: str
    version: int
    versions: list[int]

CommandDescribeV1ErrorCode: TypeAlias = BusErrorCode | Literal["command_not_found"]
CommandDescribeArgs: TypeAlias = CommandDescribeV1Args
CommandDescribeData: TypeAlias = CommandDescribeV1Data
CommandDescribeErrorCode: TypeAlias = CommandDescribeV1ErrorCode

class CommandListV1Args(TypedDict):
    pass


class CommandListV1Data(TypedDict):
    items: list[BusCommandSummary]
    total_count: int

CommandListV1ErrorCode: TypeAlias = BusErrorCode
CommandListArgs: TypeAlias = CommandListV1Args
CommandListData: TypeAlias = CommandListV1Data
CommandListErrorCode: TypeAlias = CommandListV1ErrorCode

class CommandPauseV1Args(TypedDict):
    command: str
    path: NotRequired[str]
    reason: NotRequired[str]
    value: NotRequired[JsonValue]


class CommandPauseV1Data(TypedDict):
    pass

CommandPauseV1ErrorCode: TypeAlias = BusErrorCode
CommandPauseArgs: TypeAlias = CommandPauseV1Args
CommandPauseData: TypeAlias = CommandPauseV1Data
CommandPauseErrorCode: TypeAlias = CommandPauseV1ErrorCode

class CommandResumeV1Args(TypedDict):
    command: str
    path: NotRequired[str]
    value: NotRequired[JsonValue]


class CommandResumeV1Data(TypedDict):
    pass

CommandResumeV1ErrorCode: TypeAlias = BusErrorCode | Literal["not_paused"]
CommandResumeArgs: TypeAlias = CommandResumeV1Args
CommandResumeData: TypeAlias = CommandResumeV1Data
CommandResumeErrorCode: TypeAlias = CommandResumeV1ErrorCode

class FlowAdvanceV1Args(TypedDict):
    flow_id: str


class FlowAdvanceV1Data(TypedDict):
    pass

FlowAdvanceV1ErrorCode: TypeAlias = BusErrorCode
FlowAdvanceArgs: TypeAlias = FlowAdvanceV1Args
FlowAdvanceData: TypeAlias = FlowAdvanceV1Data
FlowAdvanceErrorCode: TypeAlias = FlowAdvanceV1ErrorCode

class FlowCancelV1Args(TypedDict):
    flow_id: str


class FlowCancelV1Data(TypedDict):
    flow: BusFlowSummary

FlowCancelV1ErrorCode: TypeAlias = BusErrorCode | Literal["flow_has_ended", "flow_not_found"]
FlowCancelArgs: TypeAlias = FlowCancelV1Args
FlowCancelData: TypeAlias = FlowCancelV1Data
FlowCancelErrorCode: TypeAlias = FlowCancelV1ErrorCode

class FlowGetV1Args(TypedDict):
    flow_id: str


class FlowGetV1Data(TypedDict):
    flow: BusFlowDetail

FlowGetV1ErrorCode: TypeAlias = BusErrorCode | Literal["flow_not_found"]
FlowGetArgs: TypeAlias = FlowGetV1Args
FlowGetData: TypeAlias = FlowGetV1Data
FlowGetErrorCode: TypeAlias = FlowGetV1ErrorCode

class FlowListV1Args(TypedDict):
    before: NotRequired[str]
    limit: NotRequired[int]


class FlowListV1Data(TypedDict):
    items: list[BusFlowSummary]

FlowListV1ErrorCode: TypeAlias = BusErrorCode
FlowListArgs: TypeAlias = FlowListV1Args
FlowListData: TypeAlias = FlowListV1Data
FlowListErrorCode: TypeAlias = FlowListV1ErrorCode

class FlowStartV1Args(TypedDict):
    callbacks: NotRequired[BusCallbacks]
    name: str
    steps: list[BusPlannedStep]


class FlowStartV1Data(TypedDict):
    flow: BusFlowSummary

FlowStartV1ErrorCode: TypeAlias = BusErrorCode | Literal["command_unfit"]
FlowStartArgs: TypeAlias = FlowStartV1Args
FlowStartData: TypeAlias = FlowStartV1Data
FlowStartErrorCode: TypeAlias = FlowStartV1ErrorCode

class JobCancelV1Args(TypedDict):
    job_id: str


class JobCancelV1Data(TypedDict):
    job: BusJobSummary

JobCancelV1ErrorCode: TypeAlias = BusErrorCode | Literal["job_has_ended", "job_not_found"]
JobCancelArgs: TypeAlias = JobCancelV1Args
JobCancelData: TypeAlias = JobCancelV1Data
JobCancelErrorCode: TypeAlias = JobCancelV1ErrorCode

class JobDropV1Args(TypedDict):
    job_id: str


class JobDropV1Data(TypedDict):
    job: BusJobSummary

JobDropV1ErrorCode: TypeAlias = BusErrorCode | Literal["job_not_ended", "job_not_found"]
JobDropArgs: TypeAlias = JobDropV1Args
JobDropData: TypeAlias = JobDropV1Data
JobDropErrorCode: TypeAlias = JobDropV1ErrorCode

class JobGetV1Args(TypedDict):
    job_id: str


class JobGetV1Data(TypedDict):
    job: BusJobDetail

JobGetV1ErrorCode: TypeAlias = BusErrorCode | Literal["job_not_found"]
JobGetArgs: TypeAlias = JobGetV1Args
JobGetData: TypeAlias = JobGetV1Data
JobGetErrorCode: TypeAlias = JobGetV1ErrorCode

class JobGroupsV1Args(TypedDict):
    command: NotRequired[str]
    most: NotRequired[int]
    queue: NotRequired[str]
    state: NotRequired[Literal["cancelled", "dead", "failed", "succeeded"]]


class JobGroupsV1Data(TypedDict):
    examined_count: int
    items: list[BusFailureGroup]
    total_count: int

JobGroupsV1ErrorCode: TypeAlias = BusErrorCode
JobGroupsArgs: TypeAlias = JobGroupsV1Args
JobGroupsData: TypeAlias = JobGroupsV1Data
JobGroupsErrorCode: TypeAlias = JobGroupsV1ErrorCode

class JobListV1Args(TypedDict):
    before: NotRequired[str]
    command: NotRequired[str]
    key: NotRequired[str]
    limit: NotRequired[int]
    queue: NotRequired[str]
    state: NotRequired[Literal["cancelled", "dead", "failed", "queued", "running", "succeeded", "scheduled"]]


class JobListV1Data(TypedDict):
    items: list[BusJobSummary]
    total_count: int

JobListV1ErrorCode: TypeAlias = BusErrorCode
JobListArgs: TypeAlias = JobListV1Args
JobListData: TypeAlias = JobListV1Data
JobListErrorCode: TypeAlias = JobListV1ErrorCode

class JobRetryV1Args(TypedDict):
    job_id: str


class JobRetryV1Data(TypedDict):
    job: BusJobSummary

JobRetryV1ErrorCode: TypeAlias = BusErrorCode | Literal["job_not_found", "job_not_retryable"]
JobRetryArgs: TypeAlias = JobRetryV1Args
JobRetryData: TypeAlias = JobRetryV1Data
JobRetryErrorCode: TypeAlias = JobRetryV1ErrorCode

class JobWhyV1Args(TypedDict):
    job_id: str


class JobWhyV1Data(TypedDict):
    reason: BusReason

JobWhyV1ErrorCode: TypeAlias = BusErrorCode | Literal["job_not_found"]
JobWhyArgs: TypeAlias = JobWhyV1Args
JobWhyData: TypeAlias = JobWhyV1Data
JobWhyErrorCode: TypeAlias = JobWhyV1ErrorCode

class PauseListV1Args(TypedDict):
    pass


class PauseListV1Data(TypedDict):
    items: list[BusPauseItem]

PauseListV1ErrorCode: TypeAlias = BusErrorCode
PauseListArgs: TypeAlias = PauseListV1Args
PauseListData: TypeAlias = PauseListV1Data
PauseListErrorCode: TypeAlias = PauseListV1ErrorCode

class QueueListV1Args(TypedDict):
    pass


class QueueListV1Data(TypedDict):
    at: int
    items: list[BusQueueItem]
    total: BusFigures

QueueListV1ErrorCode: TypeAlias = BusErrorCode
QueueListArgs: TypeAlias = QueueListV1Args
QueueListData: TypeAlias = QueueListV1Data
QueueListErrorCode: TypeAlias = QueueListV1ErrorCode

class QueuePauseV1Args(TypedDict):
    queue: str
    reason: NotRequired[str]


class QueuePauseV1Data(TypedDict):
    pass

QueuePauseV1ErrorCode: TypeAlias = BusErrorCode
QueuePauseArgs: TypeAlias = QueuePauseV1Args
QueuePauseData: TypeAlias = QueuePauseV1Data
QueuePauseErrorCode: TypeAlias = QueuePauseV1ErrorCode

class QueueResumeV1Args(TypedDict):
    queue: str


class QueueResumeV1Data(TypedDict):
    pass

QueueResumeV1ErrorCode: TypeAlias = BusErrorCode | Literal["not_paused"]
QueueResumeArgs: TypeAlias = QueueResumeV1Args
QueueResumeData: TypeAlias = QueueResumeV1Data
QueueResumeErrorCode: TypeAlias = QueueResumeV1ErrorCode

class ScheduleAddV1Args(TypedDict):
    args: NotRequired[dict[str, JsonValue]]
    command: str
    cron: str
    missed: NotRequired[Literal["skip", "once", "all"]]
    name: str
    priority: NotRequired[int]
    version: NotRequired[int]
    zone: NotRequired[str]


class ScheduleAddV1Data(TypedDict):
    schedule: BusScheduleItem

ScheduleAddV1ErrorCode: TypeAlias = BusErrorCode | Literal["command_not_found", "invalid_cron", "invalid_schedule_args", "schedule_exists", "schedule_forbidden", "unknown_zone"]
ScheduleAddArgs: TypeAlias = ScheduleAddV1Args
ScheduleAddData: TypeAlias = ScheduleAddV1Data
ScheduleAddErrorCode: TypeAlias = ScheduleAddV1ErrorCode

class ScheduleListV1Args(TypedDict):
    pass


class ScheduleListV1Data(TypedDict):
    items: list[BusScheduleItem]
    total_count: int

ScheduleListV1ErrorCode: TypeAlias = BusErrorCode
ScheduleListArgs: TypeAlias = ScheduleListV1Args
ScheduleListData: TypeAlias = ScheduleListV1Data
ScheduleListErrorCode: TypeAlias = ScheduleListV1ErrorCode

class ScheduleNextV1Args(TypedDict):
    count: NotRequired[int]
    name: str


class ScheduleNextV1Data(TypedDict):
    items: list[BusTick]
    total_count: int

ScheduleNextV1ErrorCode: TypeAlias = BusErrorCode | Literal["invalid_cron", "schedule_not_found", "unknown_zone"]
ScheduleNextArgs: TypeAlias = ScheduleNextV1Args
ScheduleNextData: TypeAlias = ScheduleNextV1Data
ScheduleNextErrorCode: TypeAlias = ScheduleNextV1ErrorCode

class SchedulePauseV1Args(TypedDict):
    name: str


class SchedulePauseV1Data(TypedDict):
    schedule: BusScheduleItem

SchedulePauseV1ErrorCode: TypeAlias = BusErrorCode | Literal["schedule_not_found"]
SchedulePauseArgs: TypeAlias = SchedulePauseV1Args
SchedulePauseData: TypeAlias = SchedulePauseV1Data
SchedulePauseErrorCode: TypeAlias = SchedulePauseV1ErrorCode

class ScheduleRemoveV1Args(TypedDict):
    name: str


class ScheduleRemoveV1Data(TypedDict):
    pass

ScheduleRemoveV1ErrorCode: TypeAlias = BusErrorCode | Literal["schedule_declared", "schedule_not_found"]
ScheduleRemoveArgs: TypeAlias = ScheduleRemoveV1Args
ScheduleRemoveData: TypeAlias = ScheduleRemoveV1Data
ScheduleRemoveErrorCode: TypeAlias = ScheduleRemoveV1ErrorCode

class ScheduleResumeV1Args(TypedDict):
    name: str


class ScheduleResumeV1Data(TypedDict):
    schedule: BusScheduleItem

ScheduleResumeV1ErrorCode: TypeAlias = BusErrorCode | Literal["invalid_cron", "schedule_not_found", "unknown_zone"]
ScheduleResumeArgs: TypeAlias = ScheduleResumeV1Args
ScheduleResumeData: TypeAlias = ScheduleResumeV1Data
ScheduleResumeErrorCode: TypeAlias = ScheduleResumeV1ErrorCode

class SystemHealthV1Args(TypedDict):
    pass


class SystemHealthV1Data(TypedDict):
    broken_plugins: dict[str, JsonValue]
    database: str
    jobs: dict[str, JsonValue]
    plugins: list[str]
    status: Literal["ok", "degraded"]

SystemHealthV1ErrorCode: TypeAlias = BusErrorCode
SystemHealthArgs: TypeAlias = SystemHealthV1Args
SystemHealthData: TypeAlias = SystemHealthV1Data
SystemHealthErrorCode: TypeAlias = SystemHealthV1ErrorCode

class WorkerListV1Args(TypedDict):
    pass


class WorkerListV1Data(TypedDict):
    at: int
    items: list[BusWorkerItem]
    total_count: int

WorkerListV1ErrorCode: TypeAlias = BusErrorCode
WorkerListArgs: TypeAlias = WorkerListV1Args
WorkerListData: TypeAlias = WorkerListV1Data
WorkerListErrorCode: TypeAlias = WorkerListV1ErrorCode

class CalendarDateRange(TypedDict):
    end_date: str
    start_date: str


class CalendarEvent(TypedDict):
    all_day: bool
    category: str | None
    client_id: str | None
    color: str | None
    created_at: int
    created_by: str | None
    description: str | None
    end_datetime: str
    event_type: Literal["meeting", "appointment", "task", "reminder", "other"]
    id: str
    is_recurring: bool
    is_virtual: bool
    location: str | None
    meeting_link: str | None
    notes: str | None
    parent_event_id: str | None
    participants: list[CalendarShownParticipant]
    recurrence_rule: str | None
    reminders: list[int]
    start_datetime: str
    status: Literal["confirmed", "tentative", "cancelled"]
    tags: list[str]
    task_id: str | None
    technician_id: str | None
    timezone: str
    title: str
    updated_at: int
    updated_by: str | None


class CalendarParticipant(TypedDict):
    email: NotRequired[str | None]
    id: NotRequired[str | None]
    name: str
    status: NotRequired[str | None]


class CalendarShownParticipant(TypedDict):
    email: str | None
    id: str | None
    name: str
    status: Literal["accepted", "declined", "tentative", "needsaction"]


class CalendarTask(TypedDict):
    actual_duration: int | None
    client_id: str | None
    client_name: str | None
    end_time: str | None
    estimated_duration: int | None
    id: str
    priority: str
    scheduled_date: str
    start_time: str | None
    status: str
    task_number: str
    technician_id: str | None
    technician_name: str | None
    title: str
    vehicle_model: str | None
    vehicle_plate: str | None


class CalendarCheckConflictsV1Args(TypedDict):
    new_date: str
    new_end: NotRequired[str | None]
    new_start: NotRequired[str | None]
    task_id: str


class CalendarCheckConflictsV1Data(TypedDict):
    conflict_type: Literal["time_overlap"] | None
    conflicting_tasks: list[CalendarTask]
    has_conflict: bool
    message: str | None

CalendarCheckConflictsV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
CalendarCheckConflictsArgs: TypeAlias = CalendarCheckConflictsV1Args
CalendarCheckConflictsData: TypeAlias = CalendarCheckConflictsV1Data
CalendarCheckConflictsErrorCode: TypeAlias = CalendarCheckConflictsV1ErrorCode

class CalendarGetTasksV1Args(TypedDict):
    date_range: CalendarDateRange
    statuses: NotRequired[list[str] | None]
    technician_ids: NotRequired[list[str] | None]


class CalendarGetTasksV1Data(TypedDict):
    items: list[CalendarTask]
    total_count: int

CalendarGetTasksV1ErrorCode: TypeAlias = BusErrorCode
CalendarGetTasksArgs: TypeAlias = CalendarGetTasksV1Args
CalendarGetTasksData: TypeAlias = CalendarGetTasksV1Data
CalendarGetTasksErrorCode: TypeAlias = CalendarGetTasksV1ErrorCode

class CalendarScheduleTaskV1Args(TypedDict):
    force: NotRequired[bool | None]
    new_date: str
    new_end: NotRequired[str | None]
    new_start: NotRequired[str | None]
    task_id: str


class CalendarScheduleTaskV1Data(TypedDict):
    conflict_type: Literal["time_overlap"] | None
    conflicting_tasks: list[CalendarTask]
    has_conflict: bool
    message: str | None
    scheduled: bool

CalendarScheduleTaskV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "TASK_NOT_SCHEDULABLE"]
CalendarScheduleTaskArgs: TypeAlias = CalendarScheduleTaskV1Args
CalendarScheduleTaskData: TypeAlias = CalendarScheduleTaskV1Data
CalendarScheduleTaskErrorCode: TypeAlias = CalendarScheduleTaskV1ErrorCode

class CreateEventV1Args(TypedDict):
    all_day: NotRequired[bool | None]
    category: NotRequired[str | None]
    client_id: NotRequired[str | None]
    color: NotRequired[str | None]
    description: NotRequired[str | None]
    end_datetime: str
    event_type: NotRequired[str | None]
    is_virtual: NotRequired[bool | None]
    location: NotRequired[str | None]
    meeting_link: NotRequired[str | None]
    notes: NotRequired[str | None]
    participants: NotRequired[list[CalendarParticipant] | None]
    reminders: NotRequired[list[int] | None]
    start_datetime: str
    tags: NotRequired[list[str] | None]
    task_id: NotRequired[str | None]
    technician_id: NotRequired[str | None]
    timezone: NotRequired[str | None]
    title: str


class CreateEventV1Data(TypedDict):
    all_day: bool
    category: str | None
    client_id: str | None
    color: str | None
    created_at: int
    created_by: str | None
    description: str | None
    end_datetime: str
    event_type: Literal["meeting", "appointment", "task", "reminder", "other"]
    id: str
    is_recurring: bool
    is_virtual: bool
    location: str | None
    meeting_link: str | None
    notes: str | None
    parent_event_id: str | None
    participants: list[CalendarShownParticipant]
    recurrence_rule: str | None
    reminders: list[int]
    start_datetime: str
    status: Literal["confirmed", "tentative", "cancelled"]
    tags: list[str]
    task_id: str | None
    technician_id: str | None
    timezone: str
    title: str
    updated_at: int
    updated_by: str | None

CreateEventV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
CreateEventArgs: TypeAlias = CreateEventV1Args
CreateEventData: TypeAlias = CreateEventV1Data
CreateEventErrorCode: TypeAlias = CreateEventV1ErrorCode

class DeleteEventV1Args(TypedDict):
    id: str


class DeleteEventV1Data(TypedDict):
    deleted: bool
    id: str

DeleteEventV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DeleteEventArgs: TypeAlias = DeleteEventV1Args
DeleteEventData: TypeAlias = DeleteEventV1Data
DeleteEventErrorCode: TypeAlias = DeleteEventV1ErrorCode

class GetEventByIdV1Args(TypedDict):
    id: str


class GetEventByIdV1Data(TypedDict):
    all_day: bool
    category: str | None
    client_id: str | None
    color: str | None
    created_at: int
    created_by: str | None
    description: str | None
    end_datetime: str
    event_type: Literal["meeting", "appointment", "task", "reminder", "other"]
    id: str
    is_recurring: bool
    is_virtual: bool
    location: str | None
    meeting_link: str | None
    notes: str | None
    parent_event_id: str | None
    participants: list[CalendarShownParticipant]
    recurrence_rule: str | None
    reminders: list[int]
    start_datetime: str
    status: Literal["confirmed", "tentative", "cancelled"]
    tags: list[str]
    task_id: str | None
    technician_id: str | None
    timezone: str
    title: str
    updated_at: int
    updated_by: str | None

GetEventByIdV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
GetEventByIdArgs: TypeAlias = GetEventByIdV1Args
GetEventByIdData: TypeAlias = GetEventByIdV1Data
GetEventByIdErrorCode: TypeAlias = GetEventByIdV1ErrorCode

class GetEventsV1Args(TypedDict):
    end_date: str
    start_date: str
    technician_id: NotRequired[str | None]


class GetEventsV1Data(TypedDict):
    items: list[CalendarEvent]
    total_count: int

GetEventsV1ErrorCode: TypeAlias = BusErrorCode
GetEventsArgs: TypeAlias = GetEventsV1Args
GetEventsData: TypeAlias = GetEventsV1Data
GetEventsErrorCode: TypeAlias = GetEventsV1ErrorCode

class GetEventsForTaskV1Args(TypedDict):
    task_id: str


class GetEventsForTaskV1Data(TypedDict):
    items: list[CalendarEvent]
    total_count: int

GetEventsForTaskV1ErrorCode: TypeAlias = BusErrorCode
GetEventsForTaskArgs: TypeAlias = GetEventsForTaskV1Args
GetEventsForTaskData: TypeAlias = GetEventsForTaskV1Data
GetEventsForTaskErrorCode: TypeAlias = GetEventsForTaskV1ErrorCode

class GetEventsForTechnicianV1Args(TypedDict):
    technician_id: str


class GetEventsForTechnicianV1Data(TypedDict):
    items: list[CalendarEvent]
    total_count: int

GetEventsForTechnicianV1ErrorCode: TypeAlias = BusErrorCode
GetEventsForTechnicianArgs: TypeAlias = GetEventsForTechnicianV1Args
GetEventsForTechnicianData: TypeAlias = GetEventsForTechnicianV1Data
GetEventsForTechnicianErrorCode: TypeAlias = GetEventsForTechnicianV1ErrorCode

class UpdateEventV1Args(TypedDict):
    all_day: NotRequired[bool]
    category: NotRequired[str | None]
    client_id: NotRequired[str | None]
    color: NotRequired[str | None]
    description: NotRequired[str | None]
    end_datetime: NotRequired[str]
    event_type: NotRequired[str]
    id: str
    is_virtual: NotRequired[bool]
    location: NotRequired[str | None]
    meeting_link: NotRequired[str | None]
    notes: NotRequired[str | None]
    participants: NotRequired[list[CalendarParticipant]]
    reminders: NotRequired[list[int]]
    start_datetime: NotRequired[str]
    status: NotRequired[str]
    tags: NotRequired[list[str]]
    task_id: NotRequired[str | None]
    technician_id: NotRequired[str | None]
    timezone: NotRequired[str]
    title: NotRequired[str]


class UpdateEventV1Data(TypedDict):
    all_day: bool
    category: str | None
    client_id: str | None
    color: str | None
    created_at: int
    created_by: str | None
    description: str | None
    end_datetime: str
    event_type: Literal["meeting", "appointment", "task", "reminder", "other"]
    id: str
    is_recurring: bool
    is_virtual: bool
    location: str | None
    meeting_link: str | None
    notes: str | None
    parent_event_id: str | None
    participants: list[CalendarShownParticipant]
    recurrence_rule: str | None
    reminders: list[int]
    start_datetime: str
    status: Literal["confirmed", "tentative", "cancelled"]
    tags: list[str]
    task_id: str | None
    technician_id: str | None
    timezone: str
    title: str
    updated_at: int
    updated_by: str | None

UpdateEventV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
UpdateEventArgs: TypeAlias = UpdateEventV1Args
UpdateEventData: TypeAlias = UpdateEventV1Data
UpdateEventErrorCode: TypeAlias = UpdateEventV1ErrorCode

class ClientsClientAndTasks(TypedDict):
    active_tasks: int
    address_city: str | None
    address_country: str | None
    address_state: str | None
    address_street: str | None
    address_zip: str | None
    company_name: str | None
    completed_tasks: int
    contact_person: str | None
    created_at: int
    created_by: str
    customer_type: Literal["individual", "business"]
    email: str | None
    id: str
    last_task_date: str | None
    name: str
    notes: str | None
    phone: str | None
    tags: list[str]
    tasks: NotRequired[list[ClientsTask]]
    tax_id: str | None
    total_tasks: int
    updated_at: int


class ClientsClientConditions(TypedDict):
    customer_type: NotRequired[str | None]
    search: NotRequired[str | None]


class ClientsRefusedRow(TypedDict):
    code: str
    fields: dict[str, list[str]]
    line: int
    message: str


class ClientsStatistics(TypedDict):
    business_clients: int
    clients_with_tasks: int
    individual_clients: int
    new_clients_this_month: int
    total_clients: int


class ClientsTask(TypedDict):
    actual_duration: int | None
    assigned_at: int | None
    assigned_by: str | None
    checklist_completed: bool
    client_id: str | None
    completed_at: int | None
    created_at: int
    created_by: str
    current_workflow_step_id: str | None
    custom_ppf_zones: list[str]
    customer_address: str | None
    customer_email: str | None
    customer_name: str | None
    customer_phone: str | None
    date_rdv: str | None
    description: str | None
    end_time: str | None
    estimated_duration: int | None
    external_id: str | None
    heure_rdv: str | None
    id: str
    lot_film: str | None
    notes: str | None
    ppf_zones: list[str]
    priority: Literal["low", "medium", "high", "urgent"]
    scheduled_date: str
    start_time: str | None
    started_at: int | None
    status: Literal["draft", "pending", "scheduled", "assigned", "in_progress", "paused", "on_hold", "completed", "overdue", "failed", "invalid", "cancelled", "archived"]
    tags: list[str]
    task_number: str
    technician_id: str | None
    title: str
    updated_at: int
    updated_by: str
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_year: str | None
    vin: str | None
    workflow_id: str | None


class ClientCrudV1Args(TypedDict):
    action: dict[str, JsonValue] | str


class ClientCrudV1Data(TypedDict):
    client: NotRequired[ClientsClientAndTasks]
    id: NotRequired[str]
    items: NotRequired[list[ClientsClientAndTasks]]
    limit: NotRequired[int]
    page: NotRequired[int]
    statistics: NotRequired[ClientsStatistics]
    total_count: NotRequired[int]
    total_pages: NotRequired[int]
    type: str

ClientCrudV1ErrorCode: TypeAlias = BusErrorCode | Literal["CLIENT_DUPLICATE_EMAIL", "CLIENT_DUPLICATE_TAX_ID", "CLIENT_HAS_ACTIVE_TASKS", "NOT_FOUND"]
ClientCrudArgs: TypeAlias = ClientCrudV1Args
ClientCrudData: TypeAlias = ClientCrudV1Data
ClientCrudErrorCode: TypeAlias = ClientCrudV1ErrorCode

class ClientExportCsvV1Args(TypedDict):
    filters: NotRequired[ClientsClientConditions | None]


class ClientExportCsvV1Data(TypedDict):
    content: str
    count: int

ClientExportCsvV1ErrorCode: TypeAlias = BusErrorCode
ClientExportCsvArgs: TypeAlias = ClientExportCsvV1Args
ClientExportCsvData: TypeAlias = ClientExportCsvV1Data
ClientExportCsvErrorCode: TypeAlias = ClientExportCsvV1ErrorCode

class ClientImportCsvV1Args(TypedDict):
    content: str
    keep_rows: NotRequired[str]


class ClientImportCsvV1Data(TypedDict):
    created: int
    refused: list[ClientsRefusedRow]
    total: int

ClientImportCsvV1ErrorCode: TypeAlias = BusErrorCode
ClientImportCsvArgs: TypeAlias = ClientImportCsvV1Args
ClientImportCsvData: TypeAlias = ClientImportCsvV1Data
ClientImportCsvErrorCode: TypeAlias = ClientImportCsvV1ErrorCode

class EngineAgentRow(TypedDict):
    claims: str | None
    effortId: int | None
    id: str
    label: str | None
    manages: str | None
    parent: str | None
    status: str | None
    targetedClaims: str | None


class EngineEffortRow(TypedDict):
    createdAt: str
    currentPhase: str | None
    discoveredDirectives: JsonValue
    discoveredDirectories: JsonValue
    finishedAt: str | None
    id: int
    lifecycle: str
    metadata: dict[str, JsonValue] | None
    mode: str | None
    ordinal: int
    skill: str
    taskId: str


class EngineFleetRow(TypedDict):
    agent: str
    contextUsage: float | None
    currentPhase: str | None
    heartbeatCounter: int | None
    label: str | None
    skill: str


class EngineGivenMessage(TypedDict):
    content: str
    role: str
    toolName: NotRequired[str]


class EngineMessageRow(TypedDict):
    content: str
    id: int
    role: str
    sessionId: int
    timestamp: str
    toolName: str | None


class EnginePhaseHistoryRow(TypedDict):
    createdAt: str
    effortId: int
    id: int
    phaseLabel: str
    proof: dict[str, JsonValue] | None
    reason: str | None


class EngineProjectRow(TypedDict):
    createdAt: str
    id: int
    name: str | None
    path: str


class EngineSessionRow(TypedDict):
    contextUsage: float | None
    createdAt: str
    dehydrationPayload: dict[str, JsonValue] | None
    effortId: int
    endedAt: str | None
    heartbeatCounter: int
    id: int
    lastHeartbeat: str
    loadedFiles: list[str] | None
    pid: int | None
    prevSessionId: int | None
    taskId: str


class EngineSkillRow(TypedDict):
    cmdDependencies: JsonValue
    directives: JsonValue
    id: int
    modes: JsonValue
    name: str
    nextSkills: JsonValue
    phases: JsonValue
    projectId: int
    templates: JsonValue
    updatedAt: str


class EngineTaskActivityRow(TypedDict):
    createdAt: str
    description: str | None
    dirPath: str
    effortCount: int
    keywords: str | None
    lastActivity: str | None
    projectId: int
    title: str | None
    workspace: str | None


class EngineTaskRow(TypedDict):
    createdAt: str
    description: str | None
    dirPath: str
    keywords: str | None
    projectId: int
    title: str | None
    workspace: str | None


class EngineTranscribedSessionRow(TypedDict):
    contextUsage: float | None
    createdAt: str
    dehydrationPayload: dict[str, JsonValue] | None
    effortId: int
    endedAt: str | None
    heartbeatCounter: int
    id: int
    lastHeartbeat: str
    loadedFiles: list[str] | None
    pid: int | None
    prevSessionId: int | None
    taskId: str
    transcriptOffset: int
    transcriptPath: str | None


class EngineVersionedSkillRow(TypedDict):
    cmdDependencies: JsonValue
    description: str | None
    directives: JsonValue
    id: int
    modes: JsonValue
    name: str
    nextSkills: JsonValue
    phases: JsonValue
    projectId: int
    templates: JsonValue
    updatedAt: str
    version: str | None


class DbAgentsFindByEffortV1Args(TypedDict):
    effortId: int


class DbAgentsFindByEffortV1Data(TypedDict):
    agent: EngineAgentRow | None

DbAgentsFindByEffortV1ErrorCode: TypeAlias = BusErrorCode
DbAgentsFindByEffortArgs: TypeAlias = DbAgentsFindByEffortV1Args
DbAgentsFindByEffortData: TypeAlias = DbAgentsFindByEffortV1Data
DbAgentsFindByEffortErrorCode: TypeAlias = DbAgentsFindByEffortV1ErrorCode

class DbAgentsGetV1Args(TypedDict):
    id: str


class DbAgentsGetV1Data(TypedDict):
    agent: EngineAgentRow | None

DbAgentsGetV1ErrorCode: TypeAlias = BusErrorCode
DbAgentsGetArgs: TypeAlias = DbAgentsGetV1Args
DbAgentsGetData: TypeAlias = DbAgentsGetV1Data
DbAgentsGetErrorCode: TypeAlias = DbAgentsGetV1ErrorCode
DbAgentsListV1Args: TypeAlias = "dict[str, JsonValue]"

class DbAgentsListV1Data(TypedDict):
    agents: list[EngineAgentRow]

DbAgentsListV1ErrorCode: TypeAlias = BusErrorCode
DbAgentsListArgs: TypeAlias = DbAgentsListV1Args
DbAgentsListData: TypeAlias = DbAgentsListV1Data
DbAgentsListErrorCode: TypeAlias = DbAgentsListV1ErrorCode

class DbAgentsRegisterV1Args(TypedDict):
    claims: NotRequired[str]
    effortId: NotRequired[int]
    id: str
    label: NotRequired[str]
    manages: NotRequired[str]
    parent: NotRequired[str]
    status: NotRequired[str]
    targetedClaims: NotRequired[str]


class DbAgentsRegisterV1Data(TypedDict):
    agent: EngineAgentRow

DbAgentsRegisterV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbAgentsRegisterArgs: TypeAlias = DbAgentsRegisterV1Args
DbAgentsRegisterData: TypeAlias = DbAgentsRegisterV1Data
DbAgentsRegisterErrorCode: TypeAlias = DbAgentsRegisterV1ErrorCode

class DbAgentsUpdateStatusV1Args(TypedDict):
    id: str
    status: Literal["working", "idle", "attention", "error", "done"]


class DbAgentsUpdateStatusV1Data(TypedDict):
    agent: EngineAgentRow

DbAgentsUpdateStatusV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbAgentsUpdateStatusArgs: TypeAlias = DbAgentsUpdateStatusV1Args
DbAgentsUpdateStatusData: TypeAlias = DbAgentsUpdateStatusV1Data
DbAgentsUpdateStatusErrorCode: TypeAlias = DbAgentsUpdateStatusV1ErrorCode

class DbEffortFindActiveV1Args(TypedDict):
    agentId: NotRequired[str]
    projectId: int


class DbEffortFindActiveV1Data(TypedDict):
    effort: EngineEffortRow | None
    taskDir: str | None

DbEffortFindActiveV1ErrorCode: TypeAlias = BusErrorCode
DbEffortFindActiveArgs: TypeAlias = DbEffortFindActiveV1Args
DbEffortFindActiveData: TypeAlias = DbEffortFindActiveV1Data
DbEffortFindActiveErrorCode: TypeAlias = DbEffortFindActiveV1ErrorCode

class DbEffortFinishV1Args(TypedDict):
    effortId: int
    keywords: NotRequired[str]


class DbEffortFinishV1Data(TypedDict):
    effort: EngineEffortRow

DbEffortFinishV1ErrorCode: TypeAlias = BusErrorCode | Literal["ALREADY_FINISHED", "NOT_FOUND"]
DbEffortFinishArgs: TypeAlias = DbEffortFinishV1Args
DbEffortFinishData: TypeAlias = DbEffortFinishV1Data
DbEffortFinishErrorCode: TypeAlias = DbEffortFinishV1ErrorCode

class DbEffortGetV1Args(TypedDict):
    id: int


class DbEffortGetV1Data(TypedDict):
    effort: EngineEffortRow | None

DbEffortGetV1ErrorCode: TypeAlias = BusErrorCode
DbEffortGetArgs: TypeAlias = DbEffortGetV1Args
DbEffortGetData: TypeAlias = DbEffortGetV1Data
DbEffortGetErrorCode: TypeAlias = DbEffortGetV1ErrorCode

class DbEffortGetMetadataV1Args(TypedDict):
    id: int


class DbEffortGetMetadataV1Data(TypedDict):
    metadata: dict[str, JsonValue] | None

DbEffortGetMetadataV1ErrorCode: TypeAlias = BusErrorCode
DbEffortGetMetadataArgs: TypeAlias = DbEffortGetMetadataV1Args
DbEffortGetMetadataData: TypeAlias = DbEffortGetMetadataV1Data
DbEffortGetMetadataErrorCode: TypeAlias = DbEffortGetMetadataV1ErrorCode

class DbEffortHistoryV1Args(TypedDict):
    effortId: int


class DbEffortHistoryV1Data(TypedDict):
    history: list[EnginePhaseHistoryRow]

DbEffortHistoryV1ErrorCode: TypeAlias = BusErrorCode
DbEffortHistoryArgs: TypeAlias = DbEffortHistoryV1Args
DbEffortHistoryData: TypeAlias = DbEffortHistoryV1Data
DbEffortHistoryErrorCode: TypeAlias = DbEffortHistoryV1ErrorCode

class DbEffortListV1Args(TypedDict):
    taskId: str


class DbEffortListV1Data(TypedDict):
    efforts: list[EngineEffortRow]

DbEffortListV1ErrorCode: TypeAlias = BusErrorCode
DbEffortListArgs: TypeAlias = DbEffortListV1Args
DbEffortListData: TypeAlias = DbEffortListV1Data
DbEffortListErrorCode: TypeAlias = DbEffortListV1ErrorCode

class DbEffortPhaseV1Args(TypedDict):
    effortId: int
    phase: str
    proof: NotRequired[dict[str, JsonValue]]
    reason: NotRequired[str]


class DbEffortPhaseV1Data(TypedDict):
    effort: EngineEffortRow
    session: EngineSessionRow | None

DbEffortPhaseV1ErrorCode: TypeAlias = BusErrorCode | Literal["EFFORT_FINISHED", "NOT_FOUND", "PHASE_NOT_SEQUENTIAL", "TASK_NOT_FOUND", "UNKNOWN_PHASE"]
DbEffortPhaseArgs: TypeAlias = DbEffortPhaseV1Args
DbEffortPhaseData: TypeAlias = DbEffortPhaseV1Data
DbEffortPhaseErrorCode: TypeAlias = DbEffortPhaseV1ErrorCode

class DbEffortStartV1Args(TypedDict):
    metadata: NotRequired[dict[str, JsonValue]]
    mode: NotRequired[str]
    skill: str
    taskId: str


class DbEffortStartV1Data(TypedDict):
    effort: EngineEffortRow

DbEffortStartV1ErrorCode: TypeAlias = BusErrorCode | Literal["TASK_NOT_FOUND"]
DbEffortStartArgs: TypeAlias = DbEffortStartV1Args
DbEffortStartData: TypeAlias = DbEffortStartV1Data
DbEffortStartErrorCode: TypeAlias = DbEffortStartV1ErrorCode

class DbEffortUpdateMetadataV1Args(TypedDict):
    id: int
    remove: NotRequired[list[str]]
    set: NotRequired[dict[str, JsonValue]]


class DbEffortUpdateMetadataV1Data(TypedDict):
    metadata: dict[str, JsonValue] | None

DbEffortUpdateMetadataV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbEffortUpdateMetadataArgs: TypeAlias = DbEffortUpdateMetadataV1Args
DbEffortUpdateMetadataData: TypeAlias = DbEffortUpdateMetadataV1Data
DbEffortUpdateMetadataErrorCode: TypeAlias = DbEffortUpdateMetadataV1ErrorCode
DbFleetStatusV1Args: TypeAlias = "dict[str, JsonValue]"

class DbFleetStatusV1Data(TypedDict):
    fleet: list[EngineFleetRow]

DbFleetStatusV1ErrorCode: TypeAlias = BusErrorCode
DbFleetStatusArgs: TypeAlias = DbFleetStatusV1Args
DbFleetStatusData: TypeAlias = DbFleetStatusV1Data
DbFleetStatusErrorCode: TypeAlias = DbFleetStatusV1ErrorCode

class DbMessagesAppendV1Args(TypedDict):
    content: str
    role: str
    sessionId: int
    toolName: NotRequired[str]


class DbMessagesAppendV1Data(TypedDict):
    message: EngineMessageRow

DbMessagesAppendV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbMessagesAppendArgs: TypeAlias = DbMessagesAppendV1Args
DbMessagesAppendData: TypeAlias = DbMessagesAppendV1Data
DbMessagesAppendErrorCode: TypeAlias = DbMessagesAppendV1ErrorCode

class DbMessagesListV1Args(TypedDict):
    limit: NotRequired[int]
    sessionId: int


class DbMessagesListV1Data(TypedDict):
    messages: list[EngineMessageRow]

DbMessagesListV1ErrorCode: TypeAlias = BusErrorCode
DbMessagesListArgs: TypeAlias = DbMessagesListV1Args
DbMessagesListData: TypeAlias = DbMessagesListV1Data
DbMessagesListErrorCode: TypeAlias = DbMessagesListV1ErrorCode

class DbMessagesUpsertV1Args(TypedDict):
    messages: list[EngineGivenMessage]
    sessionId: int


class DbMessagesUpsertV1Data(TypedDict):
    inserted: int

DbMessagesUpsertV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbMessagesUpsertArgs: TypeAlias = DbMessagesUpsertV1Args
DbMessagesUpsertData: TypeAlias = DbMessagesUpsertV1Data
DbMessagesUpsertErrorCode: TypeAlias = DbMessagesUpsertV1ErrorCode

class DbProjectFindV1Args(TypedDict):
    path: str


class DbProjectFindV1Data(TypedDict):
    project: EngineProjectRow | None

DbProjectFindV1ErrorCode: TypeAlias = BusErrorCode
DbProjectFindArgs: TypeAlias = DbProjectFindV1Args
DbProjectFindData: TypeAlias = DbProjectFindV1Data
DbProjectFindErrorCode: TypeAlias = DbProjectFindV1ErrorCode

class DbProjectUpsertV1Args(TypedDict):
    name: NotRequired[str]
    path: str


class DbProjectUpsertV1Data(TypedDict):
    project: EngineProjectRow

DbProjectUpsertV1ErrorCode: TypeAlias = BusErrorCode
DbProjectUpsertArgs: TypeAlias = DbProjectUpsertV1Args
DbProjectUpsertData: TypeAlias = DbProjectUpsertV1Data
DbProjectUpsertErrorCode: TypeAlias = DbProjectUpsertV1ErrorCode

class DbSessionFindV1Args(TypedDict):
    effortId: int


class DbSessionFindV1Data(TypedDict):
    session: EngineSessionRow | None

DbSessionFindV1ErrorCode: TypeAlias = BusErrorCode
DbSessionFindArgs: TypeAlias = DbSessionFindV1Args
DbSessionFindData: TypeAlias = DbSessionFindV1Data
DbSessionFindErrorCode: TypeAlias = DbSessionFindV1ErrorCode

class DbSessionFinishV1Args(TypedDict):
    dehydrationPayload: NotRequired[dict[str, JsonValue]]
    sessionId: int


class DbSessionFinishV1Data(TypedDict):
    session: EngineSessionRow

DbSessionFinishV1ErrorCode: TypeAlias = BusErrorCode | Literal["ALREADY_ENDED", "NOT_FOUND"]
DbSessionFinishArgs: TypeAlias = DbSessionFinishV1Args
DbSessionFinishData: TypeAlias = DbSessionFinishV1Data
DbSessionFinishErrorCode: TypeAlias = DbSessionFinishV1ErrorCode

class DbSessionGetV1Args(TypedDict):
    id: int


class DbSessionGetV1Data(TypedDict):
    session: EngineTranscribedSessionRow | None

DbSessionGetV1ErrorCode: TypeAlias = BusErrorCode
DbSessionGetArgs: TypeAlias = DbSessionGetV1Args
DbSessionGetData: TypeAlias = DbSessionGetV1Data
DbSessionGetErrorCode: TypeAlias = DbSessionGetV1ErrorCode

class DbSessionHeartbeatV1Args(TypedDict):
    sessionId: int


class DbSessionHeartbeatV1Data(TypedDict):
    session: EngineSessionRow

DbSessionHeartbeatV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]

class DbSessionHeartbeatV2Args(TypedDict):
    action: NotRequired[Literal["increment", "reset"]]
    sessionId: int


class DbSessionHeartbeatV2Data(TypedDict):
    session: EngineSessionRow

DbSessionHeartbeatV2ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbSessionHeartbeatArgs: TypeAlias = DbSessionHeartbeatV2Args
DbSessionHeartbeatData: TypeAlias = DbSessionHeartbeatV2Data
DbSessionHeartbeatErrorCode: TypeAlias = DbSessionHeartbeatV2ErrorCode

class DbSessionListStaleV1Args(TypedDict):
    olderThanSeconds: NotRequired[int]


class DbSessionListStaleV1Data(TypedDict):
    sessions: list[EngineSessionRow]

DbSessionListStaleV1ErrorCode: TypeAlias = BusErrorCode
DbSessionListStaleArgs: TypeAlias = DbSessionListStaleV1Args
DbSessionListStaleData: TypeAlias = DbSessionListStaleV1Data
DbSessionListStaleErrorCode: TypeAlias = DbSessionListStaleV1ErrorCode

class DbSessionSetTranscriptV1Args(TypedDict):
    sessionId: int
    transcriptOffset: NotRequired[int]
    transcriptPath: NotRequired[str]


class DbSessionSetTranscriptV1Data(TypedDict):
    updated: bool

DbSessionSetTranscriptV1ErrorCode: TypeAlias = BusErrorCode
DbSessionSetTranscriptArgs: TypeAlias = DbSessionSetTranscriptV1Args
DbSessionSetTranscriptData: TypeAlias = DbSessionSetTranscriptV1Data
DbSessionSetTranscriptErrorCode: TypeAlias = DbSessionSetTranscriptV1ErrorCode

class DbSessionStartV1Args(TypedDict):
    effortId: int
    pid: NotRequired[int]
    prevSessionId: NotRequired[int]
    taskId: str


class DbSessionStartV1Data(TypedDict):
    session: EngineSessionRow

DbSessionStartV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "TASK_NOT_FOUND"]
DbSessionStartArgs: TypeAlias = DbSessionStartV1Args
DbSessionStartData: TypeAlias = DbSessionStartV1Data
DbSessionStartErrorCode: TypeAlias = DbSessionStartV1ErrorCode

class DbSessionUpdateContextUsageV1Args(TypedDict):
    sessionId: int
    usage: float


class DbSessionUpdateContextUsageV1Data(TypedDict):
    session: EngineSessionRow

DbSessionUpdateContextUsageV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbSessionUpdateContextUsageArgs: TypeAlias = DbSessionUpdateContextUsageV1Args
DbSessionUpdateContextUsageData: TypeAlias = DbSessionUpdateContextUsageV1Data
DbSessionUpdateContextUsageErrorCode: TypeAlias = DbSessionUpdateContextUsageV1ErrorCode

class DbSessionUpdateLoadedFilesV1Args(TypedDict):
    files: list[str]
    sessionId: int


class DbSessionUpdateLoadedFilesV1Data(TypedDict):
    session: EngineSessionRow

DbSessionUpdateLoadedFilesV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbSessionUpdateLoadedFilesArgs: TypeAlias = DbSessionUpdateLoadedFilesV1Args
DbSessionUpdateLoadedFilesData: TypeAlias = DbSessionUpdateLoadedFilesV1Data
DbSessionUpdateLoadedFilesErrorCode: TypeAlias = DbSessionUpdateLoadedFilesV1ErrorCode

class DbSkillsDeleteV1Args(TypedDict):
    name: str
    projectId: int


class DbSkillsDeleteV1Data(TypedDict):
    deleted: bool

DbSkillsDeleteV1ErrorCode: TypeAlias = BusErrorCode
DbSkillsDeleteArgs: TypeAlias = DbSkillsDeleteV1Args
DbSkillsDeleteData: TypeAlias = DbSkillsDeleteV1Data
DbSkillsDeleteErrorCode: TypeAlias = DbSkillsDeleteV1ErrorCode

class DbSkillsFindV1Args(TypedDict):
    projectId: int
    query: str


class DbSkillsFindV1Data(TypedDict):
    skills: list[EngineSkillRow]

DbSkillsFindV1ErrorCode: TypeAlias = BusErrorCode
DbSkillsFindArgs: TypeAlias = DbSkillsFindV1Args
DbSkillsFindData: TypeAlias = DbSkillsFindV1Data
DbSkillsFindErrorCode: TypeAlias = DbSkillsFindV1ErrorCode

class DbSkillsGetV1Args(TypedDict):
    name: str
    projectId: int


class DbSkillsGetV1Data(TypedDict):
    skill: EngineSkillRow | None

DbSkillsGetV1ErrorCode: TypeAlias = BusErrorCode
DbSkillsGetArgs: TypeAlias = DbSkillsGetV1Args
DbSkillsGetData: TypeAlias = DbSkillsGetV1Data
DbSkillsGetErrorCode: TypeAlias = DbSkillsGetV1ErrorCode

class DbSkillsListV1Args(TypedDict):
    projectId: int


class DbSkillsListV1Data(TypedDict):
    skills: list[EngineSkillRow]

DbSkillsListV1ErrorCode: TypeAlias = BusErrorCode
DbSkillsListArgs: TypeAlias = DbSkillsListV1Args
DbSkillsListData: TypeAlias = DbSkillsListV1Data
DbSkillsListErrorCode: TypeAlias = DbSkillsListV1ErrorCode

class DbSkillsUpsertV1Args(TypedDict):
    cmdDependencies: NotRequired[JsonValue]
    directives: NotRequired[JsonValue]
    modes: NotRequired[JsonValue]
    name: str
    nextSkills: NotRequired[JsonValue]
    phases: NotRequired[list[dict[str, JsonValue]] | None]
    projectId: int
    templates: NotRequired[JsonValue]


class DbSkillsUpsertV1Data(TypedDict):
    skill: EngineSkillRow

DbSkillsUpsertV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]

class DbSkillsUpsertV2Args(TypedDict):
    cmdDependencies: NotRequired[JsonValue]
    description: NotRequired[str]
    directives: NotRequired[JsonValue]
    modes: NotRequired[JsonValue]
    name: str
    nextSkills: NotRequired[JsonValue]
    phases: NotRequired[list[dict[str, JsonValue]] | None]
    projectId: int
    templates: NotRequired[JsonValue]
    version: NotRequired[str]


class DbSkillsUpsertV2Data(TypedDict):
    skill: EngineVersionedSkillRow

DbSkillsUpsertV2ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbSkillsUpsertArgs: TypeAlias = DbSkillsUpsertV2Args
DbSkillsUpsertData: TypeAlias = DbSkillsUpsertV2Data
DbSkillsUpsertErrorCode: TypeAlias = DbSkillsUpsertV2ErrorCode

class DbTaskFindV1Args(TypedDict):
    dirPath: str


class DbTaskFindV1Data(TypedDict):
    task: EngineTaskActivityRow | None

DbTaskFindV1ErrorCode: TypeAlias = BusErrorCode
DbTaskFindArgs: TypeAlias = DbTaskFindV1Args
DbTaskFindData: TypeAlias = DbTaskFindV1Data
DbTaskFindErrorCode: TypeAlias = DbTaskFindV1ErrorCode

class DbTaskListV1Args(TypedDict):
    limit: NotRequired[int]
    projectId: NotRequired[int]


class DbTaskListV1Data(TypedDict):
    tasks: list[EngineTaskActivityRow]

DbTaskListV1ErrorCode: TypeAlias = BusErrorCode
DbTaskListArgs: TypeAlias = DbTaskListV1Args
DbTaskListData: TypeAlias = DbTaskListV1Data
DbTaskListErrorCode: TypeAlias = DbTaskListV1ErrorCode

class DbTaskUpsertV1Args(TypedDict):
    description: NotRequired[str]
    dirPath: str
    projectId: int
    title: NotRequired[str]
    workspace: NotRequired[str]


class DbTaskUpsertV1Data(TypedDict):
    task: EngineTaskRow

DbTaskUpsertV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]

class DbTaskUpsertV2Args(TypedDict):
    description: NotRequired[str]
    dirPath: str
    keywords: NotRequired[str]
    projectId: int
    title: NotRequired[str]
    workspace: NotRequired[str]


class DbTaskUpsertV2Data(TypedDict):
    task: EngineTaskRow

DbTaskUpsertV2ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
DbTaskUpsertArgs: TypeAlias = DbTaskUpsertV2Args
DbTaskUpsertData: TypeAlias = DbTaskUpsertV2Data
DbTaskUpsertErrorCode: TypeAlias = DbTaskUpsertV2ErrorCode

class IdentityDeviceInfo(TypedDict):
    browser: NotRequired[str | None]
    device_name: NotRequired[str | None]
    device_type: Literal["desktop", "mobile", "tablet"]
    os: str


class IdentityListedSession(TypedDict):
    created_at: str
    device_info: IdentityDeviceInfo | None
    email: str
    expires_at: str
    id: str
    ip_address: str | None
    is_current: bool
    last_activity: str
    location: str | None
    refresh_expires_at: str
    role: Literal["admin", "supervisor", "technician", "viewer"]
    session_timeout_minutes: int
    two_factor_verified: bool
    user_agent: str | None
    user_id: str
    username: str


class IdentitySecurityAlert(TypedDict):
    acknowledged: bool
    acknowledged_at: str | None
    acknowledged_by: str | None
    actions_taken: list[str]
    description: str
    event_id: str
    id: str
    resolved: bool
    resolved_at: str | None
    severity: Literal["low", "medium", "high", "critical"]
    timestamp: str
    title: str


class IdentitySecurityEvent(TypedDict):
    correlation_id: str
    details: dict[str, JsonValue]
    event_type: str
    id: str
    ip_address: str | None
    mitigated: bool
    session_id: str | None
    severity: Literal["low", "medium", "high", "critical"]
    source: str
    target_user_id: str | None
    timestamp: str
    user_agent: str | None
    user_id: str | None


class IdentityServiceAccount(TypedDict):
    created_at: str
    created_by: str
    expires_at: str | None
    id: str
    key_hint: str
    last_used_at: str | None
    name: str
    revoked_at: str | None
    role: str
    scope: list[str]


class IdentityUser(TypedDict):
    created_at: str
    email: str
    first_name: str
    full_name: str
    id: str
    is_active: bool
    last_login_at: str | None
    last_name: str
    login_count: int
    phone: str | None
    role: Literal["admin", "supervisor", "technician", "viewer"]
    two_factor_enabled: bool
    updated_at: str
    username: str


class AcknowledgeSecurityAlertV1Args(TypedDict):
    alert_id: str


class AcknowledgeSecurityAlertV1Data(TypedDict):
    acknowledged: bool
    acknowledged_at: str | None
    acknowledged_by: str | None
    actions_taken: list[str]
    description: str
    event_id: str
    id: str
    resolved: bool
    resolved_at: str | None
    severity: Literal["low", "medium", "high", "critical"]
    timestamp: str
    title: str

AcknowledgeSecurityAlertV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
AcknowledgeSecurityAlertArgs: TypeAlias = AcknowledgeSecurityAlertV1Args
AcknowledgeSecurityAlertData: TypeAlias = AcknowledgeSecurityAlertV1Data
AcknowledgeSecurityAlertErrorCode: TypeAlias = AcknowledgeSecurityAlertV1ErrorCode

class AuthCreateAccountV1Args(TypedDict):
    email: str
    first_name: str
    last_name: str
    password: str
    role: NotRequired[Literal["admin", "supervisor", "technician", "viewer"] | None]
    username: NotRequired[str | None]


class AuthCreateAccountV1Data(TypedDict):
    created_at: str
    device_info: IdentityDeviceInfo | None
    email: str
    expires_at: str
    id: str
    ip_address: str | None
    last_activity: str
    location: str | None
    refresh_expires_at: str
    refresh_token: str
    role: Literal["admin", "supervisor", "technician", "viewer"]
    session_timeout_minutes: int
    token: str
    two_factor_verified: bool
    user_agent: str | None
    user_id: str
    username: str

AuthCreateAccountV1ErrorCode: TypeAlias = BusErrorCode | Literal["EMAIL_TAKEN", "SIGNUP_CLOSED", "USERNAME_TAKEN"]
AuthCreateAccountArgs: TypeAlias = AuthCreateAccountV1Args
AuthCreateAccountData: TypeAlias = AuthCreateAccountV1Data
AuthCreateAccountErrorCode: TypeAlias = AuthCreateAccountV1ErrorCode

class AuthLoginV1Args(TypedDict):
    code: NotRequired[str | None]
    device_info: NotRequired[IdentityDeviceInfo | None]
    email: str
    password: str


class AuthLoginV1Data(TypedDict):
    created_at: str
    device_info: IdentityDeviceInfo | None
    email: str
    expires_at: str
    id: str
    ip_address: str | None
    last_activity: str
    location: str | None
    refresh_expires_at: str
    refresh_token: str
    role: Literal["admin", "supervisor", "technician", "viewer"]
    session_timeout_minutes: int
    token: str
    two_factor_verified: bool
    user_agent: str | None
    user_id: str
    username: str

AuthLoginV1ErrorCode: TypeAlias = BusErrorCode | Literal["AUTH_INVALID", "AUTH_LOCKED", "TWO_FACTOR_INVALID", "TWO_FACTOR_REQUIRED"]
AuthLoginArgs: TypeAlias = AuthLoginV1Args
AuthLoginData: TypeAlias = AuthLoginV1Data
AuthLoginErrorCode: TypeAlias = AuthLoginV1ErrorCode

class AuthLogoutV1Args(TypedDict):
    pass


class AuthLogoutV1Data(TypedDict):
    logged_out: bool
    message: str

AuthLogoutV1ErrorCode: TypeAlias = BusErrorCode | Literal["UNAUTHENTICATED"]
AuthLogoutArgs: TypeAlias = AuthLogoutV1Args
AuthLogoutData: TypeAlias = AuthLogoutV1Data
AuthLogoutErrorCode: TypeAlias = AuthLogoutV1ErrorCode

class AuthRefreshTokenV1Args(TypedDict):
    refresh_token: str


class AuthRefreshTokenV1Data(TypedDict):
    created_at: str
    device_info: IdentityDeviceInfo | None
    email: str
    expires_at: str
    id: str
    ip_address: str | None
    last_activity: str
    location: str | None
    refresh_expires_at: str
    refresh_token: str
    role: Literal["admin", "supervisor", "technician", "viewer"]
    session_timeout_minutes: int
    token: str
    two_factor_verified: bool
    user_agent: str | None
    user_id: str
    username: str

AuthRefreshTokenV1ErrorCode: TypeAlias = BusErrorCode | Literal["AUTH_INVALID"]
AuthRefreshTokenArgs: TypeAlias = AuthRefreshTokenV1Args
AuthRefreshTokenData: TypeAlias = AuthRefreshTokenV1Data
AuthRefreshTokenErrorCode: TypeAlias = AuthRefreshTokenV1ErrorCode

class AuthValidateSessionV1Args(TypedDict):
    pass


class AuthValidateSessionV1Data(TypedDict):
    created_at: str
    device_info: IdentityDeviceInfo | None
    email: str
    expires_at: str
    id: str
    ip_address: str | None
    last_activity: str
    location: str | None
    refresh_expires_at: str
    role: Literal["admin", "supervisor", "technician", "viewer"]
    session_timeout_minutes: int
    two_factor_verified: bool
    user_agent: str | None
    user_id: str
    username: str

AuthValidateSessionV1ErrorCode: TypeAlias = BusErrorCode | Literal["UNAUTHENTICATED"]
AuthValidateSessionArgs: TypeAlias = AuthValidateSessionV1Args
AuthValidateSessionData: TypeAlias = AuthValidateSessionV1Data
AuthValidateSessionErrorCode: TypeAlias = AuthValidateSessionV1ErrorCode

class BanUserV1Args(TypedDict):
    user_id: str


class BanUserV1Data(TypedDict):
    is_active: bool
    revoked_sessions: int
    user_id: str

BanUserV1ErrorCode: TypeAlias = BusErrorCode | Literal["LAST_ADMIN", "NOT_FOUND", "SELF_ACTION_FORBIDDEN", "USER_ALREADY_BANNED"]
BanUserArgs: TypeAlias = BanUserV1Args
BanUserData: TypeAlias = BanUserV1Data
BanUserErrorCode: TypeAlias = BanUserV1ErrorCode

class BootstrapFirstAdminV1Args(TypedDict):
    user_id: str


class BootstrapFirstAdminV1Data(TypedDict):
    message: str
    role: Literal["admin"]
    user_id: str

BootstrapFirstAdminV1ErrorCode: TypeAlias = BusErrorCode | Literal["ADMIN_EXISTS"]
BootstrapFirstAdminArgs: TypeAlias = BootstrapFirstAdminV1Args
BootstrapFirstAdminData: TypeAlias = BootstrapFirstAdminV1Data
BootstrapFirstAdminErrorCode: TypeAlias = BootstrapFirstAdminV1ErrorCode

class ChangeUserPasswordV1Args(TypedDict):
    current_password: str
    new_password: str


class ChangeUserPasswordV1Data(TypedDict):
    changed: bool
    revoked_sessions: int

ChangeUserPasswordV1ErrorCode: TypeAlias = BusErrorCode | Literal["AUTH_INVALID", "AUTH_LOCKED", "UNAUTHENTICATED"]
ChangeUserPasswordArgs: TypeAlias = ChangeUserPasswordV1Args
ChangeUserPasswordData: TypeAlias = ChangeUserPasswordV1Data
ChangeUserPasswordErrorCode: TypeAlias = ChangeUserPasswordV1ErrorCode

class ChangeUserRoleV1Args(TypedDict):
    new_role: Literal["admin", "supervisor", "technician", "viewer"]
    user_id: str


class ChangeUserRoleV1Data(TypedDict):
    new_role: str
    old_role: str
    revoked_sessions: int
    user_id: str

ChangeUserRoleV1ErrorCode: TypeAlias = BusErrorCode | Literal["LAST_ADMIN", "NOT_FOUND", "SELF_ACTION_FORBIDDEN"]
ChangeUserRoleArgs: TypeAlias = ChangeUserRoleV1Args
ChangeUserRoleData: TypeAlias = ChangeUserRoleV1Data
ChangeUserRoleErrorCode: TypeAlias = ChangeUserRoleV1ErrorCode

class CreateUserV1Args(TypedDict):
    email: str
    first_name: str
    last_name: str
    password: str
    phone: NotRequired[str | None]
    role: Literal["admin", "supervisor", "technician", "viewer"]
    username: NotRequired[str | None]


class CreateUserV1Data(TypedDict):
    created_at: str
    email: str
    first_name: str
    full_name: str
    id: str
    is_active: bool
    last_login_at: str | None
    last_name: str
    login_count: int
    phone: str | None
    role: Literal["admin", "supervisor", "technician", "viewer"]
    two_factor_enabled: bool
    updated_at: str
    username: str

CreateUserV1ErrorCode: TypeAlias = BusErrorCode | Literal["EMAIL_TAKEN", "USERNAME_TAKEN"]
CreateUserArgs: TypeAlias = CreateUserV1Args
CreateUserData: TypeAlias = CreateUserV1Data
CreateUserErrorCode: TypeAlias = CreateUserV1ErrorCode

class DeleteUserV1Args(TypedDict):
    user_id: str


class DeleteUserV1Data(TypedDict):
    deleted: bool
    revoked_sessions: int
    user_id: str

DeleteUserV1ErrorCode: TypeAlias = BusErrorCode | Literal["LAST_ADMIN", "NOT_FOUND", "SELF_ACTION_FORBIDDEN"]
DeleteUserArgs: TypeAlias = DeleteUserV1Args
DeleteUserData: TypeAlias = DeleteUserV1Data
DeleteUserErrorCode: TypeAlias = DeleteUserV1ErrorCode

class Disable2faV1Args(TypedDict):
    password: str


class Disable2faV1Data(TypedDict):
    enabled: bool
    message: str

Disable2faV1ErrorCode: TypeAlias = BusErrorCode | Literal["AUTH_INVALID", "AUTH_LOCKED", "TWO_FACTOR_NOT_ENABLED", "UNAUTHENTICATED"]
Disable2faArgs: TypeAlias = Disable2faV1Args
Disable2faData: TypeAlias = Disable2faV1Data
Disable2faErrorCode: TypeAlias = Disable2faV1ErrorCode

class Enable2faV1Args(TypedDict):
    pass


class Enable2faV1Data(TypedDict):
    backup_codes: list[str]
    qr_code_svg: str
    qr_code_url: str
    secret: str

Enable2faV1ErrorCode: TypeAlias = BusErrorCode | Literal["TWO_FACTOR_ALREADY_ENABLED", "UNAUTHENTICATED"]
Enable2faArgs: TypeAlias = Enable2faV1Args
Enable2faData: TypeAlias = Enable2faV1Data
Enable2faErrorCode: TypeAlias = Enable2faV1ErrorCode

class GetActiveSessionsV1Args(TypedDict):
    user_id: NotRequired[str | None]


class GetActiveSessionsV1Data(TypedDict):
    items: list[IdentityListedSession]
    total_count: int

GetActiveSessionsV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
GetActiveSessionsArgs: TypeAlias = GetActiveSessionsV1Args
GetActiveSessionsData: TypeAlias = GetActiveSessionsV1Data
GetActiveSessionsErrorCode: TypeAlias = GetActiveSessionsV1ErrorCode

class GetSecurityAlertsV1Args(TypedDict):
    pass


class GetSecurityAlertsV1Data(TypedDict):
    items: list[IdentitySecurityAlert]
    total_count: int

GetSecurityAlertsV1ErrorCode: TypeAlias = BusErrorCode
GetSecurityAlertsArgs: TypeAlias = GetSecurityAlertsV1Args
GetSecurityAlertsData: TypeAlias = GetSecurityAlertsV1Data
GetSecurityAlertsErrorCode: TypeAlias = GetSecurityAlertsV1ErrorCode

class GetSecurityEventsV1Args(TypedDict):
    event_correlation_id: NotRequired[str | None]
    event_type: NotRequired[str | None]
    limit: NotRequired[int | None]
    offset: NotRequired[int | None]
    severity: NotRequired[str | None]
    user_id: NotRequired[str | None]


class GetSecurityEventsV1Data(TypedDict):
    items: list[IdentitySecurityEvent]
    total_count: int

GetSecurityEventsV1ErrorCode: TypeAlias = BusErrorCode
GetSecurityEventsArgs: TypeAlias = GetSecurityEventsV1Args
GetSecurityEventsData: TypeAlias = GetSecurityEventsV1Data
GetSecurityEventsErrorCode: TypeAlias = GetSecurityEventsV1ErrorCode

class GetSecurityMetricsV1Args(TypedDict):
    pass


class GetSecurityMetricsV1Data(TypedDict):
    active_brute_force_attempts: int
    blocked_ips: int
    critical_alerts_today: int
    failed_auth_attempts_last_hour: int
    suspicious_activities_detected: int
    total_events_today: int

GetSecurityMetricsV1ErrorCode: TypeAlias = BusErrorCode
GetSecurityMetricsArgs: TypeAlias = GetSecurityMetricsV1Args
GetSecurityMetricsData: TypeAlias = GetSecurityMetricsV1Data
GetSecurityMetricsErrorCode: TypeAlias = GetSecurityMetricsV1ErrorCode

class GetSessionTimeoutConfigV1Args(TypedDict):
    pass


class GetSessionTimeoutConfigV1Data(TypedDict):
    default_timeout_minutes: int
    enforce_timeout: bool
    max_timeout_minutes: int

GetSessionTimeoutConfigV1ErrorCode: TypeAlias = BusErrorCode
GetSessionTimeoutConfigArgs: TypeAlias = GetSessionTimeoutConfigV1Args
GetSessionTimeoutConfigData: TypeAlias = GetSessionTimeoutConfigV1Data
GetSessionTimeoutConfigErrorCode: TypeAlias = GetSessionTimeoutConfigV1ErrorCode

class GetUserV1Args(TypedDict):
    user_id: str


class GetUserV1Data(TypedDict):
    created_at: str
    email: str
    first_name: str
    full_name: str
    id: str
    is_active: bool
    last_login_at: str | None
    last_name: str
    login_count: int
    phone: str | None
    role: Literal["admin", "supervisor", "technician", "viewer"]
    two_factor_enabled: bool
    updated_at: str
    username: str

GetUserV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
GetUserArgs: TypeAlias = GetUserV1Args
GetUserData: TypeAlias = GetUserV1Data
GetUserErrorCode: TypeAlias = GetUserV1ErrorCode

class GetUsersV1Args(TypedDict):
    is_active: NotRequired[bool | None]
    page: NotRequired[int | None]
    page_size: NotRequired[int | None]
    role: NotRequired[Literal["admin", "supervisor", "technician", "viewer"] | None]
    search: NotRequired[str | None]


class GetUsersV1Data(TypedDict):
    items: list[IdentityUser]
    page: int
    page_size: int
    total_count: int

GetUsersV1ErrorCode: TypeAlias = BusErrorCode
GetUsersArgs: TypeAlias = GetUsersV1Args
GetUsersData: TypeAlias = GetUsersV1Data
GetUsersErrorCode: TypeAlias = GetUsersV1ErrorCode

class HasAdminsV1Args(TypedDict):
    pass


class HasAdminsV1Data(TypedDict):
    has_admins: bool

HasAdminsV1ErrorCode: TypeAlias = BusErrorCode
HasAdminsArgs: TypeAlias = HasAdminsV1Args
HasAdminsData: TypeAlias = HasAdminsV1Data
HasAdminsErrorCode: TypeAlias = HasAdminsV1ErrorCode

class Is2faEnabledV1Args(TypedDict):
    pass


class Is2faEnabledV1Data(TypedDict):
    backup_codes_remaining: int
    enabled: bool
    pending: bool

Is2faEnabledV1ErrorCode: TypeAlias = BusErrorCode
Is2faEnabledArgs: TypeAlias = Is2faEnabledV1Args
Is2faEnabledData: TypeAlias = Is2faEnabledV1Data
Is2faEnabledErrorCode: TypeAlias = Is2faEnabledV1ErrorCode

class RegenerateBackupCodesV1Args(TypedDict):
    password: str


class RegenerateBackupCodesV1Data(TypedDict):
    backup_codes: list[str]

RegenerateBackupCodesV1ErrorCode: TypeAlias = BusErrorCode | Literal["AUTH_INVALID", "AUTH_LOCKED", "TWO_FACTOR_NOT_ENABLED", "UNAUTHENTICATED"]
RegenerateBackupCodesArgs: TypeAlias = RegenerateBackupCodesV1Args
RegenerateBackupCodesData: TypeAlias = RegenerateBackupCodesV1Data
RegenerateBackupCodesErrorCode: TypeAlias = RegenerateBackupCodesV1ErrorCode

class ResetUserPasswordV1Args(TypedDict):
    new_password: str
    user_id: str


class ResetUserPasswordV1Data(TypedDict):
    changed: bool
    revoked_sessions: int

ResetUserPasswordV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "SELF_ACTION_FORBIDDEN"]
ResetUserPasswordArgs: TypeAlias = ResetUserPasswordV1Args
ResetUserPasswordData: TypeAlias = ResetUserPasswordV1Data
ResetUserPasswordErrorCode: TypeAlias = ResetUserPasswordV1ErrorCode

class ResolveSecurityAlertV1Args(TypedDict):
    actions_taken: list[str]
    alert_id: str


class ResolveSecurityAlertV1Data(TypedDict):
    acknowledged: bool
    acknowledged_at: str | None
    acknowledged_by: str | None
    actions_taken: list[str]
    description: str
    event_id: str
    id: str
    resolved: bool
    resolved_at: str | None
    severity: Literal["low", "medium", "high", "critical"]
    timestamp: str
    title: str

ResolveSecurityAlertV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
ResolveSecurityAlertArgs: TypeAlias = ResolveSecurityAlertV1Args
ResolveSecurityAlertData: TypeAlias = ResolveSecurityAlertV1Data
ResolveSecurityAlertErrorCode: TypeAlias = ResolveSecurityAlertV1ErrorCode

class RevokeAllSessionsExceptCurrentV1Args(TypedDict):
    pass


class RevokeAllSessionsExceptCurrentV1Data(TypedDict):
    revoked_count: int

RevokeAllSessionsExceptCurrentV1ErrorCode: TypeAlias = BusErrorCode | Literal["UNAUTHENTICATED"]
RevokeAllSessionsExceptCurrentArgs: TypeAlias = RevokeAllSessionsExceptCurrentV1Args
RevokeAllSessionsExceptCurrentData: TypeAlias = RevokeAllSessionsExceptCurrentV1Data
RevokeAllSessionsExceptCurrentErrorCode: TypeAlias = RevokeAllSessionsExceptCurrentV1ErrorCode

class RevokeSessionV1Args(TypedDict):
    session_id: str


class RevokeSessionV1Data(TypedDict):
    revoked: bool
    session_id: str

RevokeSessionV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
RevokeSessionArgs: TypeAlias = RevokeSessionV1Args
RevokeSessionData: TypeAlias = RevokeSessionV1Data
RevokeSessionErrorCode: TypeAlias = RevokeSessionV1ErrorCode

class ServiceAccountCreateV1Args(TypedDict):
    expires_in_days: NotRequired[int | None]
    name: str
    role: Literal["admin", "supervisor", "technician", "viewer"]
    scope: list[str]


class ServiceAccountCreateV1Data(TypedDict):
    account: IdentityServiceAccount
    key: str

ServiceAccountCreateV1ErrorCode: TypeAlias = BusErrorCode | Literal["SERVICE_ACCOUNT_NAME_TAKEN"]
ServiceAccountCreateArgs: TypeAlias = ServiceAccountCreateV1Args
ServiceAccountCreateData: TypeAlias = ServiceAccountCreateV1Data
ServiceAccountCreateErrorCode: TypeAlias = ServiceAccountCreateV1ErrorCode

class ServiceAccountListV1Args(TypedDict):
    pass


class ServiceAccountListV1Data(TypedDict):
    items: list[IdentityServiceAccount]
    total_count: int

ServiceAccountListV1ErrorCode: TypeAlias = BusErrorCode
ServiceAccountListArgs: TypeAlias = ServiceAccountListV1Args
ServiceAccountListData: TypeAlias = ServiceAccountListV1Data
ServiceAccountListErrorCode: TypeAlias = ServiceAccountListV1ErrorCode

class ServiceAccountRevokeV1Args(TypedDict):
    account_id: str


class ServiceAccountRevokeV1Data(TypedDict):
    created_at: str
    created_by: str
    expires_at: str | None
    id: str
    key_hint: str
    last_used_at: str | None
    name: str
    revoked_at: str | None
    role: str
    scope: list[str]

ServiceAccountRevokeV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
ServiceAccountRevokeArgs: TypeAlias = ServiceAccountRevokeV1Args
ServiceAccountRevokeData: TypeAlias = ServiceAccountRevokeV1Data
ServiceAccountRevokeErrorCode: TypeAlias = ServiceAccountRevokeV1ErrorCode

class ServiceAccountRotateV1Args(TypedDict):
    account_id: str
    grace_minutes: NotRequired[int]


class ServiceAccountRotateV1Data(TypedDict):
    account: IdentityServiceAccount
    key: str

ServiceAccountRotateV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
ServiceAccountRotateArgs: TypeAlias = ServiceAccountRotateV1Args
ServiceAccountRotateData: TypeAlias = ServiceAccountRotateV1Data
ServiceAccountRotateErrorCode: TypeAlias = ServiceAccountRotateV1ErrorCode

class UnbanUserV1Args(TypedDict):
    user_id: str


class UnbanUserV1Data(TypedDict):
    is_active: bool
    revoked_sessions: int
    user_id: str

UnbanUserV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "USER_NOT_BANNED"]
UnbanUserArgs: TypeAlias = UnbanUserV1Args
UnbanUserData: TypeAlias = UnbanUserV1Data
UnbanUserErrorCode: TypeAlias = UnbanUserV1ErrorCode

class UpdateSessionTimeoutV1Args(TypedDict):
    timeout_minutes: int


class UpdateSessionTimeoutV1Data(TypedDict):
    timeout_minutes: int

UpdateSessionTimeoutV1ErrorCode: TypeAlias = BusErrorCode
UpdateSessionTimeoutArgs: TypeAlias = UpdateSessionTimeoutV1Args
UpdateSessionTimeoutData: TypeAlias = UpdateSessionTimeoutV1Data
UpdateSessionTimeoutErrorCode: TypeAlias = UpdateSessionTimeoutV1ErrorCode

class UpdateUserV1Args(TypedDict):
    current_password: NotRequired[str | None]
    email: NotRequired[str | None]
    first_name: NotRequired[str | None]
    last_name: NotRequired[str | None]
    phone: NotRequired[str | None]
    user_id: str


class UpdateUserV1Data(TypedDict):
    created_at: str
    email: str
    first_name: str
    full_name: str
    id: str
    is_active: bool
    last_login_at: str | None
    last_name: str
    login_count: int
    phone: str | None
    role: Literal["admin", "supervisor", "technician", "viewer"]
    two_factor_enabled: bool
    updated_at: str
    username: str

UpdateUserV1ErrorCode: TypeAlias = BusErrorCode | Literal["AUTH_INVALID", "AUTH_LOCKED", "EMAIL_TAKEN", "NOT_FOUND", "UNAUTHENTICATED"]
UpdateUserArgs: TypeAlias = UpdateUserV1Args
UpdateUserData: TypeAlias = UpdateUserV1Data
UpdateUserErrorCode: TypeAlias = UpdateUserV1ErrorCode

class Verify2faCodeV1Args(TypedDict):
    code: str


class Verify2faCodeV1Data(TypedDict):
    valid: bool

Verify2faCodeV1ErrorCode: TypeAlias = BusErrorCode | Literal["AUTH_LOCKED", "UNAUTHENTICATED"]
Verify2faCodeArgs: TypeAlias = Verify2faCodeV1Args
Verify2faCodeData: TypeAlias = Verify2faCodeV1Data
Verify2faCodeErrorCode: TypeAlias = Verify2faCodeV1ErrorCode

class Verify2faSetupV1Args(TypedDict):
    code: str


class Verify2faSetupV1Data(TypedDict):
    enabled: bool
    message: str
    revoked_sessions: int

Verify2faSetupV1ErrorCode: TypeAlias = BusErrorCode | Literal["TWO_FACTOR_ALREADY_ENABLED", "TWO_FACTOR_INVALID", "TWO_FACTOR_SETUP_NOT_STARTED", "UNAUTHENTICATED"]
Verify2faSetupArgs: TypeAlias = Verify2faSetupV1Args
Verify2faSetupData: TypeAlias = Verify2faSetupV1Data
Verify2faSetupErrorCode: TypeAlias = Verify2faSetupV1ErrorCode

class InterventionsCoordinates(TypedDict):
    accuracy: NotRequired[float | None]
    latitude: float
    longitude: float


class InterventionsIntervention(TypedDict):
    actual_duration: int | None
    cancel_reason: str | None
    cancelled_at: int | None
    client_id: str | None
    completed_at: int | None
    completion_percentage: float
    created_at: int
    created_by: str
    current_step: int
    customer_comments: str | None
    customer_satisfaction: int | None
    customer_signature: str | None
    estimated_duration: int
    film_brand: str | None
    film_model: str | None
    film_type: str
    final_observations: list[str] | None
    humidity_percentage: float | None
    id: str
    intervention_type: str
    lighting_condition: str | None
    notes: str | None
    paused_at: int | None
    ppf_zones_config: list[str]
    quality_score: int | None
    scheduled_at: int
    special_instructions: str | None
    start_location_accuracy: float | None
    start_location_lat: float | None
    start_location_lon: float | None
    started_at: int | None
    status: Literal["pending", "in_progress", "paused", "completed", "cancelled"]
    task_id: str
    task_number: str
    technician_id: str
    temperature_celsius: float | None
    updated_at: int
    updated_by: str
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None
    weather_condition: str | None
    work_location: str


class InterventionsMetrics(TypedDict):
    completion_rate: int
    customer_satisfaction: int | None
    photos_taken: int
    quality_score: int | None
    steps_completed: int
    total_duration_minutes: int
    total_steps: int


class InterventionsStep(TypedDict):
    collected_data: dict[str, JsonValue] | None
    completed_at: int | None
    created_at: int
    description: str | None
    duration_seconds: int | None
    estimated_duration_seconds: int
    id: str
    intervention_id: str
    is_mandatory: bool
    max_photos_allowed: int
    min_photos_required: int
    notes: str | None
    photo_count: int
    photo_urls: list[str] | None
    quality_checkpoints: list[str]
    required_photos_completed: bool
    requires_photos: bool
    started_at: int | None
    step_name: str
    step_number: int
    step_status: Literal["pending", "in_progress", "completed", "paused", "failed", "skipped", "rework"]
    step_type: Literal["inspection", "preparation", "installation", "finalization"]
    updated_at: int


class InterventionAdvanceStepV1Args(TypedDict):
    collected_data: NotRequired[dict[str, JsonValue] | None]
    intervention_id: str
    issues: NotRequired[list[str] | None]
    notes: NotRequired[str | None]
    photos: NotRequired[list[str] | None]
    quality_check_passed: NotRequired[bool]
    step_id: str


class InterventionAdvanceStepV1Data(TypedDict):
    next_step: InterventionsStep | None
    progress_percentage: float
    requirements_completed: list[str]
    step: InterventionsStep

InterventionAdvanceStepV1ErrorCode: TypeAlias = BusErrorCode | Literal["INTERVENTION_INVALID_STATE", "INTERVENTION_STEP_NOT_FOUND", "INTERVENTION_STEP_OUT_OF_ORDER", "INTERVENTION_VALIDATION_FAILED", "NOT_FOUND"]
InterventionAdvanceStepArgs: TypeAlias = InterventionAdvanceStepV1Args
InterventionAdvanceStepData: TypeAlias = InterventionAdvanceStepV1Data
InterventionAdvanceStepErrorCode: TypeAlias = InterventionAdvanceStepV1ErrorCode

class InterventionCancelV1Args(TypedDict):
    intervention_id: str
    reason: NotRequired[str | None]


class InterventionCancelV1Data(TypedDict):
    intervention: InterventionsIntervention

InterventionCancelV1ErrorCode: TypeAlias = BusErrorCode | Literal["INTERVENTION_INVALID_STATE", "NOT_FOUND"]
InterventionCancelArgs: TypeAlias = InterventionCancelV1Args
InterventionCancelData: TypeAlias = InterventionCancelV1Data
InterventionCancelErrorCode: TypeAlias = InterventionCancelV1ErrorCode

class InterventionFinalizeV1Args(TypedDict):
    collected_data: NotRequired[dict[str, JsonValue] | None]
    customer_comments: NotRequired[str | None]
    customer_satisfaction: NotRequired[int | None]
    customer_signature: NotRequired[str | None]
    final_observations: NotRequired[list[str] | None]
    intervention_id: str
    photos: NotRequired[list[str] | None]
    quality_score: NotRequired[int | None]


class InterventionFinalizeV1Data(TypedDict):
    intervention: InterventionsIntervention
    metrics: InterventionsMetrics

InterventionFinalizeV1ErrorCode: TypeAlias = BusErrorCode | Literal["INTERVENTION_INVALID_STATE", "INTERVENTION_VALIDATION_FAILED", "NOT_FOUND"]
InterventionFinalizeArgs: TypeAlias = InterventionFinalizeV1Args
InterventionFinalizeData: TypeAlias = InterventionFinalizeV1Data
InterventionFinalizeErrorCode: TypeAlias = InterventionFinalizeV1ErrorCode

class InterventionGetV1Args(TypedDict):
    id: NotRequired[str | None]
    intervention_id: NotRequired[str | None]


class InterventionGetV1Data(TypedDict):
    intervention: InterventionsIntervention
    steps: list[InterventionsStep]

InterventionGetV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
InterventionGetArgs: TypeAlias = InterventionGetV1Args
InterventionGetData: TypeAlias = InterventionGetV1Data
InterventionGetErrorCode: TypeAlias = InterventionGetV1ErrorCode

class InterventionGetActiveByTaskV1Args(TypedDict):
    task_id: str


class InterventionGetActiveByTaskV1Data(TypedDict):
    intervention: InterventionsIntervention | None

InterventionGetActiveByTaskV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
InterventionGetActiveByTaskArgs: TypeAlias = InterventionGetActiveByTaskV1Args
InterventionGetActiveByTaskData: TypeAlias = InterventionGetActiveByTaskV1Data
InterventionGetActiveByTaskErrorCode: TypeAlias = InterventionGetActiveByTaskV1ErrorCode

class InterventionGetLatestByTaskV1Args(TypedDict):
    task_id: str


class InterventionGetLatestByTaskV1Data(TypedDict):
    intervention: InterventionsIntervention | None

InterventionGetLatestByTaskV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
InterventionGetLatestByTaskArgs: TypeAlias = InterventionGetLatestByTaskV1Args
InterventionGetLatestByTaskData: TypeAlias = InterventionGetLatestByTaskV1Data
InterventionGetLatestByTaskErrorCode: TypeAlias = InterventionGetLatestByTaskV1ErrorCode

class InterventionGetProgressV1Args(TypedDict):
    intervention_id: str


class InterventionGetProgressV1Data(TypedDict):
    completed_steps: int
    completion_percentage: float
    current_step: int
    estimated_time_remaining: int
    intervention_id: str
    status: str
    steps: list[InterventionsStep]
    total_steps: int

InterventionGetProgressV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
InterventionGetProgressArgs: TypeAlias = InterventionGetProgressV1Args
InterventionGetProgressData: TypeAlias = InterventionGetProgressV1Data
InterventionGetProgressErrorCode: TypeAlias = InterventionGetProgressV1ErrorCode

class InterventionGetStepV1Args(TypedDict):
    intervention_id: str
    step_id: str


class InterventionGetStepV1Data(TypedDict):
    step: InterventionsStep

InterventionGetStepV1ErrorCode: TypeAlias = BusErrorCode | Literal["INTERVENTION_STEP_NOT_FOUND", "NOT_FOUND"]
InterventionGetStepArgs: TypeAlias = InterventionGetStepV1Args
InterventionGetStepData: TypeAlias = InterventionGetStepV1Data
InterventionGetStepErrorCode: TypeAlias = InterventionGetStepV1ErrorCode

class InterventionListV1Args(TypedDict):
    limit: NotRequired[int | None]
    page: NotRequired[int | None]
    status: NotRequired[str | None]
    task_id: NotRequired[str | None]
    technician_id: NotRequired[str | None]


class InterventionListV1Data(TypedDict):
    items: list[InterventionsIntervention]
    limit: int
    page: int
    total_count: int
    total_pages: int

InterventionListV1ErrorCode: TypeAlias = BusErrorCode
InterventionListArgs: TypeAlias = InterventionListV1Args
InterventionListData: TypeAlias = InterventionListV1Data
InterventionListErrorCode: TypeAlias = InterventionListV1ErrorCode

class InterventionPauseV1Args(TypedDict):
    intervention_id: str


class InterventionPauseV1Data(TypedDict):
    intervention: InterventionsIntervention

InterventionPauseV1ErrorCode: TypeAlias = BusErrorCode | Literal["INTERVENTION_INVALID_STATE", "NOT_FOUND"]
InterventionPauseArgs: TypeAlias = InterventionPauseV1Args
InterventionPauseData: TypeAlias = InterventionPauseV1Data
InterventionPauseErrorCode: TypeAlias = InterventionPauseV1ErrorCode

class InterventionResumeV1Args(TypedDict):
    intervention_id: str


class InterventionResumeV1Data(TypedDict):
    intervention: InterventionsIntervention

InterventionResumeV1ErrorCode: TypeAlias = BusErrorCode | Literal["INTERVENTION_INVALID_STATE", "NOT_FOUND"]
InterventionResumeArgs: TypeAlias = InterventionResumeV1Args
InterventionResumeData: TypeAlias = InterventionResumeV1Data
InterventionResumeErrorCode: TypeAlias = InterventionResumeV1ErrorCode

class InterventionSaveStepProgressV1Args(TypedDict):
    collected_data: NotRequired[dict[str, JsonValue] | None]
    intervention_id: NotRequired[str | None]
    notes: NotRequired[str | None]
    photos: NotRequired[list[str] | None]
    progress_data: NotRequired[dict[str, JsonValue] | None]
    step_id: str


class InterventionSaveStepProgressV1Data(TypedDict):
    step: InterventionsStep

InterventionSaveStepProgressV1ErrorCode: TypeAlias = BusErrorCode | Literal["INTERVENTION_INVALID_STATE", "INTERVENTION_STEP_NOT_FOUND", "NOT_FOUND"]
InterventionSaveStepProgressArgs: TypeAlias = InterventionSaveStepProgressV1Args
InterventionSaveStepProgressData: TypeAlias = InterventionSaveStepProgressV1Data
InterventionSaveStepProgressErrorCode: TypeAlias = InterventionSaveStepProgressV1ErrorCode

class InterventionStartV1Args(TypedDict):
    description: NotRequired[str | None]
    estimated_duration_minutes: NotRequired[int | None]
    film_brand: NotRequired[str | None]
    film_model: NotRequired[str | None]
    film_type: NotRequired[str | None]
    gps_coordinates: NotRequired[InterventionsCoordinates | None]
    humidity: NotRequired[float | None]
    intervention_type: NotRequired[str | None]
    lighting_condition: NotRequired[str | None]
    ppf_zones: NotRequired[list[str] | None]
    scheduled_start: NotRequired[int | None]
    special_instructions: NotRequired[str | None]
    task_id: str
    technician_id: NotRequired[str | None]
    temperature: NotRequired[float | None]
    weather_condition: NotRequired[str | None]
    work_location: NotRequired[str | None]


class InterventionStartV1Data(TypedDict):
    intervention: InterventionsIntervention
    steps: list[InterventionsStep]

InterventionStartV1ErrorCode: TypeAlias = BusErrorCode | Literal["INTERVENTION_ALREADY_ACTIVE", "NOT_FOUND", "TASK_INVALID_TRANSITION"]
InterventionStartArgs: TypeAlias = InterventionStartV1Args
InterventionStartData: TypeAlias = InterventionStartV1Data
InterventionStartErrorCode: TypeAlias = InterventionStartV1ErrorCode

class InventoryConsumption(TypedDict):
    batch_used: str | None
    id: str
    intervention_id: str
    material_id: str
    quality_notes: str | None
    quantity_used: float
    recorded_at: int
    recorded_by: str
    step_id: str | None
    step_number: int | None
    total_cost: float | None
    unit_cost: float | None
    waste_quantity: float
    waste_reason: str | None


class InventoryMaterial(TypedDict):
    batch_number: str | None
    brand: str | None
    category: str | None
    certification: str | None
    created_at: int
    created_by: str
    currency: str
    current_stock: float
    description: str | None
    expiry_date: int | None
    id: str
    is_active: bool
    is_discontinued: bool
    material_type: Literal["ppf_film", "adhesive", "cleaning_solution", "tool", "consumable"]
    maximum_stock: float | None
    minimum_stock: float | None
    model: str | None
    name: str
    quality_grade: str | None
    reorder_point: float | None
    sku: str
    specifications: dict[str, JsonValue] | None
    storage_location: str | None
    subcategory: str | None
    supplier_name: str | None
    supplier_sku: str | None
    unit_cost: float | None
    unit_of_measure: Literal["piece", "meter", "liter", "gram", "roll"]
    updated_at: int
    updated_by: str
    warehouse_id: str | None


class InventoryMaterialChange(TypedDict):
    batch_number: NotRequired[str | None]
    brand: NotRequired[str | None]
    category: NotRequired[str | None]
    certification: NotRequired[str | None]
    currency: NotRequired[str]
    description: NotRequired[str | None]
    expiry_date: NotRequired[int | None]
    material_type: NotRequired[str]
    maximum_stock: NotRequired[float | None]
    minimum_stock: NotRequired[float | None]
    model: NotRequired[str | None]
    name: NotRequired[str]
    quality_grade: NotRequired[str | None]
    reorder_point: NotRequired[float | None]
    sku: NotRequired[str]
    specifications: NotRequired[dict[str, JsonValue] | None]
    storage_location: NotRequired[str | None]
    subcategory: NotRequired[str | None]
    supplier_name: NotRequired[str | None]
    supplier_sku: NotRequired[str | None]
    unit_cost: NotRequired[float | None]
    unit_of_measure: NotRequired[str]
    warehouse_id: NotRequired[str | None]


class InventoryTransaction(TypedDict):
    batch_number: str | None
    expiry_date: int | None
    id: str
    intervention_id: str | None
    location_from: str | None
    location_to: str | None
    material_id: str
    new_stock: float
    notes: str | None
    performed_at: int
    performed_by: str
    previous_stock: float
    quantity: float
    reference_number: str | None
    reference_type: str | None
    step_id: str | None
    total_cost: float | None
    transaction_type: Literal["stock_in", "stock_out", "adjustment", "transfer", "waste", "return"]
    unit_cost: float | None


class InventoryUsedMaterial(TypedDict):
    material_id: str
    material_name: str
    material_type: str
    quantity_used: float
    total_cost: float | None
    unit_cost: float | None
    waste_quantity: float


class MaterialCreateV1Args(TypedDict):
    batch_number: NotRequired[str | None]
    brand: NotRequired[str | None]
    category: NotRequired[str | None]
    certification: NotRequired[str | None]
    currency: NotRequired[str | None]
    current_stock: NotRequired[float | None]
    description: NotRequired[str | None]
    expiry_date: NotRequired[int | None]
    material_type: str
    maximum_stock: NotRequired[float | None]
    minimum_stock: NotRequired[float | None]
    model: NotRequired[str | None]
    name: str
    quality_grade: NotRequired[str | None]
    reorder_point: NotRequired[float | None]
    sku: str
    specifications: NotRequired[dict[str, JsonValue] | None]
    storage_location: NotRequired[str | None]
    subcategory: NotRequired[str | None]
    supplier_name: NotRequired[str | None]
    supplier_sku: NotRequired[str | None]
    unit_cost: NotRequired[float | None]
    unit_of_measure: NotRequired[str | None]
    warehouse_id: NotRequired[str | None]


class MaterialCreateV1Data(TypedDict):
    batch_number: str | None
    brand: str | None
    category: str | None
    certification: str | None
    created_at: int
    created_by: str
    currency: str
    current_stock: float
    description: str | None
    expiry_date: int | None
    id: str
    is_active: bool
    is_discontinued: bool
    material_type: Literal["ppf_film", "adhesive", "cleaning_solution", "tool", "consumable"]
    maximum_stock: float | None
    minimum_stock: float | None
    model: str | None
    name: str
    quality_grade: str | None
    reorder_point: float | None
    sku: str
    specifications: dict[str, JsonValue] | None
    storage_location: str | None
    subcategory: str | None
    supplier_name: str | None
    supplier_sku: str | None
    unit_cost: float | None
    unit_of_measure: Literal["piece", "meter", "liter", "gram", "roll"]
    updated_at: int
    updated_by: str
    warehouse_id: str | None

MaterialCreateV1ErrorCode: TypeAlias = BusErrorCode | Literal["MATERIAL_DUPLICATE_SKU", "STOCK_LIMIT_EXCEEDED"]
MaterialCreateArgs: TypeAlias = MaterialCreateV1Args
MaterialCreateData: TypeAlias = MaterialCreateV1Data
MaterialCreateErrorCode: TypeAlias = MaterialCreateV1ErrorCode

class MaterialCreateInventoryTransactionV1Args(TypedDict):
    batch_number: NotRequired[str | None]
    expiry_date: NotRequired[int | None]
    intervention_id: NotRequired[str | None]
    location_from: NotRequired[str | None]
    location_to: NotRequired[str | None]
    material_id: str
    notes: NotRequired[str | None]
    quantity: float
    recorded_by: NotRequired[JsonValue]
    reference_number: NotRequired[str | None]
    reference_type: NotRequired[str | None]
    step_id: NotRequired[str | None]
    transaction_type: str
    unit_cost: NotRequired[float | None]


class MaterialCreateInventoryTransactionV1Data(TypedDict):
    batch_number: str | None
    expiry_date: int | None
    id: str
    intervention_id: str | None
    location_from: str | None
    location_to: str | None
    material_id: str
    new_stock: float
    notes: str | None
    performed_at: int
    performed_by: str
    previous_stock: float
    quantity: float
    reference_number: str | None
    reference_type: str | None
    step_id: str | None
    total_cost: float | None
    transaction_type: Literal["stock_in", "stock_out", "adjustment", "transfer", "waste", "return"]
    unit_cost: float | None

MaterialCreateInventoryTransactionV1ErrorCode: TypeAlias = BusErrorCode | Literal["INSUFFICIENT_STOCK", "MATERIAL_INACTIVE", "NOT_FOUND", "STOCK_LIMIT_EXCEEDED"]
MaterialCreateInventoryTransactionArgs: TypeAlias = MaterialCreateInventoryTransactionV1Args
MaterialCreateInventoryTransactionData: TypeAlias = MaterialCreateInventoryTransactionV1Data
MaterialCreateInventoryTransactionErrorCode: TypeAlias = MaterialCreateInventoryTransactionV1ErrorCode

class MaterialDeleteV1Args(TypedDict):
    id: str


class MaterialDeleteV1Data(TypedDict):
    deleted: bool
    id: str

MaterialDeleteV1ErrorCode: TypeAlias = BusErrorCode | Literal["MATERIAL_INACTIVE", "NOT_FOUND"]
MaterialDeleteArgs: TypeAlias = MaterialDeleteV1Args
MaterialDeleteData: TypeAlias = MaterialDeleteV1Data
MaterialDeleteErrorCode: TypeAlias = MaterialDeleteV1ErrorCode

class MaterialGetV1Args(TypedDict):
    id: str


class MaterialGetV1Data(TypedDict):
    batch_number: str | None
    brand: str | None
    category: str | None
    certification: str | None
    created_at: int
    created_by: str
    currency: str
    current_stock: float
    description: str | None
    expiry_date: int | None
    id: str
    is_active: bool
    is_discontinued: bool
    material_type: Literal["ppf_film", "adhesive", "cleaning_solution", "tool", "consumable"]
    maximum_stock: float | None
    minimum_stock: float | None
    model: str | None
    name: str
    quality_grade: str | None
    reorder_point: float | None
    sku: str
    specifications: dict[str, JsonValue] | None
    storage_location: str | None
    subcategory: str | None
    supplier_name: str | None
    supplier_sku: str | None
    unit_cost: float | None
    unit_of_measure: Literal["piece", "meter", "liter", "gram", "roll"]
    updated_at: int
    updated_by: str
    warehouse_id: str | None

MaterialGetV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
MaterialGetArgs: TypeAlias = MaterialGetV1Args
MaterialGetData: TypeAlias = MaterialGetV1Data
MaterialGetErrorCode: TypeAlias = MaterialGetV1ErrorCode

class MaterialGetBySkuV1Args(TypedDict):
    sku: str


class MaterialGetBySkuV1Data(TypedDict):
    batch_number: str | None
    brand: str | None
    category: str | None
    certification: str | None
    created_at: int
    created_by: str
    currency: str
    current_stock: float
    description: str | None
    expiry_date: int | None
    id: str
    is_active: bool
    is_discontinued: bool
    material_type: Literal["ppf_film", "adhesive", "cleaning_solution", "tool", "consumable"]
    maximum_stock: float | None
    minimum_stock: float | None
    model: str | None
    name: str
    quality_grade: str | None
    reorder_point: float | None
    sku: str
    specifications: dict[str, JsonValue] | None
    storage_location: str | None
    subcategory: str | None
    supplier_name: str | None
    supplier_sku: str | None
    unit_cost: float | None
    unit_of_measure: Literal["piece", "meter", "liter", "gram", "roll"]
    updated_at: int
    updated_by: str
    warehouse_id: str | None

MaterialGetBySkuV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
MaterialGetBySkuArgs: TypeAlias = MaterialGetBySkuV1Args
MaterialGetBySkuData: TypeAlias = MaterialGetBySkuV1Data
MaterialGetBySkuErrorCode: TypeAlias = MaterialGetBySkuV1ErrorCode

class MaterialGetConsumptionHistoryV1Args(TypedDict):
    limit: NotRequired[int | None]
    material_id: str
    offset: NotRequired[int | None]


class MaterialGetConsumptionHistoryV1Data(TypedDict):
    items: list[InventoryConsumption]
    limit: int
    offset: int
    total_count: int

MaterialGetConsumptionHistoryV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
MaterialGetConsumptionHistoryArgs: TypeAlias = MaterialGetConsumptionHistoryV1Args
MaterialGetConsumptionHistoryData: TypeAlias = MaterialGetConsumptionHistoryV1Data
MaterialGetConsumptionHistoryErrorCode: TypeAlias = MaterialGetConsumptionHistoryV1ErrorCode

class MaterialGetExpiredV1Args(TypedDict):
    pass


class MaterialGetExpiredV1Data(TypedDict):
    items: list[InventoryMaterial]
    total_count: int

MaterialGetExpiredV1ErrorCode: TypeAlias = BusErrorCode
MaterialGetExpiredArgs: TypeAlias = MaterialGetExpiredV1Args
MaterialGetExpiredData: TypeAlias = MaterialGetExpiredV1Data
MaterialGetExpiredErrorCode: TypeAlias = MaterialGetExpiredV1ErrorCode

class MaterialGetInterventionConsumptionV1Args(TypedDict):
    intervention_id: str


class MaterialGetInterventionConsumptionV1Data(TypedDict):
    items: list[InventoryConsumption]
    total_count: int

MaterialGetInterventionConsumptionV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
MaterialGetInterventionConsumptionArgs: TypeAlias = MaterialGetInterventionConsumptionV1Args
MaterialGetInterventionConsumptionData: TypeAlias = MaterialGetInterventionConsumptionV1Data
MaterialGetInterventionConsumptionErrorCode: TypeAlias = MaterialGetInterventionConsumptionV1ErrorCode

class MaterialGetInterventionSummaryV1Args(TypedDict):
    intervention_id: str


class MaterialGetInterventionSummaryV1Data(TypedDict):
    intervention_id: str
    materials: list[InventoryUsedMaterial]
    total_cost: float
    total_materials_used: int

MaterialGetInterventionSummaryV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
MaterialGetInterventionSummaryArgs: TypeAlias = MaterialGetInterventionSummaryV1Args
MaterialGetInterventionSummaryData: TypeAlias = MaterialGetInterventionSummaryV1Data
MaterialGetInterventionSummaryErrorCode: TypeAlias = MaterialGetInterventionSummaryV1ErrorCode

class MaterialGetLowStockV1Args(TypedDict):
    pass


class MaterialGetLowStockV1Data(TypedDict):
    items: list[InventoryMaterial]
    total_count: int

MaterialGetLowStockV1ErrorCode: TypeAlias = BusErrorCode
MaterialGetLowStockArgs: TypeAlias = MaterialGetLowStockV1Args
MaterialGetLowStockData: TypeAlias = MaterialGetLowStockV1Data
MaterialGetLowStockErrorCode: TypeAlias = MaterialGetLowStockV1ErrorCode

class MaterialGetStatsV1Args(TypedDict):
    pass


class MaterialGetStatsV1Data(TypedDict):
    active_materials: int
    expired_materials: int
    low_stock_materials: int
    materials_by_type: dict[str, int]
    total_materials: int
    total_value: float

MaterialGetStatsV1ErrorCode: TypeAlias = BusErrorCode
MaterialGetStatsArgs: TypeAlias = MaterialGetStatsV1Args
MaterialGetStatsData: TypeAlias = MaterialGetStatsV1Data
MaterialGetStatsErrorCode: TypeAlias = MaterialGetStatsV1ErrorCode

class MaterialGetTransactionHistoryV1Args(TypedDict):
    limit: NotRequired[int | None]
    material_id: str
    offset: NotRequired[int | None]
    transaction_type: NotRequired[str | None]


class MaterialGetTransactionHistoryV1Data(TypedDict):
    items: list[InventoryTransaction]
    limit: int
    offset: int
    total_count: int

MaterialGetTransactionHistoryV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
MaterialGetTransactionHistoryArgs: TypeAlias = MaterialGetTransactionHistoryV1Args
MaterialGetTransactionHistoryData: TypeAlias = MaterialGetTransactionHistoryV1Data
MaterialGetTransactionHistoryErrorCode: TypeAlias = MaterialGetTransactionHistoryV1ErrorCode

class MaterialListV1Args(TypedDict):
    active_only: NotRequired[bool | None]
    category: NotRequired[str | None]
    limit: NotRequired[int | None]
    material_type: NotRequired[str | None]
    offset: NotRequired[int | None]
    search: NotRequired[str | None]


class MaterialListV1Data(TypedDict):
    items: list[InventoryMaterial]
    limit: int
    offset: int
    total_count: int

MaterialListV1ErrorCode: TypeAlias = BusErrorCode
MaterialListArgs: TypeAlias = MaterialListV1Args
MaterialListData: TypeAlias = MaterialListV1Data
MaterialListErrorCode: TypeAlias = MaterialListV1ErrorCode

class MaterialRecordConsumptionV1Args(TypedDict):
    batch_used: NotRequired[str | None]
    intervention_id: str
    material_id: str
    quality_notes: NotRequired[str | None]
    quantity_used: float
    recorded_by: NotRequired[JsonValue]
    step_id: NotRequired[str | None]
    step_number: NotRequired[int | None]
    waste_quantity: NotRequired[float | None]
    waste_reason: NotRequired[str | None]


class MaterialRecordConsumptionV1Data(TypedDict):
    batch_used: str | None
    id: str
    intervention_id: str
    material_id: str
    quality_notes: str | None
    quantity_used: float
    recorded_at: int
    recorded_by: str
    step_id: str | None
    step_number: int | None
    total_cost: float | None
    unit_cost: float | None
    waste_quantity: float
    waste_reason: str | None

MaterialRecordConsumptionV1ErrorCode: TypeAlias = BusErrorCode | Literal["INSUFFICIENT_STOCK", "INTERVENTION_INVALID_STATE", "INTERVENTION_STEP_NOT_FOUND", "MATERIAL_EXPIRED", "MATERIAL_INACTIVE", "NOT_FOUND"]
MaterialRecordConsumptionArgs: TypeAlias = MaterialRecordConsumptionV1Args
MaterialRecordConsumptionData: TypeAlias = MaterialRecordConsumptionV1Data
MaterialRecordConsumptionErrorCode: TypeAlias = MaterialRecordConsumptionV1ErrorCode

class MaterialUpdateV1Args(TypedDict):
    data: InventoryMaterialChange
    id: str


class MaterialUpdateV1Data(TypedDict):
    batch_number: str | None
    brand: str | None
    category: str | None
    certification: str | None
    created_at: int
    created_by: str
    currency: str
    current_stock: float
    description: str | None
    expiry_date: int | None
    id: str
    is_active: bool
    is_discontinued: bool
    material_type: Literal["ppf_film", "adhesive", "cleaning_solution", "tool", "consumable"]
    maximum_stock: float | None
    minimum_stock: float | None
    model: str | None
    name: str
    quality_grade: str | None
    reorder_point: float | None
    sku: str
    specifications: dict[str, JsonValue] | None
    storage_location: str | None
    subcategory: str | None
    supplier_name: str | None
    supplier_sku: str | None
    unit_cost: float | None
    unit_of_measure: Literal["piece", "meter", "liter", "gram", "roll"]
    updated_at: int
    updated_by: str
    warehouse_id: str | None

MaterialUpdateV1ErrorCode: TypeAlias = BusErrorCode | Literal["MATERIAL_DUPLICATE_SKU", "MATERIAL_INACTIVE", "NOT_FOUND", "STOCK_LIMIT_EXCEEDED"]
MaterialUpdateArgs: TypeAlias = MaterialUpdateV1Args
MaterialUpdateData: TypeAlias = MaterialUpdateV1Data
MaterialUpdateErrorCode: TypeAlias = MaterialUpdateV1ErrorCode

class MaterialUpdateStockV1Args(TypedDict):
    material_id: str
    quantity_change: float
    reason: str
    recorded_by: NotRequired[JsonValue]


class MaterialUpdateStockV1Data(TypedDict):
    batch_number: str | None
    brand: str | None
    category: str | None
    certification: str | None
    created_at: int
    created_by: str
    currency: str
    current_stock: float
    description: str | None
    expiry_date: int | None
    id: str
    is_active: bool
    is_discontinued: bool
    material_type: Literal["ppf_film", "adhesive", "cleaning_solution", "tool", "consumable"]
    maximum_stock: float | None
    minimum_stock: float | None
    model: str | None
    name: str
    quality_grade: str | None
    reorder_point: float | None
    sku: str
    specifications: dict[str, JsonValue] | None
    storage_location: str | None
    subcategory: str | None
    supplier_name: str | None
    supplier_sku: str | None
    unit_cost: float | None
    unit_of_measure: Literal["piece", "meter", "liter", "gram", "roll"]
    updated_at: int
    updated_by: str
    warehouse_id: str | None

MaterialUpdateStockV1ErrorCode: TypeAlias = BusErrorCode | Literal["INSUFFICIENT_STOCK", "MATERIAL_INACTIVE", "NOT_FOUND", "STOCK_LIMIT_EXCEEDED"]
MaterialUpdateStockArgs: TypeAlias = MaterialUpdateStockV1Args
MaterialUpdateStockData: TypeAlias = MaterialUpdateStockV1Data
MaterialUpdateStockErrorCode: TypeAlias = MaterialUpdateStockV1ErrorCode

class LazynoteAtomListItem(TypedDict):
    atom_id: str
    content: str
    end_at: int | None
    kind: Literal["note", "task", "event"]
    preview_image: str | None
    preview_text: str | None
    start_at: int | None
    tags: list[str]
    task_status: Literal["todo", "in_progress", "done", "cancelled"] | None
    updated_at: int


class LazynoteExplorerItem(TypedDict):
    atom_id: str | None
    deletable: bool
    display_name: str
    kind: Literal["folder", "note_ref"]
    movable: bool
    node_id: str
    parent_node_id: str | None
    renameable: bool
    sort_order: int
    synthetic: bool


class LazynoteFoundItem(TypedDict):
    atom_id: str
    kind: Literal["note", "task", "event"]
    snippet: str


class LazynoteNoteItem(TypedDict):
    atom_id: str
    content: str
    preview_image: str | None
    preview_text: str | None
    tags: list[str]
    updated_at: int


class LazynoteWorkspaceNodeItem(TypedDict):
    atom_id: str | None
    display_name: str
    kind: Literal["folder", "note_ref"]
    node_id: str
    parent_node_id: str | None
    sort_order: int


class AtomUpdateStatusV1Args(TypedDict):
    atom_id: str
    status: Literal["todo", "in_progress", "done", "cancelled"] | None


class AtomUpdateStatusV1Data(TypedDict):
    atom_id: str
    message: str

AtomUpdateStatusV1ErrorCode: TypeAlias = BusErrorCode | Literal["atom_not_found", "db_error", "internal_error", "invalid_atom_id", "invalid_status"]
AtomUpdateStatusArgs: TypeAlias = AtomUpdateStatusV1Args
AtomUpdateStatusData: TypeAlias = AtomUpdateStatusV1Data
AtomUpdateStatusErrorCode: TypeAlias = AtomUpdateStatusV1ErrorCode

class CalendarListByRangeV1Args(TypedDict):
    end_ms: int
    limit: NotRequired[int | None]
    offset: NotRequired[int | None]
    start_ms: int


class CalendarListByRangeV1Data(TypedDict):
    applied_limit: int
    items: list[LazynoteAtomListItem]
    message: str
    total_count: int

CalendarListByRangeV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "internal_error"]
CalendarListByRangeArgs: TypeAlias = CalendarListByRangeV1Args
CalendarListByRangeData: TypeAlias = CalendarListByRangeV1Data
CalendarListByRangeErrorCode: TypeAlias = CalendarListByRangeV1ErrorCode

class CalendarUpdateEventV1Args(TypedDict):
    atom_id: str
    end_ms: int
    start_ms: int


class CalendarUpdateEventV1Data(TypedDict):
    atom_id: str
    message: str

CalendarUpdateEventV1ErrorCode: TypeAlias = BusErrorCode | Literal["atom_not_found", "db_error", "internal_error", "invalid_atom_id", "invalid_time_range"]
CalendarUpdateEventArgs: TypeAlias = CalendarUpdateEventV1Args
CalendarUpdateEventData: TypeAlias = CalendarUpdateEventV1Data
CalendarUpdateEventErrorCode: TypeAlias = CalendarUpdateEventV1ErrorCode

class EntryCreateNoteV1Args(TypedDict):
    content: str


class EntryCreateNoteV1Data(TypedDict):
    atom_id: str
    message: str

EntryCreateNoteV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "internal_error", "note_content_empty"]
EntryCreateNoteArgs: TypeAlias = EntryCreateNoteV1Args
EntryCreateNoteData: TypeAlias = EntryCreateNoteV1Data
EntryCreateNoteErrorCode: TypeAlias = EntryCreateNoteV1ErrorCode

class EntryCreateTaskV1Args(TypedDict):
    content: str


class EntryCreateTaskV1Data(TypedDict):
    atom_id: str
    message: str

EntryCreateTaskV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "internal_error", "task_content_empty"]
EntryCreateTaskArgs: TypeAlias = EntryCreateTaskV1Args
EntryCreateTaskData: TypeAlias = EntryCreateTaskV1Data
EntryCreateTaskErrorCode: TypeAlias = EntryCreateTaskV1ErrorCode

class EntryExecuteV1Args(TypedDict):
    input: str
    kind: NotRequired[str | None]
    limit: NotRequired[int | None]
    timezone: NotRequired[str | None]


class EntryExecuteV1Data(TypedDict):
    action: NotRequired[str]
    applied_limit: NotRequired[int]
    atom_id: NotRequired[str]
    items: NotRequired[list[LazynoteFoundItem]]
    message: str
    mode: Literal["idle", "search", "command_result"]
    ok: NotRequired[bool]
    query: NotRequired[str]
    raw_input: NotRequired[str]
    requested_limit: NotRequired[int | None]
    total_count: NotRequired[int]

EntryExecuteV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "empty_command", "internal_error", "invalid_kind", "missing_prefix", "note_content_empty", "schedule_datetime_invalid", "schedule_format_invalid", "schedule_range_invalid", "schedule_title_empty", "task_content_empty", "unknown_command"]
EntryExecuteArgs: TypeAlias = EntryExecuteV1Args
EntryExecuteData: TypeAlias = EntryExecuteV1Data
EntryExecuteErrorCode: TypeAlias = EntryExecuteV1ErrorCode

class EntryParseV1Args(TypedDict):
    input: str
    timezone: NotRequired[str | None]


class EntryParseV1Data(TypedDict):
    action: str
    args: dict[str, JsonValue]
    message: str
    raw_input: str
    target_command: str

EntryParseV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "empty_command", "internal_error", "missing_prefix", "note_content_empty", "schedule_datetime_invalid", "schedule_format_invalid", "schedule_range_invalid", "schedule_title_empty", "task_content_empty", "unknown_command"]
EntryParseArgs: TypeAlias = EntryParseV1Args
EntryParseData: TypeAlias = EntryParseV1Data
EntryParseErrorCode: TypeAlias = EntryParseV1ErrorCode

class EntryScheduleV1Args(TypedDict):
    end_epoch_ms: NotRequired[int | None]
    start_epoch_ms: int
    title: str


class EntryScheduleV1Data(TypedDict):
    atom_id: str
    message: str

EntryScheduleV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "internal_error", "invalid_time_range", "schedule_title_empty"]
EntryScheduleArgs: TypeAlias = EntryScheduleV1Args
EntryScheduleData: TypeAlias = EntryScheduleV1Data
EntryScheduleErrorCode: TypeAlias = EntryScheduleV1ErrorCode

class EntrySearchV1Args(TypedDict):
    kind: NotRequired[str | None]
    limit: NotRequired[int | None]
    text: str


class EntrySearchV1Data(TypedDict):
    applied_limit: int
    items: list[LazynoteFoundItem]
    message: str
    total_count: int

EntrySearchV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "internal_error", "invalid_kind"]
EntrySearchArgs: TypeAlias = EntrySearchV1Args
EntrySearchData: TypeAlias = EntrySearchV1Data
EntrySearchErrorCode: TypeAlias = EntrySearchV1ErrorCode

class NoteCreateV1Args(TypedDict):
    content: str


class NoteCreateV1Data(TypedDict):
    message: str
    note: LazynoteNoteItem

NoteCreateV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_argument"]
NoteCreateArgs: TypeAlias = NoteCreateV1Args
NoteCreateData: TypeAlias = NoteCreateV1Data
NoteCreateErrorCode: TypeAlias = NoteCreateV1ErrorCode

class NoteGetV1Args(TypedDict):
    atom_id: str


class NoteGetV1Data(TypedDict):
    message: str
    note: LazynoteNoteItem

NoteGetV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_note_id", "note_not_found"]
NoteGetArgs: TypeAlias = NoteGetV1Args
NoteGetData: TypeAlias = NoteGetV1Data
NoteGetErrorCode: TypeAlias = NoteGetV1ErrorCode

class NoteSetTagsV1Args(TypedDict):
    atom_id: str
    tags: list[str]


class NoteSetTagsV1Data(TypedDict):
    message: str
    note: LazynoteNoteItem

NoteSetTagsV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_note_id", "invalid_tag", "note_not_found"]
NoteSetTagsArgs: TypeAlias = NoteSetTagsV1Args
NoteSetTagsData: TypeAlias = NoteSetTagsV1Data
NoteSetTagsErrorCode: TypeAlias = NoteSetTagsV1ErrorCode

class NoteUpdateV1Args(TypedDict):
    atom_id: str
    content: str


class NoteUpdateV1Data(TypedDict):
    message: str
    note: LazynoteNoteItem

NoteUpdateV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_argument", "invalid_note_id", "note_not_found"]
NoteUpdateArgs: TypeAlias = NoteUpdateV1Args
NoteUpdateData: TypeAlias = NoteUpdateV1Data
NoteUpdateErrorCode: TypeAlias = NoteUpdateV1ErrorCode

class NotesListV1Args(TypedDict):
    limit: NotRequired[int | None]
    offset: NotRequired[int | None]
    tag: NotRequired[str | None]


class NotesListV1Data(TypedDict):
    applied_limit: int
    items: list[LazynoteNoteItem]
    message: str
    total_count: int

NotesListV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_argument", "invalid_tag"]

class NotesListV2Args(TypedDict):
    limit: NotRequired[int | None]
    offset: NotRequired[int | None]
    tag: NotRequired[str | None]


class NotesListV2Data(TypedDict):
    applied_limit: int
    items: list[LazynoteAtomListItem]
    message: str
    total_count: int

NotesListV2ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_argument", "invalid_tag"]
NotesListArgs: TypeAlias = NotesListV2Args
NotesListData: TypeAlias = NotesListV2Data
NotesListErrorCode: TypeAlias = NotesListV2ErrorCode

class SearchRebuildV1Args(TypedDict):
    pass


class SearchRebuildV1Data(TypedDict):
    atoms: int
    changed: int
    message: str

SearchRebuildV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "internal_error"]
SearchRebuildArgs: TypeAlias = SearchRebuildV1Args
SearchRebuildData: TypeAlias = SearchRebuildV1Data
SearchRebuildErrorCode: TypeAlias = SearchRebuildV1ErrorCode

class TagsListV1Args(TypedDict):
    pass


class TagsListV1Data(TypedDict):
    items: list[str]
    message: str
    total_count: int

TagsListV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error"]
TagsListArgs: TypeAlias = TagsListV1Args
TagsListData: TypeAlias = TagsListV1Data
TagsListErrorCode: TypeAlias = TagsListV1ErrorCode

class TasksListInboxV1Args(TypedDict):
    limit: NotRequired[int | None]
    offset: NotRequired[int | None]


class TasksListInboxV1Data(TypedDict):
    applied_limit: int
    items: list[LazynoteAtomListItem]
    message: str
    total_count: int

TasksListInboxV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "internal_error"]
TasksListInboxArgs: TypeAlias = TasksListInboxV1Args
TasksListInboxData: TypeAlias = TasksListInboxV1Data
TasksListInboxErrorCode: TypeAlias = TasksListInboxV1ErrorCode

class TasksListTodayV1Args(TypedDict):
    bod_ms: int
    eod_ms: int
    limit: NotRequired[int | None]
    offset: NotRequired[int | None]


class TasksListTodayV1Data(TypedDict):
    applied_limit: int
    items: list[LazynoteAtomListItem]
    message: str
    total_count: int

TasksListTodayV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "internal_error"]
TasksListTodayArgs: TypeAlias = TasksListTodayV1Args
TasksListTodayData: TypeAlias = TasksListTodayV1Data
TasksListTodayErrorCode: TypeAlias = TasksListTodayV1ErrorCode

class TasksListUpcomingV1Args(TypedDict):
    eod_ms: int
    limit: NotRequired[int | None]
    offset: NotRequired[int | None]


class TasksListUpcomingV1Data(TypedDict):
    applied_limit: int
    items: list[LazynoteAtomListItem]
    message: str
    total_count: int

TasksListUpcomingV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_error", "internal_error"]
TasksListUpcomingArgs: TypeAlias = TasksListUpcomingV1Args
TasksListUpcomingData: TypeAlias = TasksListUpcomingV1Data
TasksListUpcomingErrorCode: TypeAlias = TasksListUpcomingV1ErrorCode

class WorkspaceCreateFolderV1Args(TypedDict):
    name: str
    parent_node_id: NotRequired[str | None]


class WorkspaceCreateFolderV1Data(TypedDict):
    message: str
    node: LazynoteWorkspaceNodeItem

WorkspaceCreateFolderV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_display_name", "invalid_parent_node_id", "parent_not_folder", "parent_not_found"]
WorkspaceCreateFolderArgs: TypeAlias = WorkspaceCreateFolderV1Args
WorkspaceCreateFolderData: TypeAlias = WorkspaceCreateFolderV1Data
WorkspaceCreateFolderErrorCode: TypeAlias = WorkspaceCreateFolderV1ErrorCode

class WorkspaceCreateNoteRefV1Args(TypedDict):
    atom_id: str
    display_name: NotRequired[str | None]
    parent_node_id: NotRequired[str | None]


class WorkspaceCreateNoteRefV1Data(TypedDict):
    message: str
    node: LazynoteWorkspaceNodeItem

WorkspaceCreateNoteRefV1ErrorCode: TypeAlias = BusErrorCode | Literal["atom_not_found", "atom_not_note", "db_busy", "db_error", "internal_error", "invalid_atom_id", "invalid_display_name", "invalid_parent_node_id", "parent_not_folder", "parent_not_found"]
WorkspaceCreateNoteRefArgs: TypeAlias = WorkspaceCreateNoteRefV1Args
WorkspaceCreateNoteRefData: TypeAlias = WorkspaceCreateNoteRefV1Data
WorkspaceCreateNoteRefErrorCode: TypeAlias = WorkspaceCreateNoteRefV1ErrorCode

class WorkspaceDeleteFolderV1Args(TypedDict):
    mode: str
    node_id: str


class WorkspaceDeleteFolderV1Data(TypedDict):
    message: str
    node_id: str

WorkspaceDeleteFolderV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_delete_mode", "invalid_node_id", "node_not_folder", "node_not_found"]
WorkspaceDeleteFolderArgs: TypeAlias = WorkspaceDeleteFolderV1Args
WorkspaceDeleteFolderData: TypeAlias = WorkspaceDeleteFolderV1Data
WorkspaceDeleteFolderErrorCode: TypeAlias = WorkspaceDeleteFolderV1ErrorCode

class WorkspaceDeleteLargeFolderV1Args(TypedDict):
    node_id: str


class WorkspaceDeleteLargeFolderV1Data(TypedDict):
    message: str
    node_id: str

WorkspaceDeleteLargeFolderV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_node_id", "node_not_folder", "node_not_found"]
WorkspaceDeleteLargeFolderArgs: TypeAlias = WorkspaceDeleteLargeFolderV1Args
WorkspaceDeleteLargeFolderData: TypeAlias = WorkspaceDeleteLargeFolderV1Data
WorkspaceDeleteLargeFolderErrorCode: TypeAlias = WorkspaceDeleteLargeFolderV1ErrorCode

class WorkspaceExplorerV1Args(TypedDict):
    parent_node_id: NotRequired[str | None]


class WorkspaceExplorerV1Data(TypedDict):
    items: list[LazynoteExplorerItem]
    message: str

WorkspaceExplorerV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_parent_node_id", "parent_not_folder", "parent_not_found"]
WorkspaceExplorerArgs: TypeAlias = WorkspaceExplorerV1Args
WorkspaceExplorerData: TypeAlias = WorkspaceExplorerV1Data
WorkspaceExplorerErrorCode: TypeAlias = WorkspaceExplorerV1ErrorCode

class WorkspaceListChildrenV1Args(TypedDict):
    parent_node_id: NotRequired[str | None]


class WorkspaceListChildrenV1Data(TypedDict):
    items: list[LazynoteWorkspaceNodeItem]
    message: str

WorkspaceListChildrenV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_parent_node_id", "parent_not_folder", "parent_not_found"]
WorkspaceListChildrenArgs: TypeAlias = WorkspaceListChildrenV1Args
WorkspaceListChildrenData: TypeAlias = WorkspaceListChildrenV1Data
WorkspaceListChildrenErrorCode: TypeAlias = WorkspaceListChildrenV1ErrorCode

class WorkspaceMoveNodeV1Args(TypedDict):
    new_parent_id: NotRequired[str | None]
    node_id: str
    target_order: NotRequired[int | None]


class WorkspaceMoveNodeV1Data(TypedDict):
    message: str
    node_id: str

WorkspaceMoveNodeV1ErrorCode: TypeAlias = BusErrorCode | Literal["cycle_detected", "db_busy", "db_error", "internal_error", "invalid_node_id", "invalid_parent_node_id", "node_not_found", "parent_not_folder", "parent_not_found"]
WorkspaceMoveNodeArgs: TypeAlias = WorkspaceMoveNodeV1Args
WorkspaceMoveNodeData: TypeAlias = WorkspaceMoveNodeV1Data
WorkspaceMoveNodeErrorCode: TypeAlias = WorkspaceMoveNodeV1ErrorCode

class WorkspaceRenameNodeV1Args(TypedDict):
    new_name: str
    node_id: str


class WorkspaceRenameNodeV1Data(TypedDict):
    message: str
    node_id: str

WorkspaceRenameNodeV1ErrorCode: TypeAlias = BusErrorCode | Literal["db_busy", "db_error", "internal_error", "invalid_display_name", "invalid_node_id", "node_not_found"]
WorkspaceRenameNodeArgs: TypeAlias = WorkspaceRenameNodeV1Args
WorkspaceRenameNodeData: TypeAlias = WorkspaceRenameNodeV1Data
WorkspaceRenameNodeErrorCode: TypeAlias = WorkspaceRenameNodeV1ErrorCode

class NotificationsNotification(TypedDict):
    created_at: int
    data: dict[str, JsonValue]
    event: Literal["task.overdue", "intervention.finalized", "material.low_stock", "quote.accepted"]
    id: str
    read_at: int | None
    title: str


class NotificationGetPreferencesV1Args(TypedDict):
    pass


class NotificationGetPreferencesV1Data(TypedDict):
    unwanted: list[str]
    wanted: list[str]

NotificationGetPreferencesV1ErrorCode: TypeAlias = BusErrorCode
NotificationGetPreferencesArgs: TypeAlias = NotificationGetPreferencesV1Args
NotificationGetPreferencesData: TypeAlias = NotificationGetPreferencesV1Data
NotificationGetPreferencesErrorCode: TypeAlias = NotificationGetPreferencesV1ErrorCode

class NotificationListV1Args(TypedDict):
    limit: NotRequired[int | None]
    page: NotRequired[int | None]
    unread_only: NotRequired[bool]


class NotificationListV1Data(TypedDict):
    items: list[NotificationsNotification]
    limit: int
    page: int
    total_count: int
    total_pages: int
    unread_count: int

NotificationListV1ErrorCode: TypeAlias = BusErrorCode
NotificationListArgs: TypeAlias = NotificationListV1Args
NotificationListData: TypeAlias = NotificationListV1Data
NotificationListErrorCode: TypeAlias = NotificationListV1ErrorCode

class NotificationMarkReadV1Args(TypedDict):
    all: NotRequired[bool]
    ids: NotRequired[list[str] | None]


class NotificationMarkReadV1Data(TypedDict):
    marked_count: int
    unread_count: int

NotificationMarkReadV1ErrorCode: TypeAlias = BusErrorCode
NotificationMarkReadArgs: TypeAlias = NotificationMarkReadV1Args
NotificationMarkReadData: TypeAlias = NotificationMarkReadV1Data
NotificationMarkReadErrorCode: TypeAlias = NotificationMarkReadV1ErrorCode

class NotificationSetPreferencesV1Args(TypedDict):
    wanted: list[str]


class NotificationSetPreferencesV1Data(TypedDict):
    unwanted: list[str]
    wanted: list[str]

NotificationSetPreferencesV1ErrorCode: TypeAlias = BusErrorCode
NotificationSetPreferencesArgs: TypeAlias = NotificationSetPreferencesV1Args
NotificationSetPreferencesData: TypeAlias = NotificationSetPreferencesV1Data
NotificationSetPreferencesErrorCode: TypeAlias = NotificationSetPreferencesV1ErrorCode

class QuotesCreatedTask(TypedDict):
    task_id: str


class QuotesItem(TypedDict):
    created_at: int
    description: str | None
    id: str
    kind: Literal["labor", "material", "service", "discount"]
    label: str
    line_tax: int
    line_total: int
    material_id: str | None
    position: int
    qty: float
    quote_id: str
    tax_rate: float | None
    unit_price: int
    updated_at: int


class QuotesItemChange(TypedDict):
    description: NotRequired[str | None]
    kind: NotRequired[str]
    label: NotRequired[str]
    material_id: NotRequired[str | None]
    position: NotRequired[int]
    qty: NotRequired[float]
    tax_rate: NotRequired[float | None]
    unit_price: NotRequired[int]


class QuotesItemDraft(TypedDict):
    description: NotRequired[str | None]
    kind: NotRequired[str | None]
    label: str
    material_id: NotRequired[str | None]
    position: NotRequired[int | None]
    qty: float
    tax_rate: NotRequired[float | None]
    unit_price: int


class QuotesListedQuote(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    item_count: int
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None


class QuotesQuote(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    items: list[QuotesItem]
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None


class QuotesQuoteChange(TypedDict):
    notes: NotRequired[str | None]
    terms: NotRequired[str | None]
    valid_until: NotRequired[int | None]
    vehicle_make: NotRequired[str | None]
    vehicle_model: NotRequired[str | None]
    vehicle_plate: NotRequired[str | None]
    vehicle_vin: NotRequired[str | None]
    vehicle_year: NotRequired[int | str | None]


class QuotesQuoteDraft(TypedDict):
    client_id: str
    items: NotRequired[list[QuotesItemDraft] | None]
    notes: NotRequired[str | None]
    task_id: NotRequired[str | None]
    terms: NotRequired[str | None]
    valid_until: NotRequired[int | None]
    vehicle_make: NotRequired[str | None]
    vehicle_model: NotRequired[str | None]
    vehicle_plate: NotRequired[str | None]
    vehicle_vin: NotRequired[str | None]
    vehicle_year: NotRequired[int | str | None]


class QuotesQuoteFilters(TypedDict):
    client_id: NotRequired[str | None]
    date_from: NotRequired[int | None]
    date_to: NotRequired[int | None]
    limit: NotRequired[int | None]
    page: NotRequired[int | None]
    search: NotRequired[str | None]
    sort_by: NotRequired[str | None]
    sort_order: NotRequired[str | None]
    status: NotRequired[str | None]


class QuoteCreateV1Args(TypedDict):
    data: QuotesQuoteDraft


class QuoteCreateV1Data(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    items: list[QuotesItem]
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None

QuoteCreateV1ErrorCode: TypeAlias = BusErrorCode
QuoteCreateArgs: TypeAlias = QuoteCreateV1Args
QuoteCreateData: TypeAlias = QuoteCreateV1Data
QuoteCreateErrorCode: TypeAlias = QuoteCreateV1ErrorCode

class QuoteDeleteV1Args(TypedDict):
    id: str


class QuoteDeleteV1Data(TypedDict):
    deleted: bool
    id: str

QuoteDeleteV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "QUOTE_INVALID_STATE"]
QuoteDeleteArgs: TypeAlias = QuoteDeleteV1Args
QuoteDeleteData: TypeAlias = QuoteDeleteV1Data
QuoteDeleteErrorCode: TypeAlias = QuoteDeleteV1ErrorCode

class QuoteExportPdfV1Args(TypedDict):
    id: str


class QuoteExportPdfV1Data(TypedDict):
    byte_size: int
    content_base64: str
    content_type: Literal["application/pdf"]
    file_name: str
    quote_id: str
    sha256: str

QuoteExportPdfV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
QuoteExportPdfArgs: TypeAlias = QuoteExportPdfV1Args
QuoteExportPdfData: TypeAlias = QuoteExportPdfV1Data
QuoteExportPdfErrorCode: TypeAlias = QuoteExportPdfV1ErrorCode

class QuoteGetV1Args(TypedDict):
    id: str


class QuoteGetV1Data(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    items: list[QuotesItem]
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None

QuoteGetV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
QuoteGetArgs: TypeAlias = QuoteGetV1Args
QuoteGetData: TypeAlias = QuoteGetV1Data
QuoteGetErrorCode: TypeAlias = QuoteGetV1ErrorCode

class QuoteItemAddV1Args(TypedDict):
    item: QuotesItemDraft
    quote_id: str


class QuoteItemAddV1Data(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    items: list[QuotesItem]
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None

QuoteItemAddV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "QUOTE_INVALID_STATE"]
QuoteItemAddArgs: TypeAlias = QuoteItemAddV1Args
QuoteItemAddData: TypeAlias = QuoteItemAddV1Data
QuoteItemAddErrorCode: TypeAlias = QuoteItemAddV1ErrorCode

class QuoteItemDeleteV1Args(TypedDict):
    item_id: str
    quote_id: str


class QuoteItemDeleteV1Data(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    items: list[QuotesItem]
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None

QuoteItemDeleteV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "QUOTE_INVALID_STATE"]
QuoteItemDeleteArgs: TypeAlias = QuoteItemDeleteV1Args
QuoteItemDeleteData: TypeAlias = QuoteItemDeleteV1Data
QuoteItemDeleteErrorCode: TypeAlias = QuoteItemDeleteV1ErrorCode

class QuoteItemUpdateV1Args(TypedDict):
    data: QuotesItemChange
    item_id: str
    quote_id: str


class QuoteItemUpdateV1Data(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    items: list[QuotesItem]
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None

QuoteItemUpdateV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "QUOTE_INVALID_STATE"]
QuoteItemUpdateArgs: TypeAlias = QuoteItemUpdateV1Args
QuoteItemUpdateData: TypeAlias = QuoteItemUpdateV1Data
QuoteItemUpdateErrorCode: TypeAlias = QuoteItemUpdateV1ErrorCode

class QuoteListV1Args(TypedDict):
    filters: NotRequired[QuotesQuoteFilters | None]


class QuoteListV1Data(TypedDict):
    items: list[QuotesListedQuote]
    limit: int
    page: int
    total_count: int
    total_pages: int

QuoteListV1ErrorCode: TypeAlias = BusErrorCode
QuoteListArgs: TypeAlias = QuoteListV1Args
QuoteListData: TypeAlias = QuoteListV1Data
QuoteListErrorCode: TypeAlias = QuoteListV1ErrorCode

class QuoteMarkAcceptedV1Args(TypedDict):
    id: str


class QuoteMarkAcceptedV1Data(TypedDict):
    quote: QuotesQuote
    task_created: QuotesCreatedTask | None

QuoteMarkAcceptedV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "QUOTE_INVALID_STATE"]
QuoteMarkAcceptedArgs: TypeAlias = QuoteMarkAcceptedV1Args
QuoteMarkAcceptedData: TypeAlias = QuoteMarkAcceptedV1Data
QuoteMarkAcceptedErrorCode: TypeAlias = QuoteMarkAcceptedV1ErrorCode

class QuoteMarkRejectedV1Args(TypedDict):
    id: str


class QuoteMarkRejectedV1Data(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    items: list[QuotesItem]
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None

QuoteMarkRejectedV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "QUOTE_INVALID_STATE"]
QuoteMarkRejectedArgs: TypeAlias = QuoteMarkRejectedV1Args
QuoteMarkRejectedData: TypeAlias = QuoteMarkRejectedV1Data
QuoteMarkRejectedErrorCode: TypeAlias = QuoteMarkRejectedV1ErrorCode

class QuoteMarkSentV1Args(TypedDict):
    id: str


class QuoteMarkSentV1Data(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    items: list[QuotesItem]
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None

QuoteMarkSentV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "QUOTE_INVALID_STATE"]
QuoteMarkSentArgs: TypeAlias = QuoteMarkSentV1Args
QuoteMarkSentData: TypeAlias = QuoteMarkSentV1Data
QuoteMarkSentErrorCode: TypeAlias = QuoteMarkSentV1ErrorCode

class QuoteUpdateV1Args(TypedDict):
    data: QuotesQuoteChange
    id: str


class QuoteUpdateV1Data(TypedDict):
    client_id: str
    created_at: int
    created_by: str
    id: str
    items: list[QuotesItem]
    notes: str | None
    quote_number: str
    status: Literal["draft", "sent", "accepted", "rejected", "expired"]
    subtotal: int
    task_id: str | None
    tax_total: int
    terms: str | None
    total: int
    updated_at: int
    valid_until: int | None
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_vin: str | None
    vehicle_year: str | None

QuoteUpdateV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "QUOTE_INVALID_STATE"]
QuoteUpdateArgs: TypeAlias = QuoteUpdateV1Args
QuoteUpdateData: TypeAlias = QuoteUpdateV1Data
QuoteUpdateErrorCode: TypeAlias = QuoteUpdateV1ErrorCode

class SyncOperation(TypedDict):
    created_at: str
    data: dict[str, JsonValue]
    dependencies: list[str]
    entity_id: str
    entity_type: Literal["task", "client", "intervention", "step", "photo", "user"]
    id: int
    last_error: str | None
    max_retries: int
    next_retry_at: str | None
    operation_type: Literal["create", "update", "delete"]
    retry_count: int
    status: Literal["pending", "processing", "completed", "failed", "abandoned"]
    timestamp_utc: str
    updated_at: str
    user_id: str


class SyncCleanupOldOperationsV1Args(TypedDict):
    days_old: int


class SyncCleanupOldOperationsV1Data(TypedDict):
    deleted_count: int

SyncCleanupOldOperationsV1ErrorCode: TypeAlias = BusErrorCode
SyncCleanupOldOperationsArgs: TypeAlias = SyncCleanupOldOperationsV1Args
SyncCleanupOldOperationsData: TypeAlias = SyncCleanupOldOperationsV1Data
SyncCleanupOldOperationsErrorCode: TypeAlias = SyncCleanupOldOperationsV1ErrorCode

class SyncDequeueBatchV1Args(TypedDict):
    limit: NotRequired[int | None]


class SyncDequeueBatchV1Data(TypedDict):
    items: list[SyncOperation]

SyncDequeueBatchV1ErrorCode: TypeAlias = BusErrorCode
SyncDequeueBatchArgs: TypeAlias = SyncDequeueBatchV1Args
SyncDequeueBatchData: TypeAlias = SyncDequeueBatchV1Data
SyncDequeueBatchErrorCode: TypeAlias = SyncDequeueBatchV1ErrorCode

class SyncDropOperationV1Args(TypedDict):
    operation_id: int


class SyncDropOperationV1Data(TypedDict):
    created_at: str
    data: dict[str, JsonValue]
    dependencies: list[str]
    entity_id: str
    entity_type: Literal["task", "client", "intervention", "step", "photo", "user"]
    id: int
    last_error: str | None
    max_retries: int
    next_retry_at: str | None
    operation_type: Literal["create", "update", "delete"]
    retry_count: int
    status: Literal["pending", "processing", "completed", "failed", "abandoned"]
    timestamp_utc: str
    updated_at: str
    user_id: str

SyncDropOperationV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "SYNC_INVALID_STATE"]
SyncDropOperationArgs: TypeAlias = SyncDropOperationV1Args
SyncDropOperationData: TypeAlias = SyncDropOperationV1Data
SyncDropOperationErrorCode: TypeAlias = SyncDropOperationV1ErrorCode

class SyncEnqueueV1Args(TypedDict):
    data: NotRequired[dict[str, JsonValue] | None]
    dependencies: NotRequired[list[str] | None]
    entity_id: str
    entity_type: Literal["task", "client", "intervention", "step", "photo", "user"]
    max_retries: NotRequired[int | None]
    operation_type: Literal["create", "update", "delete"]
    timestamp_utc: NotRequired[str | None]


class SyncEnqueueV1Data(TypedDict):
    created_at: str
    data: dict[str, JsonValue]
    dependencies: list[str]
    entity_id: str
    entity_type: Literal["task", "client", "intervention", "step", "photo", "user"]
    id: int
    last_error: str | None
    max_retries: int
    next_retry_at: str | None
    operation_type: Literal["create", "update", "delete"]
    retry_count: int
    status: Literal["pending", "processing", "completed", "failed", "abandoned"]
    timestamp_utc: str
    updated_at: str
    user_id: str

SyncEnqueueV1ErrorCode: TypeAlias = BusErrorCode
SyncEnqueueArgs: TypeAlias = SyncEnqueueV1Args
SyncEnqueueData: TypeAlias = SyncEnqueueV1Data
SyncEnqueueErrorCode: TypeAlias = SyncEnqueueV1ErrorCode

class SyncGetMetricsV1Args(TypedDict):
    pass


class SyncGetMetricsV1Data(TypedDict):
    abandoned_operations: int
    average_retry_count: float
    completed_operations: int
    failed_operations: int
    oldest_pending_age_seconds: int | None
    pending_operations: int
    processing_operations: int

SyncGetMetricsV1ErrorCode: TypeAlias = BusErrorCode
SyncGetMetricsArgs: TypeAlias = SyncGetMetricsV1Args
SyncGetMetricsData: TypeAlias = SyncGetMetricsV1Data
SyncGetMetricsErrorCode: TypeAlias = SyncGetMetricsV1ErrorCode

class SyncGetOperationV1Args(TypedDict):
    operation_id: int


class SyncGetOperationV1Data(TypedDict):
    created_at: str
    data: dict[str, JsonValue]
    dependencies: list[str]
    entity_id: str
    entity_type: Literal["task", "client", "intervention", "step", "photo", "user"]
    id: int
    last_error: str | None
    max_retries: int
    next_retry_at: str | None
    operation_type: Literal["create", "update", "delete"]
    retry_count: int
    status: Literal["pending", "processing", "completed", "failed", "abandoned"]
    timestamp_utc: str
    updated_at: str
    user_id: str

SyncGetOperationV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
SyncGetOperationArgs: TypeAlias = SyncGetOperationV1Args
SyncGetOperationData: TypeAlias = SyncGetOperationV1Data
SyncGetOperationErrorCode: TypeAlias = SyncGetOperationV1ErrorCode

class SyncGetOperationsForEntityV1Args(TypedDict):
    entity_id: str
    entity_type: Literal["task", "client", "intervention", "step", "photo", "user"]


class SyncGetOperationsForEntityV1Data(TypedDict):
    items: list[SyncOperation]
    total_count: int

SyncGetOperationsForEntityV1ErrorCode: TypeAlias = BusErrorCode
SyncGetOperationsForEntityArgs: TypeAlias = SyncGetOperationsForEntityV1Args
SyncGetOperationsForEntityData: TypeAlias = SyncGetOperationsForEntityV1Data
SyncGetOperationsForEntityErrorCode: TypeAlias = SyncGetOperationsForEntityV1ErrorCode

class SyncGetStatusV1Args(TypedDict):
    pass


class SyncGetStatusV1Data(TypedDict):
    errors: list[str]
    failed_operations: int
    is_running: bool
    is_syncing: bool
    last_sync: int | None
    last_sync_at: int | None
    network_available: bool
    pending_operations: int
    total_operations: int
    workers: int | None

SyncGetStatusV1ErrorCode: TypeAlias = BusErrorCode
SyncGetStatusArgs: TypeAlias = SyncGetStatusV1Args
SyncGetStatusData: TypeAlias = SyncGetStatusV1Data
SyncGetStatusErrorCode: TypeAlias = SyncGetStatusV1ErrorCode

class SyncMarkCompletedV1Args(TypedDict):
    operation_id: int


class SyncMarkCompletedV1Data(TypedDict):
    created_at: str
    data: dict[str, JsonValue]
    dependencies: list[str]
    entity_id: str
    entity_type: Literal["task", "client", "intervention", "step", "photo", "user"]
    id: int
    last_error: str | None
    max_retries: int
    next_retry_at: str | None
    operation_type: Literal["create", "update", "delete"]
    retry_count: int
    status: Literal["pending", "processing", "completed", "failed", "abandoned"]
    timestamp_utc: str
    updated_at: str
    user_id: str

SyncMarkCompletedV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "SYNC_INVALID_STATE"]
SyncMarkCompletedArgs: TypeAlias = SyncMarkCompletedV1Args
SyncMarkCompletedData: TypeAlias = SyncMarkCompletedV1Data
SyncMarkCompletedErrorCode: TypeAlias = SyncMarkCompletedV1ErrorCode

class SyncMarkFailedV1Args(TypedDict):
    error: str
    operation_id: int


class SyncMarkFailedV1Data(TypedDict):
    created_at: str
    data: dict[str, JsonValue]
    dependencies: list[str]
    entity_id: str
    entity_type: Literal["task", "client", "intervention", "step", "photo", "user"]
    id: int
    last_error: str | None
    max_retries: int
    next_retry_at: str | None
    operation_type: Literal["create", "update", "delete"]
    retry_count: int
    status: Literal["pending", "processing", "completed", "failed", "abandoned"]
    timestamp_utc: str
    updated_at: str
    user_id: str

SyncMarkFailedV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "SYNC_INVALID_STATE"]
SyncMarkFailedArgs: TypeAlias = SyncMarkFailedV1Args
SyncMarkFailedData: TypeAlias = SyncMarkFailedV1Data
SyncMarkFailedErrorCode: TypeAlias = SyncMarkFailedV1ErrorCode

class SyncNowV1Args(TypedDict):
    pass


class SyncNowV1Data(TypedDict):
    duration_ms: int
    errors: list[str]
    failed_operations: int
    processed_operations: int
    successful_operations: int

SyncNowV1ErrorCode: TypeAlias = BusErrorCode | Literal["SYNC_UNAVAILABLE"]
SyncNowArgs: TypeAlias = SyncNowV1Args
SyncNowData: TypeAlias = SyncNowV1Data
SyncNowErrorCode: TypeAlias = SyncNowV1ErrorCode

class SyncRetryOperationV1Args(TypedDict):
    operation_id: int


class SyncRetryOperationV1Data(TypedDict):
    created_at: str
    data: dict[str, JsonValue]
    dependencies: list[str]
    entity_id: str
    entity_type: Literal["task", "client", "intervention", "step", "photo", "user"]
    id: int
    last_error: str | None
    max_retries: int
    next_retry_at: str | None
    operation_type: Literal["create", "update", "delete"]
    retry_count: int
    status: Literal["pending", "processing", "completed", "failed", "abandoned"]
    timestamp_utc: str
    updated_at: str
    user_id: str

SyncRetryOperationV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "SYNC_INVALID_STATE"]
SyncRetryOperationArgs: TypeAlias = SyncRetryOperationV1Args
SyncRetryOperationData: TypeAlias = SyncRetryOperationV1Data
SyncRetryOperationErrorCode: TypeAlias = SyncRetryOperationV1ErrorCode

class SyncStartBackgroundServiceV1Args(TypedDict):
    pass


class SyncStartBackgroundServiceV1Data(TypedDict):
    is_running: bool

SyncStartBackgroundServiceV1ErrorCode: TypeAlias = BusErrorCode | Literal["SYNC_ALREADY_RUNNING"]
SyncStartBackgroundServiceArgs: TypeAlias = SyncStartBackgroundServiceV1Args
SyncStartBackgroundServiceData: TypeAlias = SyncStartBackgroundServiceV1Data
SyncStartBackgroundServiceErrorCode: TypeAlias = SyncStartBackgroundServiceV1ErrorCode

class SyncStopBackgroundServiceV1Args(TypedDict):
    pass


class SyncStopBackgroundServiceV1Data(TypedDict):
    is_running: bool

SyncStopBackgroundServiceV1ErrorCode: TypeAlias = BusErrorCode
SyncStopBackgroundServiceArgs: TypeAlias = SyncStopBackgroundServiceV1Args
SyncStopBackgroundServiceData: TypeAlias = SyncStopBackgroundServiceV1Data
SyncStopBackgroundServiceErrorCode: TypeAlias = SyncStopBackgroundServiceV1ErrorCode

class TasksHistoryEntry(TypedDict):
    changed_at: int
    changed_by: str
    id: str
    new_status: str
    old_status: str | None
    reason: str | None
    task_id: str


class TasksRefusedRow(TypedDict):
    code: str
    fields: dict[str, list[str]]
    line: int
    message: str


class TasksStatistics(TypedDict):
    completed: int
    in_progress: int
    overdue: int
    pending: int
    total: int


class TasksTask(TypedDict):
    actual_duration: int | None
    assigned_at: int | None
    assigned_by: str | None
    checklist_completed: bool
    client_id: str | None
    completed_at: int | None
    created_at: int
    created_by: str
    current_workflow_step_id: str | None
    custom_ppf_zones: list[str]
    customer_address: str | None
    customer_email: str | None
    customer_name: str | None
    customer_phone: str | None
    date_rdv: str | None
    description: str | None
    end_time: str | None
    estimated_duration: int | None
    external_id: str | None
    heure_rdv: str | None
    id: str
    lot_film: str | None
    notes: str | None
    ppf_zones: list[str]
    priority: Literal["low", "medium", "high", "urgent"]
    scheduled_date: str
    start_time: str | None
    started_at: int | None
    status: Literal["draft", "pending", "scheduled", "assigned", "in_progress", "paused", "on_hold", "completed", "overdue", "failed", "invalid", "cancelled", "archived"]
    tags: list[str]
    task_number: str
    technician_id: str | None
    title: str
    updated_at: int
    updated_by: str
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_year: str | None
    vin: str | None
    workflow_id: str | None


class TasksTaskChange(TypedDict):
    actual_duration: NotRequired[int | None]
    checklist_completed: NotRequired[bool]
    client_id: NotRequired[str | None]
    created_by: NotRequired[JsonValue]
    creator_id: NotRequired[JsonValue]
    custom_ppf_zones: NotRequired[list[str]]
    customer_address: NotRequired[str | None]
    customer_email: NotRequired[str | None]
    customer_name: NotRequired[str | None]
    customer_phone: NotRequired[str | None]
    date_rdv: NotRequired[str | None]
    description: NotRequired[str | None]
    end_time: NotRequired[str | None]
    estimated_duration: NotRequired[int | None]
    external_id: NotRequired[str | None]
    heure_rdv: NotRequired[str | None]
    lot_film: NotRequired[str | None]
    note: NotRequired[str | None]
    notes: NotRequired[str | None]
    ppf_zones: NotRequired[list[str]]
    priority: NotRequired[str]
    scheduled_date: NotRequired[str]
    start_time: NotRequired[str | None]
    status: NotRequired[str]
    tags: NotRequired[list[str] | str]
    technician_id: NotRequired[str | None]
    title: NotRequired[str]
    vehicle_make: NotRequired[str | None]
    vehicle_model: NotRequired[str]
    vehicle_plate: NotRequired[str]
    vehicle_year: NotRequired[int | str | None]
    vin: NotRequired[str | None]


class TasksTaskConditions(TypedDict):
    client_id: NotRequired[str | None]
    from_date: NotRequired[str | None]
    priority: NotRequired[str | None]
    search: NotRequired[str | None]
    status: NotRequired[str | None]
    technician_id: NotRequired[str | None]
    to_date: NotRequired[str | None]


class AddTaskNoteV1Args(TypedDict):
    note: str
    task_id: str


class AddTaskNoteV1Data(TypedDict):
    actual_duration: int | None
    assigned_at: int | None
    assigned_by: str | None
    checklist_completed: bool
    client_id: str | None
    completed_at: int | None
    created_at: int
    created_by: str
    current_workflow_step_id: str | None
    custom_ppf_zones: list[str]
    customer_address: str | None
    customer_email: str | None
    customer_name: str | None
    customer_phone: str | None
    date_rdv: str | None
    description: str | None
    end_time: str | None
    estimated_duration: int | None
    external_id: str | None
    heure_rdv: str | None
    id: str
    lot_film: str | None
    notes: str | None
    ppf_zones: list[str]
    priority: Literal["low", "medium", "high", "urgent"]
    scheduled_date: str
    start_time: str | None
    started_at: int | None
    status: Literal["draft", "pending", "scheduled", "assigned", "in_progress", "paused", "on_hold", "completed", "overdue", "failed", "invalid", "cancelled", "archived"]
    tags: list[str]
    task_number: str
    technician_id: str | None
    title: str
    updated_at: int
    updated_by: str
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_year: str | None
    vin: str | None
    workflow_id: str | None

AddTaskNoteV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
AddTaskNoteArgs: TypeAlias = AddTaskNoteV1Args
AddTaskNoteData: TypeAlias = AddTaskNoteV1Data
AddTaskNoteErrorCode: TypeAlias = AddTaskNoteV1ErrorCode

class CheckTaskAssignmentV1Args(TypedDict):
    task_id: str
    user_id: str


class CheckTaskAssignmentV1Data(TypedDict):
    reason: str | None
    status: Literal["available", "unavailable", "restricted", "assigned"]
    task_id: str
    user_id: str

CheckTaskAssignmentV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
CheckTaskAssignmentArgs: TypeAlias = CheckTaskAssignmentV1Args
CheckTaskAssignmentData: TypeAlias = CheckTaskAssignmentV1Data
CheckTaskAssignmentErrorCode: TypeAlias = CheckTaskAssignmentV1ErrorCode

class CheckTaskAvailabilityV1Args(TypedDict):
    end_time: NotRequired[str | None]
    scheduled_date: NotRequired[str | None]
    start_time: NotRequired[str | None]
    task_id: str
    technician_id: NotRequired[str | None]


class CheckTaskAvailabilityV1Data(TypedDict):
    reason: str | None
    status: Literal["available", "unavailable", "scheduled_conflict", "locked", "material_unavailable"]
    task_id: str

CheckTaskAvailabilityV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
CheckTaskAvailabilityArgs: TypeAlias = CheckTaskAvailabilityV1Args
CheckTaskAvailabilityData: TypeAlias = CheckTaskAvailabilityV1Data
CheckTaskAvailabilityErrorCode: TypeAlias = CheckTaskAvailabilityV1ErrorCode

class DelayTaskV1Args(TypedDict):
    additional_notes: NotRequired[str | None]
    new_scheduled_date: str
    reason: str
    task_id: str


class DelayTaskV1Data(TypedDict):
    actual_duration: int | None
    assigned_at: int | None
    assigned_by: str | None
    checklist_completed: bool
    client_id: str | None
    completed_at: int | None
    created_at: int
    created_by: str
    current_workflow_step_id: str | None
    custom_ppf_zones: list[str]
    customer_address: str | None
    customer_email: str | None
    customer_name: str | None
    customer_phone: str | None
    date_rdv: str | None
    description: str | None
    end_time: str | None
    estimated_duration: int | None
    external_id: str | None
    heure_rdv: str | None
    id: str
    lot_film: str | None
    notes: str | None
    ppf_zones: list[str]
    priority: Literal["low", "medium", "high", "urgent"]
    scheduled_date: str
    start_time: str | None
    started_at: int | None
    status: Literal["draft", "pending", "scheduled", "assigned", "in_progress", "paused", "on_hold", "completed", "overdue", "failed", "invalid", "cancelled", "archived"]
    tags: list[str]
    task_number: str
    technician_id: str | None
    title: str
    updated_at: int
    updated_by: str
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_year: str | None
    vin: str | None
    workflow_id: str | None

DelayTaskV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "TASK_NOT_SCHEDULABLE"]
DelayTaskArgs: TypeAlias = DelayTaskV1Args
DelayTaskData: TypeAlias = DelayTaskV1Data
DelayTaskErrorCode: TypeAlias = DelayTaskV1ErrorCode

class EditTaskV1Args(TypedDict):
    data: TasksTaskChange
    task_id: str


class EditTaskV1Data(TypedDict):
    actual_duration: int | None
    assigned_at: int | None
    assigned_by: str | None
    checklist_completed: bool
    client_id: str | None
    completed_at: int | None
    created_at: int
    created_by: str
    current_workflow_step_id: str | None
    custom_ppf_zones: list[str]
    customer_address: str | None
    customer_email: str | None
    customer_name: str | None
    customer_phone: str | None
    date_rdv: str | None
    description: str | None
    end_time: str | None
    estimated_duration: int | None
    external_id: str | None
    heure_rdv: str | None
    id: str
    lot_film: str | None
    notes: str | None
    ppf_zones: list[str]
    priority: Literal["low", "medium", "high", "urgent"]
    scheduled_date: str
    start_time: str | None
    started_at: int | None
    status: Literal["draft", "pending", "scheduled", "assigned", "in_progress", "paused", "on_hold", "completed", "overdue", "failed", "invalid", "cancelled", "archived"]
    tags: list[str]
    task_number: str
    technician_id: str | None
    title: str
    updated_at: int
    updated_by: str
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_year: str | None
    vin: str | None
    workflow_id: str | None

EditTaskV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "TASK_ASSIGNMENT_CONFLICT", "TASK_INVALID_TRANSITION"]
EditTaskArgs: TypeAlias = EditTaskV1Args
EditTaskData: TypeAlias = EditTaskV1Data
EditTaskErrorCode: TypeAlias = EditTaskV1ErrorCode

class TaskCrudV1Args(TypedDict):
    action: dict[str, JsonValue] | str


class TaskCrudV1Data(TypedDict):
    id: NotRequired[str]
    items: NotRequired[list[TasksTask]]
    limit: NotRequired[int]
    page: NotRequired[int]
    statistics: NotRequired[TasksStatistics]
    task: NotRequired[TasksTask]
    total_count: NotRequired[int]
    total_pages: NotRequired[int]
    type: str

TaskCrudV1ErrorCode: TypeAlias = BusErrorCode | Literal["INTERVENTION_ALREADY_ACTIVE", "NOT_FOUND", "TASK_ASSIGNMENT_CONFLICT", "TASK_DUPLICATE_NUMBER", "TASK_INVALID_TRANSITION"]
TaskCrudArgs: TypeAlias = TaskCrudV1Args
TaskCrudData: TypeAlias = TaskCrudV1Data
TaskCrudErrorCode: TypeAlias = TaskCrudV1ErrorCode

class TaskExportCsvV1Args(TypedDict):
    filters: NotRequired[TasksTaskConditions | None]


class TaskExportCsvV1Data(TypedDict):
    content: str
    count: int

TaskExportCsvV1ErrorCode: TypeAlias = BusErrorCode
TaskExportCsvArgs: TypeAlias = TaskExportCsvV1Args
TaskExportCsvData: TypeAlias = TaskExportCsvV1Data
TaskExportCsvErrorCode: TypeAlias = TaskExportCsvV1ErrorCode

class TaskGetHistoryV1Args(TypedDict):
    limit: NotRequired[int | None]
    page: NotRequired[int | None]
    task_id: str


class TaskGetHistoryV1Data(TypedDict):
    items: list[TasksHistoryEntry]
    limit: int
    page: int
    total_count: int
    total_pages: int

TaskGetHistoryV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
TaskGetHistoryArgs: TypeAlias = TaskGetHistoryV1Args
TaskGetHistoryData: TypeAlias = TaskGetHistoryV1Data
TaskGetHistoryErrorCode: TypeAlias = TaskGetHistoryV1ErrorCode

class TaskImportCsvV1Args(TypedDict):
    content: str
    keep_rows: NotRequired[str]


class TaskImportCsvV1Data(TypedDict):
    created: int
    refused: list[TasksRefusedRow]
    total: int

TaskImportCsvV1ErrorCode: TypeAlias = BusErrorCode
TaskImportCsvArgs: TypeAlias = TaskImportCsvV1Args
TaskImportCsvData: TypeAlias = TaskImportCsvV1Data
TaskImportCsvErrorCode: TypeAlias = TaskImportCsvV1ErrorCode

class TaskTransitionStatusV1Args(TypedDict):
    new_status: str
    reason: NotRequired[str | None]
    task_id: str


class TaskTransitionStatusV1Data(TypedDict):
    actual_duration: int | None
    assigned_at: int | None
    assigned_by: str | None
    checklist_completed: bool
    client_id: str | None
    completed_at: int | None
    created_at: int
    created_by: str
    current_workflow_step_id: str | None
    custom_ppf_zones: list[str]
    customer_address: str | None
    customer_email: str | None
    customer_name: str | None
    customer_phone: str | None
    date_rdv: str | None
    description: str | None
    end_time: str | None
    estimated_duration: int | None
    external_id: str | None
    heure_rdv: str | None
    id: str
    lot_film: str | None
    notes: str | None
    ppf_zones: list[str]
    priority: Literal["low", "medium", "high", "urgent"]
    scheduled_date: str
    start_time: str | None
    started_at: int | None
    status: Literal["draft", "pending", "scheduled", "assigned", "in_progress", "paused", "on_hold", "completed", "overdue", "failed", "invalid", "cancelled", "archived"]
    tags: list[str]
    task_number: str
    technician_id: str | None
    title: str
    updated_at: int
    updated_by: str
    vehicle_make: str | None
    vehicle_model: str | None
    vehicle_plate: str | None
    vehicle_year: str | None
    vin: str | None
    workflow_id: str | None

TaskTransitionStatusV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND", "TASK_INVALID_TRANSITION"]
TaskTransitionStatusArgs: TypeAlias = TaskTransitionStatusV1Args
TaskTransitionStatusData: TypeAlias = TaskTransitionStatusV1Data
TaskTransitionStatusErrorCode: TypeAlias = TaskTransitionStatusV1ErrorCode

class ValidateTaskAssignmentChangeV1Args(TypedDict):
    new_user_id: str
    old_user_id: NotRequired[str | None]
    task_id: str


class ValidateTaskAssignmentChangeV1Data(TypedDict):
    errors: list[str]
    is_valid: bool
    warnings: list[str]

ValidateTaskAssignmentChangeV1ErrorCode: TypeAlias = BusErrorCode | Literal["NOT_FOUND"]
ValidateTaskAssignmentChangeArgs: TypeAlias = ValidateTaskAssignmentChangeV1Args
ValidateTaskAssignmentChangeData: TypeAlias = ValidateTaskAssignmentChangeV1Data
ValidateTaskAssignmentChangeErrorCode: TypeAlias = ValidateTaskAssignmentChangeV1ErrorCode

class Options(TypedDict, total=False):
    """How a command is called, beside its arguments."""

    session_token: str | None
    correlation_id: str | None
    idempotency_key: str | None
    mode: Literal["sync", "queue"] | None
    delay_ms: int | None
    run_at: int | None
    priority: int | None


class Answer(Protocol[Data_co, Code_co]):
    """An envelope."""

    @property
    def ok(self) -> bool: ...
    @property
    def command(self) -> str | None: ...
    @property
    def version(self) -> int | None: ...
    @property
    def data(self) -> Data_co | None: ...
    @property
    def code(self) -> Code_co | None: ...
    @property
    def error(self) -> dict[str, Any] | None: ...
    @property
    def warnings(self) -> list[str]: ...
    @property
    def correlation_id(self) -> str: ...
    @property
    def job(self) -> dict[str, Any] | None: ...


def typed(caller: Any) -> Commands:
    """The same bus or client; type checkers know its commands."""
    return caller


class Commands(Protocol):
    """Whatever answers commands."""

    @overload
    def call(self, command: Literal["command_describe", "command_describe@1"], args: CommandDescribeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CommandDescribeV1Data, CommandDescribeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["command_list", "command_list@1"], args: CommandListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CommandListV1Data, CommandListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["command_pause", "command_pause@1"], args: CommandPauseV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CommandPauseV1Data, CommandPauseV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["command_resume", "command_resume@1"], args: CommandResumeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CommandResumeV1Data, CommandResumeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["flow_advance", "flow_advance@1"], args: FlowAdvanceV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[FlowAdvanceV1Data, FlowAdvanceV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["flow_cancel", "flow_cancel@1"], args: FlowCancelV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[FlowCancelV1Data, FlowCancelV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["flow_get", "flow_get@1"], args: FlowGetV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[FlowGetV1Data, FlowGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["flow_list", "flow_list@1"], args: FlowListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[FlowListV1Data, FlowListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["flow_start", "flow_start@1"], args: FlowStartV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[FlowStartV1Data, FlowStartV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["job_cancel", "job_cancel@1"], args: JobCancelV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[JobCancelV1Data, JobCancelV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["job_drop", "job_drop@1"], args: JobDropV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[JobDropV1Data, JobDropV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["job_get", "job_get@1"], args: JobGetV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[JobGetV1Data, JobGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["job_groups", "job_groups@1"], args: JobGroupsV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[JobGroupsV1Data, JobGroupsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["job_list", "job_list@1"], args: JobListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[JobListV1Data, JobListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["job_retry", "job_retry@1"], args: JobRetryV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[JobRetryV1Data, JobRetryV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["job_why", "job_why@1"], args: JobWhyV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[JobWhyV1Data, JobWhyV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["pause_list", "pause_list@1"], args: PauseListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[PauseListV1Data, PauseListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["queue_list", "queue_list@1"], args: QueueListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QueueListV1Data, QueueListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["queue_pause", "queue_pause@1"], args: QueuePauseV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QueuePauseV1Data, QueuePauseV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["queue_resume", "queue_resume@1"], args: QueueResumeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QueueResumeV1Data, QueueResumeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["schedule_add", "schedule_add@1"], args: ScheduleAddV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ScheduleAddV1Data, ScheduleAddV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["schedule_list", "schedule_list@1"], args: ScheduleListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ScheduleListV1Data, ScheduleListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["schedule_next", "schedule_next@1"], args: ScheduleNextV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ScheduleNextV1Data, ScheduleNextV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["schedule_pause", "schedule_pause@1"], args: SchedulePauseV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SchedulePauseV1Data, SchedulePauseV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["schedule_remove", "schedule_remove@1"], args: ScheduleRemoveV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ScheduleRemoveV1Data, ScheduleRemoveV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["schedule_resume", "schedule_resume@1"], args: ScheduleResumeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ScheduleResumeV1Data, ScheduleResumeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["system_health", "system_health@1"], args: SystemHealthV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SystemHealthV1Data, SystemHealthV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["worker_list", "worker_list@1"], args: WorkerListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[WorkerListV1Data, WorkerListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["calendar_check_conflicts", "calendar_check_conflicts@1"], args: CalendarCheckConflictsV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CalendarCheckConflictsV1Data, CalendarCheckConflictsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["calendar_get_tasks", "calendar_get_tasks@1"], args: CalendarGetTasksV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CalendarGetTasksV1Data, CalendarGetTasksV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["calendar_schedule_task", "calendar_schedule_task@1"], args: CalendarScheduleTaskV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CalendarScheduleTaskV1Data, CalendarScheduleTaskV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["create_event", "create_event@1"], args: CreateEventV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CreateEventV1Data, CreateEventV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["delete_event", "delete_event@1"], args: DeleteEventV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DeleteEventV1Data, DeleteEventV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_event_by_id", "get_event_by_id@1"], args: GetEventByIdV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetEventByIdV1Data, GetEventByIdV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_events", "get_events@1"], args: GetEventsV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetEventsV1Data, GetEventsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_events_for_task", "get_events_for_task@1"], args: GetEventsForTaskV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetEventsForTaskV1Data, GetEventsForTaskV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_events_for_technician", "get_events_for_technician@1"], args: GetEventsForTechnicianV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetEventsForTechnicianV1Data, GetEventsForTechnicianV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["update_event", "update_event@1"], args: UpdateEventV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[UpdateEventV1Data, UpdateEventV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["client_crud", "client_crud@1"], args: ClientCrudV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ClientCrudV1Data, ClientCrudV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["client_export_csv", "client_export_csv@1"], args: ClientExportCsvV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ClientExportCsvV1Data, ClientExportCsvV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["client_import_csv", "client_import_csv@1"], args: ClientImportCsvV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ClientImportCsvV1Data, ClientImportCsvV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.agents.findByEffort", "db.agents.findByEffort@1"], args: DbAgentsFindByEffortV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbAgentsFindByEffortV1Data, DbAgentsFindByEffortV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.agents.get", "db.agents.get@1"], args: DbAgentsGetV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbAgentsGetV1Data, DbAgentsGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.agents.list", "db.agents.list@1"], args: DbAgentsListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbAgentsListV1Data, DbAgentsListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.agents.register", "db.agents.register@1"], args: DbAgentsRegisterV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbAgentsRegisterV1Data, DbAgentsRegisterV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.agents.updateStatus", "db.agents.updateStatus@1"], args: DbAgentsUpdateStatusV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbAgentsUpdateStatusV1Data, DbAgentsUpdateStatusV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.effort.findActive", "db.effort.findActive@1"], args: DbEffortFindActiveV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbEffortFindActiveV1Data, DbEffortFindActiveV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.effort.finish", "db.effort.finish@1"], args: DbEffortFinishV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbEffortFinishV1Data, DbEffortFinishV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.effort.get", "db.effort.get@1"], args: DbEffortGetV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbEffortGetV1Data, DbEffortGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.effort.getMetadata", "db.effort.getMetadata@1"], args: DbEffortGetMetadataV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbEffortGetMetadataV1Data, DbEffortGetMetadataV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.effort.history", "db.effort.history@1"], args: DbEffortHistoryV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbEffortHistoryV1Data, DbEffortHistoryV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.effort.list", "db.effort.list@1"], args: DbEffortListV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbEffortListV1Data, DbEffortListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.effort.phase", "db.effort.phase@1"], args: DbEffortPhaseV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbEffortPhaseV1Data, DbEffortPhaseV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.effort.start", "db.effort.start@1"], args: DbEffortStartV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbEffortStartV1Data, DbEffortStartV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.effort.updateMetadata", "db.effort.updateMetadata@1"], args: DbEffortUpdateMetadataV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbEffortUpdateMetadataV1Data, DbEffortUpdateMetadataV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.fleet.status", "db.fleet.status@1"], args: DbFleetStatusV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbFleetStatusV1Data, DbFleetStatusV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.messages.append", "db.messages.append@1"], args: DbMessagesAppendV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbMessagesAppendV1Data, DbMessagesAppendV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.messages.list", "db.messages.list@1"], args: DbMessagesListV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbMessagesListV1Data, DbMessagesListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.messages.upsert", "db.messages.upsert@1"], args: DbMessagesUpsertV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbMessagesUpsertV1Data, DbMessagesUpsertV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.project.find", "db.project.find@1"], args: DbProjectFindV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbProjectFindV1Data, DbProjectFindV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.project.upsert", "db.project.upsert@1"], args: DbProjectUpsertV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbProjectUpsertV1Data, DbProjectUpsertV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.find", "db.session.find@1"], args: DbSessionFindV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSessionFindV1Data, DbSessionFindV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.finish", "db.session.finish@1"], args: DbSessionFinishV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSessionFinishV1Data, DbSessionFinishV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.get", "db.session.get@1"], args: DbSessionGetV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSessionGetV1Data, DbSessionGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.heartbeat@1"], args: DbSessionHeartbeatV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSessionHeartbeatV1Data, DbSessionHeartbeatV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.heartbeat"], args: DbSessionHeartbeatV1Args, *, version: Literal[1], **options: Unpack[Options]) -> Answer[DbSessionHeartbeatV1Data, DbSessionHeartbeatV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.heartbeat", "db.session.heartbeat@2"], args: DbSessionHeartbeatV2Args, *, version: Literal[2] | None = None, **options: Unpack[Options]) -> Answer[DbSessionHeartbeatV2Data, DbSessionHeartbeatV2ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.listStale", "db.session.listStale@1"], args: DbSessionListStaleV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSessionListStaleV1Data, DbSessionListStaleV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.setTranscript", "db.session.setTranscript@1"], args: DbSessionSetTranscriptV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSessionSetTranscriptV1Data, DbSessionSetTranscriptV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.start", "db.session.start@1"], args: DbSessionStartV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSessionStartV1Data, DbSessionStartV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.updateContextUsage", "db.session.updateContextUsage@1"], args: DbSessionUpdateContextUsageV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSessionUpdateContextUsageV1Data, DbSessionUpdateContextUsageV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.session.updateLoadedFiles", "db.session.updateLoadedFiles@1"], args: DbSessionUpdateLoadedFilesV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSessionUpdateLoadedFilesV1Data, DbSessionUpdateLoadedFilesV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.skills.delete", "db.skills.delete@1"], args: DbSkillsDeleteV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSkillsDeleteV1Data, DbSkillsDeleteV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.skills.find", "db.skills.find@1"], args: DbSkillsFindV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSkillsFindV1Data, DbSkillsFindV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.skills.get", "db.skills.get@1"], args: DbSkillsGetV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSkillsGetV1Data, DbSkillsGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.skills.list", "db.skills.list@1"], args: DbSkillsListV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSkillsListV1Data, DbSkillsListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.skills.upsert@1"], args: DbSkillsUpsertV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbSkillsUpsertV1Data, DbSkillsUpsertV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.skills.upsert"], args: DbSkillsUpsertV1Args, *, version: Literal[1], **options: Unpack[Options]) -> Answer[DbSkillsUpsertV1Data, DbSkillsUpsertV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.skills.upsert", "db.skills.upsert@2"], args: DbSkillsUpsertV2Args, *, version: Literal[2] | None = None, **options: Unpack[Options]) -> Answer[DbSkillsUpsertV2Data, DbSkillsUpsertV2ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.task.find", "db.task.find@1"], args: DbTaskFindV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbTaskFindV1Data, DbTaskFindV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.task.list", "db.task.list@1"], args: DbTaskListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbTaskListV1Data, DbTaskListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.task.upsert@1"], args: DbTaskUpsertV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DbTaskUpsertV1Data, DbTaskUpsertV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.task.upsert"], args: DbTaskUpsertV1Args, *, version: Literal[1], **options: Unpack[Options]) -> Answer[DbTaskUpsertV1Data, DbTaskUpsertV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["db.task.upsert", "db.task.upsert@2"], args: DbTaskUpsertV2Args, *, version: Literal[2] | None = None, **options: Unpack[Options]) -> Answer[DbTaskUpsertV2Data, DbTaskUpsertV2ErrorCode]: ...
    @overload
    def call(self, command: Literal["acknowledge_security_alert", "acknowledge_security_alert@1"], args: AcknowledgeSecurityAlertV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[AcknowledgeSecurityAlertV1Data, AcknowledgeSecurityAlertV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["auth_create_account", "auth_create_account@1"], args: AuthCreateAccountV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[AuthCreateAccountV1Data, AuthCreateAccountV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["auth_login", "auth_login@1"], args: AuthLoginV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[AuthLoginV1Data, AuthLoginV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["auth_logout", "auth_logout@1"], args: AuthLogoutV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[AuthLogoutV1Data, AuthLogoutV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["auth_refresh_token", "auth_refresh_token@1"], args: AuthRefreshTokenV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[AuthRefreshTokenV1Data, AuthRefreshTokenV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["auth_validate_session", "auth_validate_session@1"], args: AuthValidateSessionV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[AuthValidateSessionV1Data, AuthValidateSessionV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["ban_user", "ban_user@1"], args: BanUserV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[BanUserV1Data, BanUserV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["bootstrap_first_admin", "bootstrap_first_admin@1"], args: BootstrapFirstAdminV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[BootstrapFirstAdminV1Data, BootstrapFirstAdminV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["change_user_password", "change_user_password@1"], args: ChangeUserPasswordV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ChangeUserPasswordV1Data, ChangeUserPasswordV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["change_user_role", "change_user_role@1"], args: ChangeUserRoleV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ChangeUserRoleV1Data, ChangeUserRoleV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["create_user", "create_user@1"], args: CreateUserV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CreateUserV1Data, CreateUserV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["delete_user", "delete_user@1"], args: DeleteUserV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DeleteUserV1Data, DeleteUserV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["disable_2fa", "disable_2fa@1"], args: Disable2faV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[Disable2faV1Data, Disable2faV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["enable_2fa", "enable_2fa@1"], args: Enable2faV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[Enable2faV1Data, Enable2faV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_active_sessions", "get_active_sessions@1"], args: GetActiveSessionsV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetActiveSessionsV1Data, GetActiveSessionsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_security_alerts", "get_security_alerts@1"], args: GetSecurityAlertsV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetSecurityAlertsV1Data, GetSecurityAlertsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_security_events", "get_security_events@1"], args: GetSecurityEventsV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetSecurityEventsV1Data, GetSecurityEventsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_security_metrics", "get_security_metrics@1"], args: GetSecurityMetricsV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetSecurityMetricsV1Data, GetSecurityMetricsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_session_timeout_config", "get_session_timeout_config@1"], args: GetSessionTimeoutConfigV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetSessionTimeoutConfigV1Data, GetSessionTimeoutConfigV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_user", "get_user@1"], args: GetUserV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetUserV1Data, GetUserV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["get_users", "get_users@1"], args: GetUsersV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[GetUsersV1Data, GetUsersV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["has_admins", "has_admins@1"], args: HasAdminsV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[HasAdminsV1Data, HasAdminsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["is_2fa_enabled", "is_2fa_enabled@1"], args: Is2faEnabledV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[Is2faEnabledV1Data, Is2faEnabledV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["regenerate_backup_codes", "regenerate_backup_codes@1"], args: RegenerateBackupCodesV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[RegenerateBackupCodesV1Data, RegenerateBackupCodesV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["reset_user_password", "reset_user_password@1"], args: ResetUserPasswordV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ResetUserPasswordV1Data, ResetUserPasswordV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["resolve_security_alert", "resolve_security_alert@1"], args: ResolveSecurityAlertV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ResolveSecurityAlertV1Data, ResolveSecurityAlertV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["revoke_all_sessions_except_current", "revoke_all_sessions_except_current@1"], args: RevokeAllSessionsExceptCurrentV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[RevokeAllSessionsExceptCurrentV1Data, RevokeAllSessionsExceptCurrentV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["revoke_session", "revoke_session@1"], args: RevokeSessionV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[RevokeSessionV1Data, RevokeSessionV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["service_account_create", "service_account_create@1"], args: ServiceAccountCreateV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ServiceAccountCreateV1Data, ServiceAccountCreateV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["service_account_list", "service_account_list@1"], args: ServiceAccountListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ServiceAccountListV1Data, ServiceAccountListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["service_account_revoke", "service_account_revoke@1"], args: ServiceAccountRevokeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ServiceAccountRevokeV1Data, ServiceAccountRevokeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["service_account_rotate", "service_account_rotate@1"], args: ServiceAccountRotateV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ServiceAccountRotateV1Data, ServiceAccountRotateV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["unban_user", "unban_user@1"], args: UnbanUserV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[UnbanUserV1Data, UnbanUserV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["update_session_timeout", "update_session_timeout@1"], args: UpdateSessionTimeoutV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[UpdateSessionTimeoutV1Data, UpdateSessionTimeoutV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["update_user", "update_user@1"], args: UpdateUserV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[UpdateUserV1Data, UpdateUserV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["verify_2fa_code", "verify_2fa_code@1"], args: Verify2faCodeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[Verify2faCodeV1Data, Verify2faCodeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["verify_2fa_setup", "verify_2fa_setup@1"], args: Verify2faSetupV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[Verify2faSetupV1Data, Verify2faSetupV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_advance_step", "intervention_advance_step@1"], args: InterventionAdvanceStepV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionAdvanceStepV1Data, InterventionAdvanceStepV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_cancel", "intervention_cancel@1"], args: InterventionCancelV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionCancelV1Data, InterventionCancelV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_finalize", "intervention_finalize@1"], args: InterventionFinalizeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionFinalizeV1Data, InterventionFinalizeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_get", "intervention_get@1"], args: InterventionGetV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionGetV1Data, InterventionGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_get_active_by_task", "intervention_get_active_by_task@1"], args: InterventionGetActiveByTaskV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionGetActiveByTaskV1Data, InterventionGetActiveByTaskV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_get_latest_by_task", "intervention_get_latest_by_task@1"], args: InterventionGetLatestByTaskV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionGetLatestByTaskV1Data, InterventionGetLatestByTaskV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_get_progress", "intervention_get_progress@1"], args: InterventionGetProgressV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionGetProgressV1Data, InterventionGetProgressV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_get_step", "intervention_get_step@1"], args: InterventionGetStepV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionGetStepV1Data, InterventionGetStepV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_list", "intervention_list@1"], args: InterventionListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionListV1Data, InterventionListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_pause", "intervention_pause@1"], args: InterventionPauseV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionPauseV1Data, InterventionPauseV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_resume", "intervention_resume@1"], args: InterventionResumeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionResumeV1Data, InterventionResumeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_save_step_progress", "intervention_save_step_progress@1"], args: InterventionSaveStepProgressV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionSaveStepProgressV1Data, InterventionSaveStepProgressV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["intervention_start", "intervention_start@1"], args: InterventionStartV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[InterventionStartV1Data, InterventionStartV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_create", "material_create@1"], args: MaterialCreateV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialCreateV1Data, MaterialCreateV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_create_inventory_transaction", "material_create_inventory_transaction@1"], args: MaterialCreateInventoryTransactionV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialCreateInventoryTransactionV1Data, MaterialCreateInventoryTransactionV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_delete", "material_delete@1"], args: MaterialDeleteV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialDeleteV1Data, MaterialDeleteV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_get", "material_get@1"], args: MaterialGetV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialGetV1Data, MaterialGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_get_by_sku", "material_get_by_sku@1"], args: MaterialGetBySkuV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialGetBySkuV1Data, MaterialGetBySkuV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_get_consumption_history", "material_get_consumption_history@1"], args: MaterialGetConsumptionHistoryV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialGetConsumptionHistoryV1Data, MaterialGetConsumptionHistoryV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_get_expired", "material_get_expired@1"], args: MaterialGetExpiredV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialGetExpiredV1Data, MaterialGetExpiredV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_get_intervention_consumption", "material_get_intervention_consumption@1"], args: MaterialGetInterventionConsumptionV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialGetInterventionConsumptionV1Data, MaterialGetInterventionConsumptionV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_get_intervention_summary", "material_get_intervention_summary@1"], args: MaterialGetInterventionSummaryV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialGetInterventionSummaryV1Data, MaterialGetInterventionSummaryV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_get_low_stock", "material_get_low_stock@1"], args: MaterialGetLowStockV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialGetLowStockV1Data, MaterialGetLowStockV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_get_stats", "material_get_stats@1"], args: MaterialGetStatsV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialGetStatsV1Data, MaterialGetStatsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_get_transaction_history", "material_get_transaction_history@1"], args: MaterialGetTransactionHistoryV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialGetTransactionHistoryV1Data, MaterialGetTransactionHistoryV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_list", "material_list@1"], args: MaterialListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialListV1Data, MaterialListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_record_consumption", "material_record_consumption@1"], args: MaterialRecordConsumptionV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialRecordConsumptionV1Data, MaterialRecordConsumptionV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_update", "material_update@1"], args: MaterialUpdateV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialUpdateV1Data, MaterialUpdateV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["material_update_stock", "material_update_stock@1"], args: MaterialUpdateStockV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[MaterialUpdateStockV1Data, MaterialUpdateStockV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["atom_update_status", "atom_update_status@1"], args: AtomUpdateStatusV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[AtomUpdateStatusV1Data, AtomUpdateStatusV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["calendar_list_by_range", "calendar_list_by_range@1"], args: CalendarListByRangeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CalendarListByRangeV1Data, CalendarListByRangeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["calendar_update_event", "calendar_update_event@1"], args: CalendarUpdateEventV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CalendarUpdateEventV1Data, CalendarUpdateEventV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["entry_create_note", "entry_create_note@1"], args: EntryCreateNoteV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[EntryCreateNoteV1Data, EntryCreateNoteV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["entry_create_task", "entry_create_task@1"], args: EntryCreateTaskV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[EntryCreateTaskV1Data, EntryCreateTaskV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["entry_execute", "entry_execute@1"], args: EntryExecuteV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[EntryExecuteV1Data, EntryExecuteV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["entry_parse", "entry_parse@1"], args: EntryParseV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[EntryParseV1Data, EntryParseV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["entry_schedule", "entry_schedule@1"], args: EntryScheduleV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[EntryScheduleV1Data, EntryScheduleV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["entry_search", "entry_search@1"], args: EntrySearchV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[EntrySearchV1Data, EntrySearchV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["note_create", "note_create@1"], args: NoteCreateV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[NoteCreateV1Data, NoteCreateV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["note_get", "note_get@1"], args: NoteGetV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[NoteGetV1Data, NoteGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["note_set_tags", "note_set_tags@1"], args: NoteSetTagsV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[NoteSetTagsV1Data, NoteSetTagsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["note_update", "note_update@1"], args: NoteUpdateV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[NoteUpdateV1Data, NoteUpdateV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["notes_list@1"], args: NotesListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[NotesListV1Data, NotesListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["notes_list"], args: NotesListV1Args | None = None, *, version: Literal[1], **options: Unpack[Options]) -> Answer[NotesListV1Data, NotesListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["notes_list", "notes_list@2"], args: NotesListV2Args | None = None, *, version: Literal[2] | None = None, **options: Unpack[Options]) -> Answer[NotesListV2Data, NotesListV2ErrorCode]: ...
    @overload
    def call(self, command: Literal["search_rebuild", "search_rebuild@1"], args: SearchRebuildV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SearchRebuildV1Data, SearchRebuildV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["tags_list", "tags_list@1"], args: TagsListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[TagsListV1Data, TagsListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["tasks_list_inbox", "tasks_list_inbox@1"], args: TasksListInboxV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[TasksListInboxV1Data, TasksListInboxV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["tasks_list_today", "tasks_list_today@1"], args: TasksListTodayV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[TasksListTodayV1Data, TasksListTodayV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["tasks_list_upcoming", "tasks_list_upcoming@1"], args: TasksListUpcomingV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[TasksListUpcomingV1Data, TasksListUpcomingV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["workspace_create_folder", "workspace_create_folder@1"], args: WorkspaceCreateFolderV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[WorkspaceCreateFolderV1Data, WorkspaceCreateFolderV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["workspace_create_note_ref", "workspace_create_note_ref@1"], args: WorkspaceCreateNoteRefV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[WorkspaceCreateNoteRefV1Data, WorkspaceCreateNoteRefV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["workspace_delete_folder", "workspace_delete_folder@1"], args: WorkspaceDeleteFolderV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[WorkspaceDeleteFolderV1Data, WorkspaceDeleteFolderV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["workspace_delete_large_folder", "workspace_delete_large_folder@1"], args: WorkspaceDeleteLargeFolderV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[WorkspaceDeleteLargeFolderV1Data, WorkspaceDeleteLargeFolderV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["workspace_explorer", "workspace_explorer@1"], args: WorkspaceExplorerV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[WorkspaceExplorerV1Data, WorkspaceExplorerV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["workspace_list_children", "workspace_list_children@1"], args: WorkspaceListChildrenV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[WorkspaceListChildrenV1Data, WorkspaceListChildrenV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["workspace_move_node", "workspace_move_node@1"], args: WorkspaceMoveNodeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[WorkspaceMoveNodeV1Data, WorkspaceMoveNodeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["workspace_rename_node", "workspace_rename_node@1"], args: WorkspaceRenameNodeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[WorkspaceRenameNodeV1Data, WorkspaceRenameNodeV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["notification_get_preferences", "notification_get_preferences@1"], args: NotificationGetPreferencesV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[NotificationGetPreferencesV1Data, NotificationGetPreferencesV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["notification_list", "notification_list@1"], args: NotificationListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[NotificationListV1Data, NotificationListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["notification_mark_read", "notification_mark_read@1"], args: NotificationMarkReadV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[NotificationMarkReadV1Data, NotificationMarkReadV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["notification_set_preferences", "notification_set_preferences@1"], args: NotificationSetPreferencesV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[NotificationSetPreferencesV1Data, NotificationSetPreferencesV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_create", "quote_create@1"], args: QuoteCreateV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteCreateV1Data, QuoteCreateV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_delete", "quote_delete@1"], args: QuoteDeleteV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteDeleteV1Data, QuoteDeleteV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_export_pdf", "quote_export_pdf@1"], args: QuoteExportPdfV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteExportPdfV1Data, QuoteExportPdfV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_get", "quote_get@1"], args: QuoteGetV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteGetV1Data, QuoteGetV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_item_add", "quote_item_add@1"], args: QuoteItemAddV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteItemAddV1Data, QuoteItemAddV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_item_delete", "quote_item_delete@1"], args: QuoteItemDeleteV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteItemDeleteV1Data, QuoteItemDeleteV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_item_update", "quote_item_update@1"], args: QuoteItemUpdateV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteItemUpdateV1Data, QuoteItemUpdateV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_list", "quote_list@1"], args: QuoteListV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteListV1Data, QuoteListV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_mark_accepted", "quote_mark_accepted@1"], args: QuoteMarkAcceptedV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteMarkAcceptedV1Data, QuoteMarkAcceptedV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_mark_rejected", "quote_mark_rejected@1"], args: QuoteMarkRejectedV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteMarkRejectedV1Data, QuoteMarkRejectedV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_mark_sent", "quote_mark_sent@1"], args: QuoteMarkSentV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteMarkSentV1Data, QuoteMarkSentV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["quote_update", "quote_update@1"], args: QuoteUpdateV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[QuoteUpdateV1Data, QuoteUpdateV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_cleanup_old_operations", "sync_cleanup_old_operations@1"], args: SyncCleanupOldOperationsV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncCleanupOldOperationsV1Data, SyncCleanupOldOperationsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_dequeue_batch", "sync_dequeue_batch@1"], args: SyncDequeueBatchV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncDequeueBatchV1Data, SyncDequeueBatchV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_drop_operation", "sync_drop_operation@1"], args: SyncDropOperationV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncDropOperationV1Data, SyncDropOperationV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_enqueue", "sync_enqueue@1"], args: SyncEnqueueV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncEnqueueV1Data, SyncEnqueueV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_get_metrics", "sync_get_metrics@1"], args: SyncGetMetricsV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncGetMetricsV1Data, SyncGetMetricsV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_get_operation", "sync_get_operation@1"], args: SyncGetOperationV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncGetOperationV1Data, SyncGetOperationV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_get_operations_for_entity", "sync_get_operations_for_entity@1"], args: SyncGetOperationsForEntityV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncGetOperationsForEntityV1Data, SyncGetOperationsForEntityV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_get_status", "sync_get_status@1"], args: SyncGetStatusV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncGetStatusV1Data, SyncGetStatusV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_mark_completed", "sync_mark_completed@1"], args: SyncMarkCompletedV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncMarkCompletedV1Data, SyncMarkCompletedV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_mark_failed", "sync_mark_failed@1"], args: SyncMarkFailedV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncMarkFailedV1Data, SyncMarkFailedV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_now", "sync_now@1"], args: SyncNowV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncNowV1Data, SyncNowV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_retry_operation", "sync_retry_operation@1"], args: SyncRetryOperationV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncRetryOperationV1Data, SyncRetryOperationV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_start_background_service", "sync_start_background_service@1"], args: SyncStartBackgroundServiceV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncStartBackgroundServiceV1Data, SyncStartBackgroundServiceV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["sync_stop_background_service", "sync_stop_background_service@1"], args: SyncStopBackgroundServiceV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[SyncStopBackgroundServiceV1Data, SyncStopBackgroundServiceV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["add_task_note", "add_task_note@1"], args: AddTaskNoteV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[AddTaskNoteV1Data, AddTaskNoteV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["check_task_assignment", "check_task_assignment@1"], args: CheckTaskAssignmentV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CheckTaskAssignmentV1Data, CheckTaskAssignmentV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["check_task_availability", "check_task_availability@1"], args: CheckTaskAvailabilityV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[CheckTaskAvailabilityV1Data, CheckTaskAvailabilityV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["delay_task", "delay_task@1"], args: DelayTaskV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[DelayTaskV1Data, DelayTaskV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["edit_task", "edit_task@1"], args: EditTaskV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[EditTaskV1Data, EditTaskV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["task_crud", "task_crud@1"], args: TaskCrudV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[TaskCrudV1Data, TaskCrudV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["task_export_csv", "task_export_csv@1"], args: TaskExportCsvV1Args | None = None, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[TaskExportCsvV1Data, TaskExportCsvV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["task_get_history", "task_get_history@1"], args: TaskGetHistoryV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[TaskGetHistoryV1Data, TaskGetHistoryV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["task_import_csv", "task_import_csv@1"], args: TaskImportCsvV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[TaskImportCsvV1Data, TaskImportCsvV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["task_transition_status", "task_transition_status@1"], args: TaskTransitionStatusV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[TaskTransitionStatusV1Data, TaskTransitionStatusV1ErrorCode]: ...
    @overload
    def call(self, command: Literal["validate_task_assignment_change", "validate_task_assignment_change@1"], args: ValidateTaskAssignmentChangeV1Args, *, version: Literal[1] | None = None, **options: Unpack[Options]) -> Answer[ValidateTaskAssignmentChangeV1Data, ValidateTaskAssignmentChangeV1ErrorCode]: ...
