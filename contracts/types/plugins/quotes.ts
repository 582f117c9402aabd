// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";

export type QuotesCreatedTask = {
  task_id: string;
};

export type QuotesItem = {
  created_at: number;
  description: string | null;
  id: string;
  kind: "labor" | "material" | "service" | "discount";
  label: string;
  line_tax: number;
  line_total: number;
  material_id: string | null;
  position: number;
  qty: number;
  quote_id: string;
  tax_rate: number | null;
  unit_price: number;
  updated_at: number;
};

export type QuotesItemChange = {
  description?: string | null;
  kind?: string;
  label?: string;
  material_id?: string | null;
  position?: number;
  qty?: number;
  tax_rate?: number | null;
  unit_price?: number;
};

export type QuotesItemDraft = {
  description?: string | null;
  kind?: string | null;
  label: string;
  material_id?: string | null;
  position?: number | null;
  qty: number;
  tax_rate?: number | null;
  unit_price: number;
};

export type QuotesListedQuote = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  item_count: number;
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuotesQuote = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  items: QuotesItem[];
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuotesQuoteChange = {
  notes?: string | null;
  terms?: string | null;
  valid_until?: number | null;
  vehicle_make?: string | null;
  vehicle_model?: string | null;
  vehicle_plate?: string | null;
  vehicle_vin?: string | null;
  vehicle_year?: number | string | null;
};

export type QuotesQuoteDraft = {
  client_id: string;
  items?: QuotesItemDraft[] | null;
  notes?: string | null;
  task_id?: string | null;
  terms?: string | null;
  valid_until?: number | null;
  vehicle_make?: string | null;
  vehicle_model?: string | null;
  vehicle_plate?: string | null;
  vehicle_vin?: string | null;
  vehicle_year?: number | string | null;
};

export type QuotesQuoteFilters = {
  client_id?: string | null;
  date_from?: number | null;
  date_to?: number | null;
  limit?: number | null;
  page?: number | null;
  search?: string | null;
  sort_by?: string | null;
  sort_order?: string | null;
  status?: string | null;
};

export type QuoteCreateV1Args = {
  data: QuotesQuoteDraft;
};

export type QuoteCreateV1Data = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  items: QuotesItem[];
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuoteCreateV1ErrorCode = BusErrorCode;

export type QuoteCreateArgs = QuoteCreateV1Args;
export type QuoteCreateData = QuoteCreateV1Data;
export type QuoteCreateErrorCode = QuoteCreateV1ErrorCode;

export type QuoteDeleteV1Args = {
  id: string;
};

export type QuoteDeleteV1Data = {
  deleted: boolean;
  id: string;
};

export type QuoteDeleteV1ErrorCode = BusErrorCode | "NOT_FOUND" | "QUOTE_INVALID_STATE";

export type QuoteDeleteArgs = QuoteDeleteV1Args;
export type QuoteDeleteData = QuoteDeleteV1Data;
export type QuoteDeleteErrorCode = QuoteDeleteV1ErrorCode;

export type QuoteExportPdfV1Args = {
  id: string;
};

export type QuoteExportPdfV1Data = {
  byte_size: number;
  content_base64: string;
  content_type: "application/pdf";
  file_name: string;
  quote_id: string;
  sha256: string;
};

export type QuoteExportPdfV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type QuoteExportPdfArgs = QuoteExportPdfV1Args;
export type QuoteExportPdfData = QuoteExportPdfV1Data;
export type QuoteExportPdfErrorCode = QuoteExportPdfV1ErrorCode;

export type QuoteGetV1Args = {
  id: string;
};

export type QuoteGetV1Data = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  items: QuotesItem[];
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuoteGetV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type QuoteGetArgs = QuoteGetV1Args;
export type QuoteGetData = QuoteGetV1Data;
export type QuoteGetErrorCode = QuoteGetV1ErrorCode;

export type QuoteItemAddV1Args = {
  item: QuotesItemDraft;
  quote_id: string;
};

export type QuoteItemAddV1Data = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  items: QuotesItem[];
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuoteItemAddV1ErrorCode = BusErrorCode | "NOT_FOUND" | "QUOTE_INVALID_STATE";

export type QuoteItemAddArgs = QuoteItemAddV1Args;
export type QuoteItemAddData = QuoteItemAddV1Data;
export type QuoteItemAddErrorCode = QuoteItemAddV1ErrorCode;

export type QuoteItemDeleteV1Args = {
  item_id: string;
  quote_id: string;
};

export type QuoteItemDeleteV1Data = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  items: QuotesItem[];
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuoteItemDeleteV1ErrorCode = BusErrorCode | "NOT_FOUND" | "QUOTE_INVALID_STATE";

export type QuoteItemDeleteArgs = QuoteItemDeleteV1Args;
export type QuoteItemDeleteData = QuoteItemDeleteV1Data;
export type QuoteItemDeleteErrorCode = QuoteItemDeleteV1ErrorCode;

export type QuoteItemUpdateV1Args = {
  data: QuotesItemChange;
  item_id: string;
  quote_id: string;
};

export type QuoteItemUpdateV1Data = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  items: QuotesItem[];
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuoteItemUpdateV1ErrorCode = BusErrorCode | "NOT_FOUND" | "QUOTE_INVALID_STATE";

export type QuoteItemUpdateArgs = QuoteItemUpdateV1Args;
export type QuoteItemUpdateData = QuoteItemUpdateV1Data;
export type QuoteItemUpdateErrorCode = QuoteItemUpdateV1ErrorCode;

export type QuoteListV1Args = {
  filters?: QuotesQuoteFilters | null;
};

export type QuoteListV1Data = {
  items: QuotesListedQuote[];
  limit: number;
  page: number;
  total_count: number;
  total_pages: number;
};

export type QuoteListV1ErrorCode = BusErrorCode;

export type QuoteListArgs = QuoteListV1Args;
export type QuoteListData = QuoteListV1Data;
export type QuoteListErrorCode = QuoteListV1ErrorCode;

export type QuoteMarkAcceptedV1Args = {
  id: string;
};

export type QuoteMarkAcceptedV1Data = {
  quote: QuotesQuote;
  task_created: QuotesCreatedTask | null;
};

export type QuoteMarkAcceptedV1ErrorCode = BusErrorCode | "NOT_FOUND" | "QUOTE_INVALID_STATE";

export type QuoteMarkAcceptedArgs = QuoteMarkAcceptedV1Args;
export type QuoteMarkAcceptedData = QuoteMarkAcceptedV1Data;
export type QuoteMarkAcceptedErrorCode = QuoteMarkAcceptedV1ErrorCode;

export type QuoteMarkRejectedV1Args = {
  id: string;
};

export type QuoteMarkRejectedV1Data = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  items: QuotesItem[];
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuoteMarkRejectedV1ErrorCode = BusErrorCode | "NOT_FOUND" | "QUOTE_INVALID_STATE";

export type QuoteMarkRejectedArgs = QuoteMarkRejectedV1Args;
export type QuoteMarkRejectedData = QuoteMarkRejectedV1Data;
export type QuoteMarkRejectedErrorCode = QuoteMarkRejectedV1ErrorCode;

export type QuoteMarkSentV1Args = {
  id: string;
};

export type QuoteMarkSentV1Data = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  items: QuotesItem[];
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuoteMarkSentV1ErrorCode = BusErrorCode | "NOT_FOUND" | "QUOTE_INVALID_STATE";

export type QuoteMarkSentArgs = QuoteMarkSentV1Args;
export type QuoteMarkSentData = QuoteMarkSentV1Data;
export type QuoteMarkSentErrorCode = QuoteMarkSentV1ErrorCode;

export type QuoteUpdateV1Args = {
  data: QuotesQuoteChange;
  id: string;
};

export type QuoteUpdateV1Data = {
  client_id: string;
  created_at: number;
  created_by: string;
  id: string;
  items: QuotesItem[];
  notes: string | null;
  quote_number: string;
  status: "draft" | "sent" | "accepted" | "rejected" | "expired";
  subtotal: number;
  task_id: string | null;
  tax_total: number;
  terms: string | null;
  total: number;
  updated_at: number;
  valid_until: number | null;
  vehicle_make: string | null;
  vehicle_model: string | null;
  vehicle_plate: string | null;
  vehicle_vin: string | null;
  vehicle_year: string | null;
};

export type QuoteUpdateV1ErrorCode = BusErrorCode | "NOT_FOUND" | "QUOTE_INVALID_STATE";

export type QuoteUpdateArgs = QuoteUpdateV1Args;
export type QuoteUpdateData = QuoteUpdateV1Data;
export type QuoteUpdateErrorCode = QuoteUpdateV1ErrorCode;
