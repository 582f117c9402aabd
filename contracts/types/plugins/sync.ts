// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject } from "../wire.js";

export type SyncOperation = {
  created_at: string;
  data: JsonObject;
  dependencies: string[];
  entity_id: string;
  entity_type: "task" | "client" | "intervention" | "step" | "photo" | "user";
  id: number;
  last_error: string | null;
  max_retries: number;
  next_retry_at: string | null;
  operation_type: "create" | "update" | "delete";
  retry_count: number;
  status: "pending" | "processing" | "completed" | "failed" | "abandoned";
  timestamp_utc: string;
  updated_at: string;
  user_id: string;
};

export type SyncCleanupOldOperationsV1Args = {
  days_old: number;
};

export type SyncCleanupOldOperationsV1Data = {
  deleted_count: number;
};

export type SyncCleanupOldOperationsV1ErrorCode = BusErrorCode;

export type SyncCleanupOldOperationsArgs = SyncCleanupOldOperationsV1Args;
export type SyncCleanupOldOperationsData = SyncCleanupOldOperationsV1Data;
export type SyncCleanupOldOperationsErrorCode = SyncCleanupOldOperationsV1ErrorCode;

export type SyncDequeueBatchV1Args = {
  limit?: number | null;
};

export type SyncDequeueBatchV1Data = {
  items: SyncOperation[];
};

export type SyncDequeueBatchV1ErrorCode = BusErrorCode;

export type SyncDequeueBatchArgs = SyncDequeueBatchV1Args;
export type SyncDequeueBatchData = SyncDequeueBatchV1Data;
export type SyncDequeueBatchErrorCode = SyncDequeueBatchV1ErrorCode;

export type SyncDropOperationV1Args = {
  operation_id: number;
};

export type SyncDropOperationV1Data = {
  created_at: string;
  data: JsonObject;
  dependencies: string[];
  entity_id: string;
  entity_type: "task" | "client" | "intervention" | "step" | "photo" | "user";
  id: number;
  last_error: string | null;
  max_retries: number;
  next_retry_at: string | null;
  operation_type: "create" | "update" | "delete";
  retry_count: number;
  status: "pending" | "processing" | "completed" | "failed" | "abandoned";
  timestamp_utc: string;
  updated_at: string;
  user_id: string;
};

export type SyncDropOperationV1ErrorCode = BusErrorCode | "NOT_FOUND" | "SYNC_INVALID_STATE";

export type SyncDropOperationArgs = SyncDropOperationV1Args;
export type SyncDropOperationData = SyncDropOperationV1Data;
export type SyncDropOperationErrorCode = SyncDropOperationV1ErrorCode;

export type SyncEnqueueV1Args = {
  data?: JsonObject | null;
  dependencies?: string[] | null;
  entity_id: string;
  entity_type: "task" | "client" | "intervention" | "step" | "photo" | "user";
  max_retries?: number | null;
  operation_type: "create" | "update" | "delete";
  timestamp_utc?: string | null;
};

export type SyncEnqueueV1Data = {
  created_at: string;
  data: JsonObject;
  dependencies: string[];
  entity_id: string;
  entity_type: "task" | "client" | "intervention" | "step" | "photo" | "user";
  id: number;
  last_error: string | null;
  max_retries: number;
  next_retry_at: string | null;
  operation_type: "create" | "update" | "delete";
  retry_count: number;
  status: "pending" | "processing" | "completed" | "failed" | "abandoned";
  timestamp_utc: string;
  updated_at: string;
  user_id: string;
};

export type SyncEnqueueV1ErrorCode = BusErrorCode;

export type SyncEnqueueArgs = SyncEnqueueV1Args;
export type SyncEnqueueData = SyncEnqueueV1Data;
export type SyncEnqueueErrorCode = SyncEnqueueV1ErrorCode;

export type SyncGetMetricsV1Args = Record<string, never>;

export type SyncGetMetricsV1Data = {
  abandoned_operations: number;
  average_retry_count: number;
  completed_operations: number;
  failed_operations: number;
  oldest_pending_age_seconds: number | null;
  pending_operations: number;
  processing_operations: number;
};

export type SyncGetMetricsV1ErrorCode = BusErrorCode;

export type SyncGetMetricsArgs = SyncGetMetricsV1Args;
export type SyncGetMetricsData = SyncGetMetricsV1Data;
export type SyncGetMetricsErrorCode = SyncGetMetricsV1ErrorCode;

export type SyncGetOperationV1Args = {
  operation_id: number;
};

export type SyncGetOperationV1Data = {
  created_at: string;
  data: JsonObject;
  dependencies: string[];
  entity_id: string;
  entity_type: "task" | "client" | "intervention" | "step" | "photo" | "user";
  id: number;
  last_error: string | null;
  max_retries: number;
  next_retry_at: string | null;
  operation_type: "create" | "update" | "delete";
  retry_count: number;
  status: "pending" | "processing" | "completed" | "failed" | "abandoned";
  timestamp_utc: string;
  updated_at: string;
  user_id: string;
};

export type SyncGetOperationV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type SyncGetOperationArgs = SyncGetOperationV1Args;
export type SyncGetOperationData = SyncGetOperationV1Data;
export type SyncGetOperationErrorCode = SyncGetOperationV1ErrorCode;

export type SyncGetOperationsForEntityV1Args = {
  entity_id: string;
  entity_type: "task" | "client" | "intervention" | "step" | "photo" | "user";
};

export type SyncGetOperationsForEntityV1Data = {
  items: SyncOperation[];
  total_count: number;
};

export type SyncGetOperationsForEntityV1ErrorCode = BusErrorCode;

export type SyncGetOperationsForEntityArgs = SyncGetOperationsForEntityV1Args;
export type SyncGetOperationsForEntityData = SyncGetOperationsForEntityV1Data;
export type SyncGetOperationsForEntityErrorCode = SyncGetOperationsForEntityV1ErrorCode;

export type SyncGetStatusV1Args = Record<string, never>;

export type SyncGetStatusV1Data = {
  errors: string[];
  failed_operations: number;
  is_running: boolean;
  is_syncing: boolean;
  last_sync: number | null;
  last_sync_at: number | null;
  network_available: boolean;
  pending_operations: number;
  total_operations: number;
  workers: number | null;
};

export type SyncGetStatusV1ErrorCode = BusErrorCode;

export type SyncGetStatusArgs = SyncGetStatusV1Args;
export type SyncGetStatusData = SyncGetStatusV1Data;
export type SyncGetStatusErrorCode = SyncGetStatusV1ErrorCode;

export type SyncMarkCompletedV1Args = {
  operation_id: number;
};

export type SyncMarkCompletedV1Data = {
  created_at: string;
  data: JsonObject;
  dependencies: string[];
  entity_id: string;
  entity_type: "task" | "client" | "intervention" | "step" | "photo" | "user";
  id: number;
  last_error: string | null;
  max_retries: number;
  next_retry_at: string | null;
  operation_type: "create" | "update" | "delete";
  retry_count: number;
  status: "pending" | "processing" | "completed" | "failed" | "abandoned";
  timestamp_utc: string;
  updated_at: string;
  user_id: string;
};

export type SyncMarkCompletedV1ErrorCode = BusErrorCode | "NOT_FOUND" | "SYNC_INVALID_STATE";

export type SyncMarkCompletedArgs = SyncMarkCompletedV1Args;
export type SyncMarkCompletedData = SyncMarkCompletedV1Data;
export type SyncMarkCompletedErrorCode = SyncMarkCompletedV1ErrorCode;

export type SyncMarkFailedV1Args = {
  error: string;
  operation_id: number;
};

export type SyncMarkFailedV1Data = {
  created_at: string;
  data: JsonObject;
  dependencies: string[];
  entity_id: string;
  entity_type: "task" | "client" | "intervention" | "step" | "photo" | "user";
  id: number;
  last_error: string | null;
  max_retries: number;
  next_retry_at: string | null;
  operation_type: "create" | "update" | "delete";
  retry_count: number;
  status: "pending" | "processing" | "completed" | "failed" | "abandoned";
  timestamp_utc: string;
  updated_at: string;
  user_id: string;
};

export type SyncMarkFailedV1ErrorCode = BusErrorCode | "NOT_FOUND" | "SYNC_INVALID_STATE";

export type SyncMarkFailedArgs = SyncMarkFailedV1Args;
export type SyncMarkFailedData = SyncMarkFailedV1Data;
export type SyncMarkFailedErrorCode = SyncMarkFailedV1ErrorCode;

export type SyncNowV1Args = Record<string, never>;

export type SyncNowV1Data = {
  duration_ms: number;
  errors: string[];
  failed_operations: number;
  processed_operations: number;
  successful_operations: number;
};

export type SyncNowV1ErrorCode = BusErrorCode | "SYNC_UNAVAILABLE";

export type SyncNowArgs = SyncNowV1Args;
export type SyncNowData = SyncNowV1Data;
export type SyncNowErrorCode = SyncNowV1ErrorCode;

export type SyncRetryOperationV1Args = {
  operation_id: number;
};

export type SyncRetryOperationV1Data = {
  created_at: string;
  data: JsonObject;
  dependencies: string[];
  entity_id: string;
  entity_type: "task" | "client" | "intervention" | "step" | "photo" | "user";
  id: number;
  last_error: string | null;
  max_retries: number;
  next_retry_at: string | null;
  operation_type: "create" | "update" | "delete";
  retry_count: number;
  status: "pending" | "processing" | "completed" | "failed" | "abandoned";
  timestamp_utc: string;
  updated_at: string;
  user_id: string;
};

export type SyncRetryOperationV1ErrorCode = BusErrorCode | "NOT_FOUND" | "SYNC_INVALID_STATE";

export type SyncRetryOperationArgs = SyncRetryOperationV1Args;
export type SyncRetryOperationData = SyncRetryOperationV1Data;
export type SyncRetryOperationErrorCode = SyncRetryOperationV1ErrorCode;

export type SyncStartBackgroundServiceV1Args = Record<string, never>;

export type SyncStartBackgroundServiceV1Data = {
  is_running: boolean;
};

export type SyncStartBackgroundServiceV1ErrorCode = BusErrorCode | "SYNC_ALREADY_RUNNING";

export type SyncStartBackgroundServiceArgs = SyncStartBackgroundServiceV1Args;
export type SyncStartBackgroundServiceData = SyncStartBackgroundServiceV1Data;
export type SyncStartBackgroundServiceErrorCode = SyncStartBackgroundServiceV1ErrorCode;

export type SyncStopBackgroundServiceV1Args = Record<string, never>;

export type SyncStopBackgroundServiceV1Data = {
  is_running: boolean;
};

export type SyncStopBackgroundServiceV1ErrorCode = BusErrorCode;

export type SyncStopBackgroundServiceArgs = SyncStopBackgroundServiceV1Args;
export type SyncStopBackgroundServiceData = SyncStopBackgroundServiceV1Data;
export type SyncStopBackgroundServiceErrorCode = SyncStopBackgroundServiceV1ErrorCode;
