// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject } from "../wire.js";

export type InterventionsCoordinates = {
  accuracy?: number | null;
  latitude: number;
  longitude: number;
};

export type InterventionsIntervention = {
  actual_duration: number | null;
  cancel_reason: string | null;
  cancelled_at: number | null;
  client_id: string | null;
  completed_at: number | null;
  completion_percentage: number;
  created_at: number;
  created_by: string;
  current_step: number;
  customer_comments: string | null;
  customer_satisfaction: number | null;
  customer_signature: string | null;
  estimated_duration: number;
  film_brand: string | null;
  film_model: string | null;
  film_type: string;
  final_observations: string[] | null;
  humidity_percentage: number | null;
  id: string;
  intervention_type: string;
  lighting_condition: string | null;
  notes: string | null;
  paused_at: number | null;
  ppf_zones_config: string[];
  quality_score: number | null;
  scheduled_at: number;
  special_instructions: string | null;
  start_location_accuracy: number | null;
  start_location_lat: number | null;
  start_location_lon: number | null;
  started_at: number | null;
  status: "pending" | "in_progress" | "paused" | "completed" | "cancelled";
  task_id: string;
  task_number: string;
  technician_id: string;
  temperature_celsius: number | null;
  updated_at: number;
  updated_by: string;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
  weather_condition: string | null;
  work_location: string;
};

export type InterventionsMetrics = {
  completion_rate: number;
  customer_satisfaction: number | null;
  photos_taken: number;
  quality_score: number | null;
  steps_completed: number;
  total_duration_minutes: number;
  total_steps: number;
};

export type InterventionsStep = {
  collected_data: JsonObject | null;
  completed_at: number | null;
  created_at: number;
  description: string | null;
  duration_seconds: number | null;
  estimated_duration_seconds: number;
  id: string;
  intervention_id: string;
  is_mandatory: boolean;
  max_photos_allowed: number;
  min_photos_required: number;
  notes: string | null;
  photo_count: number;
  photo_urls: string[] | null;
  quality_checkpoints: string[];
  required_photos_completed: boolean;
  requires_photos: boolean;
  started_at: number | null;
  step_name: string;
  step_number: number;
  step_status: "pending" | "in_progress" | "completed" | "paused" | "failed" | "skipped" | "rework";
  step_type: "inspection" | "preparation" | "installation" | "finalization";
  updated_at: number;
};

export type InterventionAdvanceStepV1Args = {
  collected_data?: JsonObject | null;
  intervention_id: string;
  issues?: string[] | null;
  notes?: string | null;
  photos?: string[] | null;
  quality_check_passed?: boolean;
  step_id: string;
};

export type InterventionAdvanceStepV1Data = {
  next_step: InterventionsStep | null;
  progress_percentage: number;
  requirements_completed: string[];
  step: InterventionsStep;
};

export type InterventionAdvanceStepV1ErrorCode = BusErrorCode | "INTERVENTION_INVALID_STATE" | "INTERVENTION_STEP_NOT_FOUND" | "INTERVENTION_STEP_OUT_OF_ORDER" | "INTERVENTION_VALIDATION_FAILED" | "NOT_FOUND";

export type InterventionAdvanceStepArgs = InterventionAdvanceStepV1Args;
export type InterventionAdvanceStepData = InterventionAdvanceStepV1Data;
export type InterventionAdvanceStepErrorCode = InterventionAdvanceStepV1ErrorCode;

export type InterventionCancelV1Args = {
  intervention_id: string;
  reason?: string | null;
};

export type InterventionCancelV1Data = {
  intervention: InterventionsIntervention;
};

export type InterventionCancelV1ErrorCode = BusErrorCode | "INTERVENTION_INVALID_STATE" | "NOT_FOUND";

export type InterventionCancelArgs = InterventionCancelV1Args;
export type InterventionCancelData = InterventionCancelV1Data;
export type InterventionCancelErrorCode = InterventionCancelV1ErrorCode;

export type InterventionFinalizeV1Args = {
  collected_data?: JsonObject | null;
  customer_comments?: string | null;
  customer_satisfaction?: number | null;
  customer_signature?: string | null;
  final_observations?: string[] | null;
  intervention_id: string;
  photos?: string[] | null;
  quality_score?: number | null;
};

export type InterventionFinalizeV1Data = {
  intervention: InterventionsIntervention;
  metrics: InterventionsMetrics;
};

export type InterventionFinalizeV1ErrorCode = BusErrorCode | "INTERVENTION_INVALID_STATE" | "INTERVENTION_VALIDATION_FAILED" | "NOT_FOUND";

export type InterventionFinalizeArgs = InterventionFinalizeV1Args;
export type InterventionFinalizeData = InterventionFinalizeV1Data;
export type InterventionFinalizeErrorCode = InterventionFinalizeV1ErrorCode;

export type InterventionGetV1Args = {
  id?: string | null;
  intervention_id?: string | null;
};

export type InterventionGetV1Data = {
  intervention: InterventionsIntervention;
  steps: InterventionsStep[];
};

export type InterventionGetV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type InterventionGetArgs = InterventionGetV1Args;
export type InterventionGetData = InterventionGetV1Data;
export type InterventionGetErrorCode = InterventionGetV1ErrorCode;

export type InterventionGetActiveByTaskV1Args = {
  task_id: string;
};

export type InterventionGetActiveByTaskV1Data = {
  intervention: InterventionsIntervention | null;
};

export type InterventionGetActiveByTaskV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type InterventionGetActiveByTaskArgs = InterventionGetActiveByTaskV1Args;
export type InterventionGetActiveByTaskData = InterventionGetActiveByTaskV1Data;
export type InterventionGetActiveByTaskErrorCode = InterventionGetActiveByTaskV1ErrorCode;

export type InterventionGetLatestByTaskV1Args = {
  task_id: string;
};

export type InterventionGetLatestByTaskV1Data = {
  intervention: InterventionsIntervention | null;
};

export type InterventionGetLatestByTaskV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type InterventionGetLatestByTaskArgs = InterventionGetLatestByTaskV1Args;
export type InterventionGetLatestByTaskData = InterventionGetLatestByTaskV1Data;
export type InterventionGetLatestByTaskErrorCode = InterventionGetLatestByTaskV1ErrorCode;

export type InterventionGetProgressV1Args = {
  intervention_id: string;
};

export type InterventionGetProgressV1Data = {
  completed_steps: number;
  completion_percentage: number;
  current_step: number;
  estimated_time_remaining: number;
  intervention_id: string;
  status: string;
  steps: InterventionsStep[];
  total_steps: number;
};

export type InterventionGetProgressV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type InterventionGetProgressArgs = InterventionGetProgressV1Args;
export type InterventionGetProgressData = InterventionGetProgressV1Data;
export type InterventionGetProgressErrorCode = InterventionGetProgressV1ErrorCode;

export type InterventionGetStepV1Args = {
  intervention_id: string;
  step_id: string;
};

export type InterventionGetStepV1Data = {
  step: InterventionsStep;
};

export type InterventionGetStepV1ErrorCode = BusErrorCode | "INTERVENTION_STEP_NOT_FOUND" | "NOT_FOUND";

export type InterventionGetStepArgs = InterventionGetStepV1Args;
export type InterventionGetStepData = InterventionGetStepV1Data;
export type InterventionGetStepErrorCode = InterventionGetStepV1ErrorCode;

export type InterventionListV1Args = {
  limit?: number | null;
  page?: number | null;
  status?: string | null;
  task_id?: string | null;
  technician_id?: string | null;
};

export type InterventionListV1Data = {
  items: InterventionsIntervention[];
  limit: number;
  page: number;
  total_count: number;
  total_pages: number;
};

export type InterventionListV1ErrorCode = BusErrorCode;

export type InterventionListArgs = InterventionListV1Args;
export type InterventionListData = InterventionListV1Data;
export type InterventionListErrorCode = InterventionListV1ErrorCode;

export type InterventionPauseV1Args = {
  intervention_id: string;
};

export type InterventionPauseV1Data = {
  intervention: InterventionsIntervention;
};

export type InterventionPauseV1ErrorCode = BusErrorCode | "INTERVENTION_INVALID_STATE" | "NOT_FOUND";

export type InterventionPauseArgs = InterventionPauseV1Args;
export type InterventionPauseData = InterventionPauseV1Data;
export type InterventionPauseErrorCode = InterventionPauseV1ErrorCode;

export type InterventionResumeV1Args = {
  intervention_id: string;
};

export type InterventionResumeV1Data = {
  intervention: InterventionsIntervention;
};

export type InterventionResumeV1ErrorCode = BusErrorCode | "INTERVENTION_INVALID_STATE" | "NOT_FOUND";

export type InterventionResumeArgs = InterventionResumeV1Args;
export type InterventionResumeData = InterventionResumeV1Data;
export type InterventionResumeErrorCode = InterventionResumeV1ErrorCode;

export type InterventionSaveStepProgressV1Args = {
  collected_data?: JsonObject | null;
  intervention_id?: string | null;
  notes?: string | null;
  photos?: string[] | null;
  progress_data?: JsonObject | null;
  step_id: string;
};

export type InterventionSaveStepProgressV1Data = {
  step: InterventionsStep;
};

export type InterventionSaveStepProgressV1ErrorCode = BusErrorCode | "INTERVENTION_INVALID_STATE" | "INTERVENTION_STEP_NOT_FOUND" | "NOT_FOUND";

export type InterventionSaveStepProgressArgs = InterventionSaveStepProgressV1Args;
export type InterventionSaveStepProgressData = InterventionSaveStepProgressV1Data;
export type InterventionSaveStepProgressErrorCode = InterventionSaveStepProgressV1ErrorCode;

export type InterventionStartV1Args = {
  description?: string | null;
  estimated_duration_minutes?: number | null;
  film_brand?: string | null;
  film_model?: string | null;
  film_type?: string | null;
  gps_coordinates?: InterventionsCoordinates | null;
  humidity?: number | null;
  intervention_type?: string | null;
  lighting_condition?: string | null;
  ppf_zones?: string[] | null;
  scheduled_start?: number | null;
  special_instructions?: string | null;
  task_id: string;
  technician_id?: string | null;
  temperature?: number | null;
  weather_condition?: string | null;
  work_location?: string | null;
};

export type InterventionStartV1Data = {
  intervention: InterventionsIntervention;
  steps: InterventionsStep[];
};

export type InterventionStartV1ErrorCode = BusErrorCode | "INTERVENTION_ALREADY_ACTIVE" | "NOT_FOUND" | "TASK_INVALID_TRANSITION";

export type InterventionStartArgs = InterventionStartV1Args;
export type InterventionStartData = InterventionStartV1Data;
export type InterventionStartErrorCode = InterventionStartV1ErrorCode;
