// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject, JsonValue } from "../wire.js";

export type BusAttempt = {
  attempt: number;
  code: string;
  finished_at: number;
  message: string;
  owner: string;
  started_at: number;
};

export type BusCallbacks = {
  completion?: BusPlanned;
  failure?: BusPlanned;
  success?: BusPlanned;
};

export type BusCommandSummary = {
  access: string;
  effect: string;
  name: string;
  plugin: string;
  summary: string;
  versions: number[];
};

export type BusErrorDescription = {
  code: string;
  meaning: string;
};

export type BusFailureGroup = {
  code: string;
  command: string;
  count: number;
  newest: number;
  oldest: number;
  pattern: string;
  sample_id: string;
  state: "cancelled" | "dead" | "failed" | "queued" | "running" | "succeeded" | "scheduled";
};

export type BusFieldDescription = {
  code: string | null;
  is_nullable: boolean;
  is_required: boolean;
  name: string;
  type: string;
};

export type BusFigures = {
  finished_hour: number;
  finished_minute: number;
  letters: number | null;
  oldest_letter_ms: number | null;
  oldest_waiting_ms: number | null;
  running: number;
  scheduled: number;
  waiting: number;
  waiting_for_key: number;
};

export type BusFlowDetail = {
  correlation_id: string;
  created_at: number;
  finished_at: number | null;
  id: string;
  name: string;
  state: "running" | "ending" | "undoing" | "succeeded" | "failed" | "cancelled";
  steps: BusStepDetail[];
};

export type BusFlowSummary = {
  correlation_id: string;
  created_at: number;
  finished_at: number | null;
  id: string;
  name: string;
  state: "running" | "ending" | "undoing" | "succeeded" | "failed" | "cancelled";
};

export type BusJobDetail = {
  attempt: number;
  attempts: BusAttempt[];
  command: string;
  correlation_id: string;
  created_at: number;
  envelope: JsonObject | null;
  finished_at: number | null;
  id: string;
  is_cancelled: boolean;
  key: string | null;
  priority: number;
  progress: BusProgress | null;
  queue: string;
  run_at: number;
  started_at: number | null;
  state: "cancelled" | "dead" | "failed" | "queued" | "running" | "succeeded" | "scheduled";
  version: number;
};

export type BusJobSummary = {
  attempt: number;
  command: string;
  correlation_id: string;
  created_at: number;
  finished_at: number | null;
  id: string;
  is_cancelled: boolean;
  priority: number;
  queue: string;
  run_at: number;
  started_at: number | null;
  state: "cancelled" | "dead" | "failed" | "queued" | "running" | "succeeded" | "scheduled";
  version: number;
};

export type BusPauseItem = {
  created_at: number;
  kind: "queue" | "command";
  name: string;
  path: string | null;
  principal: string;
  reason: string;
  value: JsonValue;
};

export type BusPlanned = {
  args?: JsonObject;
  command: string;
};

export type BusPlannedStep = {
  after?: string[];
  args?: JsonObject;
  command: string;
  name: string;
  undo?: BusPlanned;
};

export type BusProgress = {
  at: number;
  done: number;
  message: string | null;
  total: number | null;
};

export type BusQueueItem = {
  finished_hour: number;
  finished_minute: number;
  is_paused: boolean;
  letters: number | null;
  name: string;
  oldest_letter_ms: number | null;
  oldest_waiting_ms: number | null;
  pause_reason: string | null;
  running: number;
  scheduled: number;
  waiting: number;
  waiting_for_key: number;
};

export type BusReason = {
  code: "ended" | "worker_gone" | "running" | "scheduled" | "resting" | "queue_paused" | "command_paused" | "argument_paused" | "key_full" | "rate_used_up" | "no_worker" | "unknown_command" | "queue_unattended" | "others_first" | "due";
  details: JsonObject;
  message: string;
};

export type BusRunningJob = {
  attempt: number;
  command: string;
  id: string;
  queue: string;
  started_at: number | null;
  version: number;
};

export type BusScheduleItem = {
  args: JsonObject;
  changed_at: number;
  command: string;
  created_at: number;
  cron: string;
  is_paused: boolean;
  last_at: number | null;
  last_job: string | null;
  missed: "skip" | "once" | "all";
  name: string;
  next_at: number | null;
  obstacle: string | null;
  origin: string;
  principal: string;
  priority: number | null;
  version: number;
  zone: string;
};

export type BusStepDetail = {
  after: string[];
  code: string | null;
  command: string;
  job: string | null;
  message: string | null;
  name: string;
  state: "waiting" | "queued" | "succeeded" | "failed" | "cancelled" | "skipped" | "undoing" | "undone" | "undo_failed";
  undo_job: string | null;
};

export type BusTick = {
  at: number;
  local: string;
};

export type BusWorkerItem = {
  host: string;
  is_alive: boolean | null;
  is_ward: boolean | null;
  jobs: BusRunningJob[];
  owner: string;
  pid: number | null;
  queues: string[] | null;
  running: number;
  started_at: number | null;
  threads: number | null;
};

export type CommandDescribeV1Args = {
  command: string;
  version?: number;
};

export type CommandDescribeV1Data = {
  access: string;
  deprecated: string | null;
  effect: string;
  errors: BusErrorDescription[];
  is_secret: boolean;
  name: string;
  params: BusFieldDescription[];
  plugin: string;
  queue: string;
  result: BusFieldDescription[];
  roles: string[];
  summary: string;
  time_limit_ms: number;
  units: string;
  version: number;
  versions: number[];
};

export type CommandDescribeV1ErrorCode = BusErrorCode | "command_not_found";

export type CommandDescribeArgs = CommandDescribeV1Args;
export type CommandDescribeData = CommandDescribeV1Data;
export type CommandDescribeErrorCode = CommandDescribeV1ErrorCode;

export type CommandListV1Args = Record<string, never>;

export type CommandListV1Data = {
  items: BusCommandSummary[];
  total_count: number;
};

export type CommandListV1ErrorCode = BusErrorCode;

export type CommandListArgs = CommandListV1Args;
export type CommandListData = CommandListV1Data;
export type CommandListErrorCode = CommandListV1ErrorCode;

export type CommandPauseV1Args = {
  command: string;
  path?: string;
  reason?: string;
  value?: JsonValue;
};

export type CommandPauseV1Data = Record<string, never>;

export type CommandPauseV1ErrorCode = BusErrorCode;

export type CommandPauseArgs = CommandPauseV1Args;
export type CommandPauseData = CommandPauseV1Data;
export type CommandPauseErrorCode = CommandPauseV1ErrorCode;

export type CommandResumeV1Args = {
  command: string;
  path?: string;
  value?: JsonValue;
};

export type CommandResumeV1Data = Record<string, never>;

export type CommandResumeV1ErrorCode = BusErrorCode | "not_paused";

export type CommandResumeArgs = CommandResumeV1Args;
export type CommandResumeData = CommandResumeV1Data;
export type CommandResumeErrorCode = CommandResumeV1ErrorCode;

export type FlowAdvanceV1Args = {
  flow_id: string;
};

export type FlowAdvanceV1Data = Record<string, never>;

export type FlowAdvanceV1ErrorCode = BusErrorCode;

export type FlowAdvanceArgs = FlowAdvanceV1Args;
export type FlowAdvanceData = FlowAdvanceV1Data;
export type FlowAdvanceErrorCode = FlowAdvanceV1ErrorCode;

export type FlowCancelV1Args = {
  flow_id: string;
};

export type FlowCancelV1Data = {
  flow: BusFlowSummary;
};

export type FlowCancelV1ErrorCode = BusErrorCode | "flow_has_ended" | "flow_not_found";

export type FlowCancelArgs = FlowCancelV1Args;
export type FlowCancelData = FlowCancelV1Data;
export type FlowCancelErrorCode = FlowCancelV1ErrorCode;

export type FlowGetV1Args = {
  flow_id: string;
};

export type FlowGetV1Data = {
  flow: BusFlowDetail;
};

export type FlowGetV1ErrorCode = BusErrorCode | "flow_not_found";

export type FlowGetArgs = FlowGetV1Args;
export type FlowGetData = FlowGetV1Data;
export type FlowGetErrorCode = FlowGetV1ErrorCode;

export type FlowListV1Args = {
  before?: string;
  limit?: number;
};

export type FlowListV1Data = {
  items: BusFlowSummary[];
};

export type FlowListV1ErrorCode = BusErrorCode;

export type FlowListArgs = FlowListV1Args;
export type FlowListData = FlowListV1Data;
export type FlowListErrorCode = FlowListV1ErrorCode;

export type FlowStartV1Args = {
  callbacks?: BusCallbacks;
  name: string;
  steps: BusPlannedStep[];
};

export type FlowStartV1Data = {
  flow: BusFlowSummary;
};

export type FlowStartV1ErrorCode = BusErrorCode | "command_unfit";

export type FlowStartArgs = FlowStartV1Args;
export type FlowStartData = FlowStartV1Data;
export type FlowStartErrorCode = FlowStartV1ErrorCode;

export type JobCancelV1Args = {
  job_id: string;
};

export type JobCancelV1Data = {
  job: BusJobSummary;
};

export type JobCancelV1ErrorCode = BusErrorCode | "job_has_ended" | "job_not_found";

export type JobCancelArgs = JobCancelV1Args;
export type JobCancelData = JobCancelV1Data;
export type JobCancelErrorCode = JobCancelV1ErrorCode;

export type JobDropV1Args = {
  job_id: string;
};

export type JobDropV1Data = {
  job: BusJobSummary;
};

export type JobDropV1ErrorCode = BusErrorCode | "job_not_ended" | "job_not_found";

export type JobDropArgs = JobDropV1Args;
export type JobDropData = JobDropV1Data;
export type JobDropErrorCode = JobDropV1ErrorCode;

export type JobGetV1Args = {
  job_id: string;
};

export type JobGetV1Data = {
  job: BusJobDetail;
};

export type JobGetV1ErrorCode = BusErrorCode | "job_not_found";

export type JobGetArgs = JobGetV1Args;
export type JobGetData = JobGetV1Data;
export type JobGetErrorCode = JobGetV1ErrorCode;

export type JobGroupsV1Args = {
  command?: string;
  most?: number;
  queue?: string;
  state?: "cancelled" | "dead" | "failed" | "succeeded";
};

export type JobGroupsV1Data = {
  examined_count: number;
  items: BusFailureGroup[];
  total_count: number;
};

export type JobGroupsV1ErrorCode = BusErrorCode;

export type JobGroupsArgs = JobGroupsV1Args;
export type JobGroupsData = JobGroupsV1Data;
export type JobGroupsErrorCode = JobGroupsV1ErrorCode;

export type JobListV1Args = {
  before?: string;
  command?: string;
  key?: string;
  limit?: number;
  queue?: string;
  state?: "cancelled" | "dead" | "failed" | "queued" | "running" | "succeeded" | "scheduled";
};

export type JobListV1Data = {
  items: BusJobSummary[];
  total_count: number;
};

export type JobListV1ErrorCode = BusErrorCode;

export type JobListArgs = JobListV1Args;
export type JobListData = JobListV1Data;
export type JobListErrorCode = JobListV1ErrorCode;

export type JobRetryV1Args = {
  job_id: string;
};

export type JobRetryV1Data = {
  job: BusJobSummary;
};

export type JobRetryV1ErrorCode = BusErrorCode | "job_not_found" | "job_not_retryable";

export type JobRetryArgs = JobRetryV1Args;
export type JobRetryData = JobRetryV1Data;
export type JobRetryErrorCode = JobRetryV1ErrorCode;

export type JobWhyV1Args = {
  job_id: string;
};

export type JobWhyV1Data = {
  reason: BusReason;
};

export type JobWhyV1ErrorCode = BusErrorCode | "job_not_found";

export type JobWhyArgs = JobWhyV1Args;
export type JobWhyData = JobWhyV1Data;
export type JobWhyErrorCode = JobWhyV1ErrorCode;

export type PauseListV1Args = Record<string, never>;

export type PauseListV1Data = {
  items: BusPauseItem[];
};

export type PauseListV1ErrorCode = BusErrorCode;

export type PauseListArgs = PauseListV1Args;
export type PauseListData = PauseListV1Data;
export type PauseListErrorCode = PauseListV1ErrorCode;

export type QueueListV1Args = Record<string, never>;

export type QueueListV1Data = {
  at: number;
  items: BusQueueItem[];
  total: BusFigures;
};

export type QueueListV1ErrorCode = BusErrorCode;

export type QueueListArgs = QueueListV1Args;
export type QueueListData = QueueListV1Data;
export type QueueListErrorCode = QueueListV1ErrorCode;

export type QueuePauseV1Args = {
  queue: string;
  reason?: string;
};

export type QueuePauseV1Data = Record<string, never>;

export type QueuePauseV1ErrorCode = BusErrorCode;

export type QueuePauseArgs = QueuePauseV1Args;
export type QueuePauseData = QueuePauseV1Data;
export type QueuePauseErrorCode = QueuePauseV1ErrorCode;

export type QueueResumeV1Args = {
  queue: string;
};

export type QueueResumeV1Data = Record<string, never>;

export type QueueResumeV1ErrorCode = BusErrorCode | "not_paused";

export type QueueResumeArgs = QueueResumeV1Args;
export type QueueResumeData = QueueResumeV1Data;
export type QueueResumeErrorCode = QueueResumeV1ErrorCode;

export type ScheduleAddV1Args = {
  args?: JsonObject;
  command: string;
  cron: string;
  missed?: "skip" | "once" | "all";
  name: string;
  priority?: number;
  version?: number;
  zone?: string;
};

export type ScheduleAddV1Data = {
  schedule: BusScheduleItem;
};

export type ScheduleAddV1ErrorCode = BusErrorCode | "command_not_found" | "invalid_cron" | "invalid_schedule_args" | "schedule_exists" | "schedule_forbidden" | "unknown_zone";

export type ScheduleAddArgs = ScheduleAddV1Args;
export type ScheduleAddData = ScheduleAddV1Data;
export type ScheduleAddErrorCode = ScheduleAddV1ErrorCode;

export type ScheduleListV1Args = Record<string, never>;

export type ScheduleListV1Data = {
  items: BusScheduleItem[];
  total_count: number;
};

export type ScheduleListV1ErrorCode = BusErrorCode;

export type ScheduleListArgs = ScheduleListV1Args;
export type ScheduleListData = ScheduleListV1Data;
export type ScheduleListErrorCode = ScheduleListV1ErrorCode;

export type ScheduleNextV1Args = {
  count?: number;
  name: string;
};

export type ScheduleNextV1Data = {
  items: BusTick[];
  total_count: number;
};

export type ScheduleNextV1ErrorCode = BusErrorCode | "invalid_cron" | "schedule_not_found" | "unknown_zone";

export type ScheduleNextArgs = ScheduleNextV1Args;
export type ScheduleNextData = ScheduleNextV1Data;
export type ScheduleNextErrorCode = ScheduleNextV1ErrorCode;

export type SchedulePauseV1Args = {
  name: string;
};

export type SchedulePauseV1Data = {
  schedule: BusScheduleItem;
};

export type SchedulePauseV1ErrorCode = BusErrorCode | "schedule_not_found";

export type SchedulePauseArgs = SchedulePauseV1Args;
export type SchedulePauseData = SchedulePauseV1Data;
export type SchedulePauseErrorCode = SchedulePauseV1ErrorCode;

export type ScheduleRemoveV1Args = {
  name: string;
};

export type ScheduleRemoveV1Data = Record<string, never>;

export type ScheduleRemoveV1ErrorCode = BusErrorCode | "schedule_declared" | "schedule_not_found";

export type ScheduleRemoveArgs = ScheduleRemoveV1Args;
export type ScheduleRemoveData = ScheduleRemoveV1Data;
export type ScheduleRemoveErrorCode = ScheduleRemoveV1ErrorCode;

export type ScheduleResumeV1Args = {
  name: string;
};

export type ScheduleResumeV1Data = {
  schedule: BusScheduleItem;
};

export type ScheduleResumeV1ErrorCode = BusErrorCode | "invalid_cron" | "schedule_not_found" | "unknown_zone";

export type ScheduleResumeArgs = ScheduleResumeV1Args;
export type ScheduleResumeData = ScheduleResumeV1Data;
export type ScheduleResumeErrorCode = ScheduleResumeV1ErrorCode;

export type SystemHealthV1Args = Record<string, never>;

export type SystemHealthV1Data = {
  broken_plugins: JsonObject;
  database: string;
  jobs: JsonObject;
  plugins: string[];
  status: "ok" | "degraded";
};

export type SystemHealthV1ErrorCode = BusErrorCode;

export type SystemHealthArgs = SystemHealthV1Args;
export type SystemHealthData = SystemHealthV1Data;
export type SystemHealthErrorCode = SystemHealthV1ErrorCode;

export type WorkerListV1Args = Record<string, never>;

export type WorkerListV1Data = {
  at: number;
  items: BusWorkerItem[];
  total_count: number;
};

export type WorkerListV1ErrorCode = BusErrorCode;

export type WorkerListArgs = WorkerListV1Args;
export type WorkerListData = WorkerListV1Data;
export type WorkerListErrorCode = WorkerListV1ErrorCode;
