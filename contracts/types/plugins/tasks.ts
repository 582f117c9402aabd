// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject, JsonValue } from "../wire.js";

export type TasksHistoryEntry = {
  changed_at: number;
  changed_by: string;
  id: string;
  new_status: string;
  old_status: string | null;
  reason: string | null;
  task_id: string;
};

export type TasksRefusedRow = {
  code: string;
  fields: { [name: string]: string[] };
  line: number;
  message: string;
};

export type TasksStatistics = {
  completed: number;
  in_progress: number;
  overdue: number;
  pending: number;
  total: number;
};

export type TasksTask = {
  actual_duration: number | null;
  assigned_at: number | null;
  assigned_by: string | null;
  checklist_completed: boolean;
  client_id: string | null;
  completed_at: number | null;
  created_at: number;
  created_by: string;
  current_workflow_step_id: string | null;
  custom_ppf_zones: string[];
  customer_address: string | null;
  customer_email: string | null;
  customer_name: string | null;
  customer_phone: string | null;
  date_rdv: string | null;
  description: string | null;
  end_time: string | null;
  estimated_duration: number | null;
  external_id: string | null;
  heure_rdv: string | null;
  id: string;
  lot_film: string | null;
  notes: string | null;
  ppf_zones: string[];
  priority: "low" | "medium" | "high" | "urgent";
  scheduled_date: string;
  start_time: string | null;
  started_at: number | null;
  status: "draft" | "pending" | "scheduled" | "assigned" | "in_progress" | "paused" | "on_hold" | "completed" | "overdue" | "failed" | "invalid" | "cancelled" | "archived";
  tags: string[];
  task_number: string;
  technician_id: string | null;
  title: string;
  updated_at: number;
  updated_by: string;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_year: string | null;
  vin: string | null;
  workflow_id: string | null;
};

export type TasksTaskChange = {
  actual_duration?: number | null;
  checklist_completed?: boolean;
  client_id?: string | null;
  created_by?: JsonValue;
  creator_id?: JsonValue;
  custom_ppf_zones?: string[];
  customer_address?: string | null;
  customer_email?: string | null;
  customer_name?: string | null;
  customer_phone?: string | null;
  date_rdv?: string | null;
  description?: string | null;
  end_time?: string | null;
  estimated_duration?: number | null;
  external_id?: string | null;
  heure_rdv?: string | null;
  lot_film?: string | null;
  note?: string | null;
  notes?: string | null;
  ppf_zones?: string[];
  priority?: string;
  scheduled_date?: string;
  start_time?: string | null;
  status?: string;
  tags?: string[] | string;
  technician_id?: string | null;
  title?: string;
  vehicle_make?: string | null;
  vehicle_model?: string;
  vehicle_plate?: string;
  vehicle_year?: number | string | null;
  vin?: string | null;
};

export type TasksTaskConditions = {
  client_id?: string | null;
  from_date?: string | null;
  priority?: string | null;
  search?: string | null;
  status?: string | null;
  technician_id?: string | null;
  to_date?: string | null;
};

export type AddTaskNoteV1Args = {
  note: string;
  task_id: string;
};

export type AddTaskNoteV1Data = {
  actual_duration: number | null;
  assigned_at: number | null;
  assigned_by: string | null;
  checklist_completed: boolean;
  client_id: string | null;
  completed_at: number | null;
  created_at: number;
  created_by: string;
  current_workflow_step_id: string | null;
  custom_ppf_zones: string[];
  customer_address: string | null;
  customer_email: string | null;
  customer_name: string | null;
  customer_phone: string | null;
  date_rdv: string | null;
  description: string | null;
  end_time: string | null;
  estimated_duration: number | null;
  external_id: string | null;
  heure_rdv: string | null;
  id: string;
  lot_film: string | null;
  notes: string | null;
  ppf_zones: string[];
  priority: "low" | "medium" | "high" | "urgent";
  scheduled_date: string;
  start_time: string | null;
  started_at: number | null;
  status: "draft" | "pending" | "scheduled" | "assigned" | "in_progress" | "paused" | "on_hold" | "completed" | "overdue" | "failed" | "invalid" | "cancelled" | "archived";
  tags: string[];
  task_number: string;
  technician_id: string | null;
  title: string;
  updated_at: number;
  updated_by: string;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_year: string | null;
  vin: string | null;
  workflow_id: string | null;
};

export type AddTaskNoteV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type AddTaskNoteArgs = AddTaskNoteV1Args;
export type AddTaskNoteData = AddTaskNoteV1Data;
export type AddTaskNoteErrorCode = AddTaskNoteV1ErrorCode;

export type CheckTaskAssignmentV1Args = {
  task_id: string;
  user_id: string;
};

export type CheckTaskAssignmentV1Data = {
  reason: string | null;
  status: "available" | "unavailable" | "restricted" | "assigned";
  task_id: string;
  user_id: string;
};

export type CheckTaskAssignmentV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type CheckTaskAssignmentArgs = CheckTaskAssignmentV1Args;
export type CheckTaskAssignmentData = CheckTaskAssignmentV1Data;
export type CheckTaskAssignmentErrorCode = CheckTaskAssignmentV1ErrorCode;

export type CheckTaskAvailabilityV1Args = {
  end_time?: string | null;
  scheduled_date?: string | null;
  start_time?: string | null;
  task_id: string;
  technician_id?: string | null;
};

export type CheckTaskAvailabilityV1Data = {
  reason: string | null;
  status: "available" | "unavailable" | "scheduled_conflict" | "locked" | "material_unavailable";
  task_id: string;
};

export type CheckTaskAvailabilityV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type CheckTaskAvailabilityArgs = CheckTaskAvailabilityV1Args;
export type CheckTaskAvailabilityData = CheckTaskAvailabilityV1Data;
export type CheckTaskAvailabilityErrorCode = CheckTaskAvailabilityV1ErrorCode;

export type DelayTaskV1Args = {
  additional_notes?: string | null;
  new_scheduled_date: string;
  reason: string;
  task_id: string;
};

export type DelayTaskV1Data = {
  actual_duration: number | null;
  assigned_at: number | null;
  assigned_by: string | null;
  checklist_completed: boolean;
  client_id: string | null;
  completed_at: number | null;
  created_at: number;
  created_by: string;
  current_workflow_step_id: string | null;
  custom_ppf_zones: string[];
  customer_address: string | null;
  customer_email: string | null;
  customer_name: string | null;
  customer_phone: string | null;
  date_rdv: string | null;
  description: string | null;
  end_time: string | null;
  estimated_duration: number | null;
  external_id: string | null;
  heure_rdv: string | null;
  id: string;
  lot_film: string | null;
  notes: string | null;
  ppf_zones: string[];
  priority: "low" | "medium" | "high" | "urgent";
  scheduled_date: string;
  start_time: string | null;
  started_at: number | null;
  status: "draft" | "pending" | "scheduled" | "assigned" | "in_progress" | "paused" | "on_hold" | "completed" | "overdue" | "failed" | "invalid" | "cancelled" | "archived";
  tags: string[];
  task_number: string;
  technician_id: string | null;
  title: string;
  updated_at: number;
  updated_by: string;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_year: string | null;
  vin: string | null;
  workflow_id: string | null;
};

export type DelayTaskV1ErrorCode = BusErrorCode | "NOT_FOUND" | "TASK_NOT_SCHEDULABLE";

export type DelayTaskArgs = DelayTaskV1Args;
export type DelayTaskData = DelayTaskV1Data;
export type DelayTaskErrorCode = DelayTaskV1ErrorCode;

export type EditTaskV1Args = {
  data: TasksTaskChange;
  task_id: string;
};

export type EditTaskV1Data = {
  actual_duration: number | null;
  assigned_at: number | null;
  assigned_by: string | null;
  checklist_completed: boolean;
  client_id: string | null;
  completed_at: number | null;
  created_at: number;
  created_by: string;
  current_workflow_step_id: string | null;
  custom_ppf_zones: string[];
  customer_address: string | null;
  customer_email: string | null;
  customer_name: string | null;
  customer_phone: string | null;
  date_rdv: string | null;
  description: string | null;
  end_time: string | null;
  estimated_duration: number | null;
  external_id: string | null;
  heure_rdv: string | null;
  id: string;
  lot_film: string | null;
  notes: string | null;
  ppf_zones: string[];
  priority: "low" | "medium" | "high" | "urgent";
  scheduled_date: string;
  start_time: string | null;
  started_at: number | null;
  status: "draft" | "pending" | "scheduled" | "assigned" | "in_progress" | "paused" | "on_hold" | "completed" | "overdue" | "failed" | "invalid" | "cancelled" | "archived";
  tags: string[];
  task_number: string;
  technician_id: string | null;
  title: string;
  updated_at: number;
  updated_by: string;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_year: string | null;
  vin: string | null;
  workflow_id: string | null;
};

export type EditTaskV1ErrorCode = BusErrorCode | "NOT_FOUND" | "TASK_ASSIGNMENT_CONFLICT" | "TASK_INVALID_TRANSITION";

export type EditTaskArgs = EditTaskV1Args;
export type EditTaskData = EditTaskV1Data;
export type EditTaskErrorCode = EditTaskV1ErrorCode;

export type TaskCrudV1Args = {
  action: JsonObject | string;
};

export type TaskCrudV1Data = {
  id?: string;
  items?: TasksTask[];
  limit?: number;
  page?: number;
  statistics?: TasksStatistics;
  task?: TasksTask;
  total_count?: number;
  total_pages?: number;
  type: string;
};

export type TaskCrudV1ErrorCode = BusErrorCode | "INTERVENTION_ALREADY_ACTIVE" | "NOT_FOUND" | "TASK_ASSIGNMENT_CONFLICT" | "TASK_DUPLICATE_NUMBER" | "TASK_INVALID_TRANSITION";

export type TaskCrudArgs = TaskCrudV1Args;
export type TaskCrudData = TaskCrudV1Data;
export type TaskCrudErrorCode = TaskCrudV1ErrorCode;

export type TaskExportCsvV1Args = {
  filters?: TasksTaskConditions | null;
};

export type TaskExportCsvV1Data = {
  content: string;
  count: number;
};

export type TaskExportCsvV1ErrorCode = BusErrorCode;

export type TaskExportCsvArgs = TaskExportCsvV1Args;
export type TaskExportCsvData = TaskExportCsvV1Data;
export type TaskExportCsvErrorCode = TaskExportCsvV1ErrorCode;

export type TaskGetHistoryV1Args = {
  limit?: number | null;
  page?: number | null;
  task_id: string;
};

export type TaskGetHistoryV1Data = {
  items: TasksHistoryEntry[];
  limit: number;
  page: number;
  total_count: number;
  total_pages: number;
};

export type TaskGetHistoryV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type TaskGetHistoryArgs = TaskGetHistoryV1Args;
export type TaskGetHistoryData = TaskGetHistoryV1Data;
export type TaskGetHistoryErrorCode = TaskGetHistoryV1ErrorCode;

export type TaskImportCsvV1Args = {
  content: string;
  keep_rows?: string;
};

export type TaskImportCsvV1Data = {
  created: number;
  refused: TasksRefusedRow[];
  total: number;
};

export type TaskImportCsvV1ErrorCode = BusErrorCode;

export type TaskImportCsvArgs = TaskImportCsvV1Args;
export type TaskImportCsvData = TaskImportCsvV1Data;
export type TaskImportCsvErrorCode = TaskImportCsvV1ErrorCode;

export type TaskTransitionStatusV1Args = {
  new_status: string;
  reason?: string | null;
  task_id: string;
};

export type TaskTransitionStatusV1Data = {
  actual_duration: number | null;
  assigned_at: number | null;
  assigned_by: string | null;
  checklist_completed: boolean;
  client_id: string | null;
  completed_at: number | null;
  created_at: number;
  created_by: string;
  current_workflow_step_id: string | null;
  custom_ppf_zones: string[];
  customer_address: string | null;
  customer_email: string | null;
  customer_name: string | null;
  customer_phone: string | null;
  date_rdv: string | null;
  description: string | null;
  end_time: string | null;
  estimated_duration: number | null;
  external_id: string | null;
  heure_rdv: string | null;
  id: string;
  lot_film: string | null;
  notes: string | null;
  ppf_zones: string[];
  priority: "low" | "medium" | "high" | "urgent";
  scheduled_date: string;
  start_time: string | null;
  started_at: number | null;
  status: "draft" | "pending" | "scheduled" | "assigned" | "in_progress" | "paused" | "on_hold" | "completed" | "overdue" | "failed" | "invalid" | "cancelled" | "archived";
  tags: string[];
  task_number: string;
  technician_id: string | null;
  title: string;
  updated_at: number;
  updated_by: string;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_year: string | null;
  vin: string | null;
  workflow_id: string | null;
};

export type TaskTransitionStatusV1ErrorCode = BusErrorCode | "NOT_FOUND" | "TASK_INVALID_TRANSITION";

export type TaskTransitionStatusArgs = TaskTransitionStatusV1Args;
export type TaskTransitionStatusData = TaskTransitionStatusV1Data;
export type TaskTransitionStatusErrorCode = TaskTransitionStatusV1ErrorCode;

export type ValidateTaskAssignmentChangeV1Args = {
  new_user_id: string;
  old_user_id?: string | null;
  task_id: string;
};

export type ValidateTaskAssignmentChangeV1Data = {
  errors: string[];
  is_valid: boolean;
  warnings: string[];
};

export type ValidateTaskAssignmentChangeV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type ValidateTaskAssignmentChangeArgs = ValidateTaskAssignmentChangeV1Args;
export type ValidateTaskAssignmentChangeData = ValidateTaskAssignmentChangeV1Data;
export type ValidateTaskAssignmentChangeErrorCode = ValidateTaskAssignmentChangeV1ErrorCode;
