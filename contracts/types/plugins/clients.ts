// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject } from "../wire.js";

export type ClientsClientAndTasks = {
  active_tasks: number;
  address_city: string | null;
  address_country: string | null;
  address_state: string | null;
  address_street: string | null;
  address_zip: string | null;
  company_name: string | null;
  completed_tasks: number;
  contact_person: string | null;
  created_at: number;
  created_by: string;
  customer_type: "individual" | "business";
  email: string | null;
  id: string;
  last_task_date: string | null;
  name: string;
  notes: string | null;
  phone: string | null;
  tags: string[];
  tasks?: ClientsTask[];
  tax_id: string | null;
  total_tasks: number;
  updated_at: number;
};

export type ClientsClientConditions = {
  customer_type?: string | null;
  search?: string | null;
};

export type ClientsRefusedRow = {
  code: string;
  fields: { [name: string]: string[] };
  line: number;
  message: string;
};

export type ClientsStatistics = {
  business_clients: number;
  clients_with_tasks: number;
  individual_clients: number;
  new_clients_this_month: number;
  total_clients: number;
};

export type ClientsTask = {
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

export type ClientCrudV1Args = {
  action: JsonObject | string;
};

export type ClientCrudV1Data = {
  client?: ClientsClientAndTasks;
  id?: string;
  items?: ClientsClientAndTasks[];
  limit?: number;
  page?: number;
  statistics?: ClientsStatistics;
  total_count?: number;
  total_pages?: number;
  type: string;
};

export type ClientCrudV1ErrorCode = BusErrorCode | "CLIENT_DUPLICATE_EMAIL" | "CLIENT_DUPLICATE_TAX_ID" | "CLIENT_HAS_ACTIVE_TASKS" | "NOT_FOUND";

export type ClientCrudArgs = ClientCrudV1Args;
export type ClientCrudData = ClientCrudV1Data;
export type ClientCrudErrorCode = ClientCrudV1ErrorCode;

export type ClientExportCsvV1Args = {
  filters?: ClientsClientConditions | null;
};

export type ClientExportCsvV1Data = {
  content: string;
  count: number;
};

export type ClientExportCsvV1ErrorCode = BusErrorCode;

export type ClientExportCsvArgs = ClientExportCsvV1Args;
export type ClientExportCsvData = ClientExportCsvV1Data;
export type ClientExportCsvErrorCode = ClientExportCsvV1ErrorCode;

export type ClientImportCsvV1Args = {
  content: string;
  keep_rows?: string;
};

export type ClientImportCsvV1Data = {
  created: number;
  refused: ClientsRefusedRow[];
  total: number;
};

export type ClientImportCsvV1ErrorCode = BusErrorCode;

export type ClientImportCsvArgs = ClientImportCsvV1Args;
export type ClientImportCsvData = ClientImportCsvV1Data;
export type ClientImportCsvErrorCode = ClientImportCsvV1ErrorCode;
