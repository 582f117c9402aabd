// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";

export type CalendarDateRange = {
  end_date: string;
  start_date: string;
};

export type CalendarEvent = {
  all_day: boolean;
  category: string | null;
  client_id: string | null;
  color: string | null;
  created_at: number;
  created_by: string | null;
  description: string | null;
  end_datetime: string;
  event_type: "meeting" | "appointment" | "task" | "reminder" | "other";
  id: string;
  is_recurring: boolean;
  is_virtual: boolean;
  location: string | null;
  meeting_link: string | null;
  notes: string | null;
  parent_event_id: string | null;
  participants: CalendarShownParticipant[];
  recurrence_rule: string | null;
  reminders: number[];
  start_datetime: string;
  status: "confirmed" | "tentative" | "cancelled";
  tags: string[];
  task_id: string | null;
  technician_id: string | null;
  timezone: string;
  title: string;
  updated_at: number;
  updated_by: string | null;
};

export type CalendarParticipant = {
  email?: string | null;
  id?: string | null;
  name: string;
  status?: string | null;
};

export type CalendarShownParticipant = {
  email: string | null;
  id: string | null;
  name: string;
  status: "accepted" | "declined" | "tentative" | "needsaction";
};

export type CalendarTask = {
  actual_duration: number | null;
  client_id: string | null;
  client_name: string | null;
  end_time: string | null;
  estimated_duration: number | null;
  id: string;
  priority: string;
  scheduled_date: string;
  start_time: string | null;
  status: string;
  task_number: string;
  technician_id: string | null;
  technician_name: string | null;
  title: string;
  vehicle_model: string | null;
  vehicle_plate: string | null;
};

export type CalendarCheckConflictsV1Args = {
  new_date: string;
  new_end?: string | null;
  new_start?: string | null;
  task_id: string;
};

export type CalendarCheckConflictsV1Data = {
  conflict_type: "time_overlap" | null;
  conflicting_tasks: CalendarTask[];
  has_conflict: boolean;
  message: string | null;
};

export type CalendarCheckConflictsV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type CalendarCheckConflictsArgs = CalendarCheckConflictsV1Args;
export type CalendarCheckConflictsData = CalendarCheckConflictsV1Data;
export type CalendarCheckConflictsErrorCode = CalendarCheckConflictsV1ErrorCode;

export type CalendarGetTasksV1Args = {
  date_range: CalendarDateRange;
  statuses?: string[] | null;
  technician_ids?: string[] | null;
};

export type CalendarGetTasksV1Data = {
  items: CalendarTask[];
  total_count: number;
};

export type CalendarGetTasksV1ErrorCode = BusErrorCode;

export type CalendarGetTasksArgs = CalendarGetTasksV1Args;
export type CalendarGetTasksData = CalendarGetTasksV1Data;
export type CalendarGetTasksErrorCode = CalendarGetTasksV1ErrorCode;

export type CalendarScheduleTaskV1Args = {
  force?: boolean | null;
  new_date: string;
  new_end?: string | null;
  new_start?: string | null;
  task_id: string;
};

export type CalendarScheduleTaskV1Data = {
  conflict_type: "time_overlap" | null;
  conflicting_tasks: CalendarTask[];
  has_conflict: boolean;
  message: string | null;
  scheduled: boolean;
};

export type CalendarScheduleTaskV1ErrorCode = BusErrorCode | "NOT_FOUND" | "TASK_NOT_SCHEDULABLE";

export type CalendarScheduleTaskArgs = CalendarScheduleTaskV1Args;
export type CalendarScheduleTaskData = CalendarScheduleTaskV1Data;
export type CalendarScheduleTaskErrorCode = CalendarScheduleTaskV1ErrorCode;

export type CreateEventV1Args = {
  all_day?: boolean | null;
  category?: string | null;
  client_id?: string | null;
  color?: string | null;
  description?: string | null;
  end_datetime: string;
  event_type?: string | null;
  is_virtual?: boolean | null;
  location?: string | null;
  meeting_link?: string | null;
  notes?: string | null;
  participants?: CalendarParticipant[] | null;
  reminders?: number[] | null;
  start_datetime: string;
  tags?: string[] | null;
  task_id?: string | null;
  technician_id?: string | null;
  timezone?: string | null;
  title: string;
};

export type CreateEventV1Data = {
  all_day: boolean;
  category: string | null;
  client_id: string | null;
  color: string | null;
  created_at: number;
  created_by: string | null;
  description: string | null;
  end_datetime: string;
  event_type: "meeting" | "appointment" | "task" | "reminder" | "other";
  id: string;
  is_recurring: boolean;
  is_virtual: boolean;
  location: string | null;
  meeting_link: string | null;
  notes: string | null;
  parent_event_id: string | null;
  participants: CalendarShownParticipant[];
  recurrence_rule: string | null;
  reminders: number[];
  start_datetime: string;
  status: "confirmed" | "tentative" | "cancelled";
  tags: string[];
  task_id: string | null;
  technician_id: string | null;
  timezone: string;
  title: string;
  updated_at: number;
  updated_by: string | null;
};

export type CreateEventV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type CreateEventArgs = CreateEventV1Args;
export type CreateEventData = CreateEventV1Data;
export type CreateEventErrorCode = CreateEventV1ErrorCode;

export type DeleteEventV1Args = {
  id: string;
};

export type DeleteEventV1Data = {
  deleted: boolean;
  id: string;
};

export type DeleteEventV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DeleteEventArgs = DeleteEventV1Args;
export type DeleteEventData = DeleteEventV1Data;
export type DeleteEventErrorCode = DeleteEventV1ErrorCode;

export type GetEventByIdV1Args = {
  id: string;
};

export type GetEventByIdV1Data = {
  all_day: boolean;
  category: string | null;
  client_id: string | null;
  color: string | null;
  created_at: number;
  created_by: string | null;
  description: string | null;
  end_datetime: string;
  event_type: "meeting" | "appointment" | "task" | "reminder" | "other";
  id: string;
  is_recurring: boolean;
  is_virtual: boolean;
  location: string | null;
  meeting_link: string | null;
  notes: string | null;
  parent_event_id: string | null;
  participants: CalendarShownParticipant[];
  recurrence_rule: string | null;
  reminders: number[];
  start_datetime: string;
  status: "confirmed" | "tentative" | "cancelled";
  tags: string[];
  task_id: string | null;
  technician_id: string | null;
  timezone: string;
  title: string;
  updated_at: number;
  updated_by: string | null;
};

export type GetEventByIdV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type GetEventByIdArgs = GetEventByIdV1Args;
export type GetEventByIdData = GetEventByIdV1Data;
export type GetEventByIdErrorCode = GetEventByIdV1ErrorCode;

export type GetEventsV1Args = {
  end_date: string;
  start_date: string;
  technician_id?: string | null;
};

export type GetEventsV1Data = {
  items: CalendarEvent[];
  total_count: number;
};

export type GetEventsV1ErrorCode = BusErrorCode;

export type GetEventsArgs = GetEventsV1Args;
export type GetEventsData = GetEventsV1Data;
export type GetEventsErrorCode = GetEventsV1ErrorCode;

export type GetEventsForTaskV1Args = {
  task_id: string;
};

export type GetEventsForTaskV1Data = {
  items: CalendarEvent[];
  total_count: number;
};

export type GetEventsForTaskV1ErrorCode = BusErrorCode;

export type GetEventsForTaskArgs = GetEventsForTaskV1Args;
export type GetEventsForTaskData = GetEventsForTaskV1Data;
export type GetEventsForTaskErrorCode = GetEventsForTaskV1ErrorCode;

export type GetEventsForTechnicianV1Args = {
  technician_id: string;
};

export type GetEventsForTechnicianV1Data = {
  items: CalendarEvent[];
  total_count: number;
};

export type GetEventsForTechnicianV1ErrorCode = BusErrorCode;

export type GetEventsForTechnicianArgs = GetEventsForTechnicianV1Args;
export type GetEventsForTechnicianData = GetEventsForTechnicianV1Data;
export type GetEventsForTechnicianErrorCode = GetEventsForTechnicianV1ErrorCode;

export type UpdateEventV1Args = {
  all_day?: boolean;
  category?: string | null;
  client_id?: string | null;
  color?: string | null;
  description?: string | null;
  end_datetime?: string;
  event_type?: string;
  id: string;
  is_virtual?: boolean;
  location?: string | null;
  meeting_link?: string | null;
  notes?: string | null;
  participants?: CalendarParticipant[];
  reminders?: number[];
  start_datetime?: string;
  status?: string;
  tags?: string[];
  task_id?: string | null;
  technician_id?: string | null;
  timezone?: string;
  title?: string;
};

export type UpdateEventV1Data = {
  all_day: boolean;
  category: string | null;
  client_id: string | null;
  color: string | null;
  created_at: number;
  created_by: string | null;
  description: string | null;
  end_datetime: string;
  event_type: "meeting" | "appointment" | "task" | "reminder" | "other";
  id: string;
  is_recurring: boolean;
  is_virtual: boolean;
  location: string | null;
  meeting_link: string | null;
  notes: string | null;
  parent_event_id: string | null;
  participants: CalendarShownParticipant[];
  recurrence_rule: string | null;
  reminders: number[];
  start_datetime: string;
  status: "confirmed" | "tentative" | "cancelled";
  tags: string[];
  task_id: string | null;
  technician_id: string | null;
  timezone: string;
  title: string;
  updated_at: number;
  updated_by: string | null;
};

export type UpdateEventV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type UpdateEventArgs = UpdateEventV1Args;
export type UpdateEventData = UpdateEventV1Data;
export type UpdateEventErrorCode = UpdateEventV1ErrorCode;
