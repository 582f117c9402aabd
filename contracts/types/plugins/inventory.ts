// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject, JsonValue } from "../wire.js";

export type InventoryConsumption = {
  batch_used: string | null;
  id: string;
  intervention_id: string;
  material_id: string;
  quality_notes: string | null;
  quantity_used: number;
  recorded_at: number;
  recorded_by: string;
  step_id: string | null;
  step_number: number | null;
  total_cost: number | null;
  unit_cost: number | null;
  waste_quantity: number;
  waste_reason: string | null;
};

export type InventoryMaterial = {
  batch_number: string | null;
  brand: string | null;
  category: string | null;
  certification: string | null;
  created_at: number;
  created_by: string;
  currency: string;
  current_stock: number;
  description: string | null;
  expiry_date: number | null;
  id: string;
  is_active: boolean;
  is_discontinued: boolean;
  material_type: "ppf_film" | "adhesive" | "cleaning_solution" | "tool" | "consumable";
  maximum_stock: number | null;
  minimum_stock: number | null;
  model: string | null;
  name: string;
  quality_grade: string | null;
  reorder_point: number | null;
  sku: string;
  specifications: JsonObject | null;
  storage_location: string | null;
  subcategory: string | null;
  supplier_name: string | null;
  supplier_sku: string | null;
  unit_cost: number | null;
  unit_of_measure: "piece" | "meter" | "liter" | "gram" | "roll";
  updated_at: number;
  updated_by: string;
  warehouse_id: string | null;
};

export type InventoryMaterialChange = {
  batch_number?: string | null;
  brand?: string | null;
  category?: string | null;
  certification?: string | null;
  currency?: string;
  description?: string | null;
  expiry_date?: number | null;
  material_type?: string;
  maximum_stock?: number | null;
  minimum_stock?: number | null;
  model?: string | null;
  name?: string;
  quality_grade?: string | null;
  reorder_point?: number | null;
  sku?: string;
  specifications?: JsonObject | null;
  storage_location?: string | null;
  subcategory?: string | null;
  supplier_name?: string | null;
  supplier_sku?: string | null;
  unit_cost?: number | null;
  unit_of_measure?: string;
  warehouse_id?: string | null;
};

export type InventoryTransaction = {
  batch_number: string | null;
  expiry_date: number | null;
  id: string;
  intervention_id: string | null;
  location_from: string | null;
  location_to: string | null;
  material_id: string;
  new_stock: number;
  notes: string | null;
  performed_at: number;
  performed_by: string;
  previous_stock: number;
  quantity: number;
  reference_number: string | null;
  reference_type: string | null;
  step_id: string | null;
  total_cost: number | null;
  transaction_type: "stock_in" | "stock_out" | "adjustment" | "transfer" | "waste" | "return";
  unit_cost: number | null;
};

export type InventoryUsedMaterial = {
  material_id: string;
  material_name: string;
  material_type: string;
  quantity_used: number;
  total_cost: number | null;
  unit_cost: number | null;
  waste_quantity: number;
};

export type MaterialCreateV1Args = {
  batch_number?: string | null;
  brand?: string | null;
  category?: string | null;
  certification?: string | null;
  currency?: string | null;
  current_stock?: number | null;
  description?: string | null;
  expiry_date?: number | null;
  material_type: string;
  maximum_stock?: number | null;
  minimum_stock?: number | null;
  model?: string | null;
  name: string;
  quality_grade?: string | null;
  reorder_point?: number | null;
  sku: string;
  specifications?: JsonObject | null;
  storage_location?: string | null;
  subcategory?: string | null;
  supplier_name?: string | null;
  supplier_sku?: string | null;
  unit_cost?: number | null;
  unit_of_measure?: string | null;
  warehouse_id?: string | null;
};

export type MaterialCreateV1Data = {
  batch_number: string | null;
  brand: string | null;
  category: string | null;
  certification: string | null;
  created_at: number;
  created_by: string;
  currency: string;
  current_stock: number;
  description: string | null;
  expiry_date: number | null;
  id: string;
  is_active: boolean;
  is_discontinued: boolean;
  material_type: "ppf_film" | "adhesive" | "cleaning_solution" | "tool" | "consumable";
  maximum_stock: number | null;
  minimum_stock: number | null;
  model: string | null;
  name: string;
  quality_grade: string | null;
  reorder_point: number | null;
  sku: string;
  specifications: JsonObject | null;
  storage_location: string | null;
  subcategory: string | null;
  supplier_name: string | null;
  supplier_sku: string | null;
  unit_cost: number | null;
  unit_of_measure: "piece" | "meter" | "liter" | "gram" | "roll";
  updated_at: number;
  updated_by: string;
  warehouse_id: string | null;
};

export type MaterialCreateV1ErrorCode = BusErrorCode | "MATERIAL_DUPLICATE_SKU" | "STOCK_LIMIT_EXCEEDED";

export type MaterialCreateArgs = MaterialCreateV1Args;
export type MaterialCreateData = MaterialCreateV1Data;
export type MaterialCreateErrorCode = MaterialCreateV1ErrorCode;

export type MaterialCreateInventoryTransactionV1Args = {
  batch_number?: string | null;
  expiry_date?: number | null;
  intervention_id?: string | null;
  location_from?: string | null;
  location_to?: string | null;
  material_id: string;
  notes?: string | null;
  quantity: number;
  recorded_by?: JsonValue;
  reference_number?: string | null;
  reference_type?: string | null;
  step_id?: string | null;
  transaction_type: string;
  unit_cost?: number | null;
};

export type MaterialCreateInventoryTransactionV1Data = {
  batch_number: string | null;
  expiry_date: number | null;
  id: string;
  intervention_id: string | null;
  location_from: string | null;
  location_to: string | null;
  material_id: string;
  new_stock: number;
  notes: string | null;
  performed_at: number;
  performed_by: string;
  previous_stock: number;
  quantity: number;
  reference_number: string | null;
  reference_type: string | null;
  step_id: string | null;
  total_cost: number | null;
  transaction_type: "stock_in" | "stock_out" | "adjustment" | "transfer" | "waste" | "return";
  unit_cost: number | null;
};

export type MaterialCreateInventoryTransactionV1ErrorCode = BusErrorCode | "INSUFFICIENT_STOCK" | "MATERIAL_INACTIVE" | "NOT_FOUND" | "STOCK_LIMIT_EXCEEDED";

export type MaterialCreateInventoryTransactionArgs = MaterialCreateInventoryTransactionV1Args;
export type MaterialCreateInventoryTransactionData = MaterialCreateInventoryTransactionV1Data;
export type MaterialCreateInventoryTransactionErrorCode = MaterialCreateInventoryTransactionV1ErrorCode;

export type MaterialDeleteV1Args = {
  id: string;
};

export type MaterialDeleteV1Data = {
  deleted: boolean;
  id: string;
};

export type MaterialDeleteV1ErrorCode = BusErrorCode | "MATERIAL_INACTIVE" | "NOT_FOUND";

export type MaterialDeleteArgs = MaterialDeleteV1Args;
export type MaterialDeleteData = MaterialDeleteV1Data;
export type MaterialDeleteErrorCode = MaterialDeleteV1ErrorCode;

export type MaterialGetV1Args = {
  id: string;
};

export type MaterialGetV1Data = {
  batch_number: string | null;
  brand: string | null;
  category: string | null;
  certification: string | null;
  created_at: number;
  created_by: string;
  currency: string;
  current_stock: number;
  description: string | null;
  expiry_date: number | null;
  id: string;
  is_active: boolean;
  is_discontinued: boolean;
  material_type: "ppf_film" | "adhesive" | "cleaning_solution" | "tool" | "consumable";
  maximum_stock: number | null;
  minimum_stock: number | null;
  model: string | null;
  name: string;
  quality_grade: string | null;
  reorder_point: number | null;
  sku: string;
  specifications: JsonObject | null;
  storage_location: string | null;
  subcategory: string | null;
  supplier_name: string | null;
  supplier_sku: string | null;
  unit_cost: number | null;
  unit_of_measure: "piece" | "meter" | "liter" | "gram" | "roll";
  updated_at: number;
  updated_by: string;
  warehouse_id: string | null;
};

export type MaterialGetV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type MaterialGetArgs = MaterialGetV1Args;
export type MaterialGetData = MaterialGetV1Data;
export type MaterialGetErrorCode = MaterialGetV1ErrorCode;

export type MaterialGetBySkuV1Args = {
  sku: string;
};

export type MaterialGetBySkuV1Data = {
  batch_number: string | null;
  brand: string | null;
  category: string | null;
  certification: string | null;
  created_at: number;
  created_by: string;
  currency: string;
  current_stock: number;
  description: string | null;
  expiry_date: number | null;
  id: string;
  is_active: boolean;
  is_discontinued: boolean;
  material_type: "ppf_film" | "adhesive" | "cleaning_solution" | "tool" | "consumable";
  maximum_stock: number | null;
  minimum_stock: number | null;
  model: string | null;
  name: string;
  quality_grade: string | null;
  reorder_point: number | null;
  sku: string;
  specifications: JsonObject | null;
  storage_location: string | null;
  subcategory: string | null;
  supplier_name: string | null;
  supplier_sku: string | null;
  unit_cost: number | null;
  unit_of_measure: "piece" | "meter" | "liter" | "gram" | "roll";
  updated_at: number;
  updated_by: string;
  warehouse_id: string | null;
};

export type MaterialGetBySkuV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type MaterialGetBySkuArgs = MaterialGetBySkuV1Args;
export type MaterialGetBySkuData = MaterialGetBySkuV1Data;
export type MaterialGetBySkuErrorCode = MaterialGetBySkuV1ErrorCode;

export type MaterialGetConsumptionHistoryV1Args = {
  limit?: number | null;
  material_id: string;
  offset?: number | null;
};

export type MaterialGetConsumptionHistoryV1Data = {
  items: InventoryConsumption[];
  limit: number;
  offset: number;
  total_count: number;
};

export type MaterialGetConsumptionHistoryV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type MaterialGetConsumptionHistoryArgs = MaterialGetConsumptionHistoryV1Args;
export type MaterialGetConsumptionHistoryData = MaterialGetConsumptionHistoryV1Data;
export type MaterialGetConsumptionHistoryErrorCode = MaterialGetConsumptionHistoryV1ErrorCode;

export type MaterialGetExpiredV1Args = Record<string, never>;

export type MaterialGetExpiredV1Data = {
  items: InventoryMaterial[];
  total_count: number;
};

export type MaterialGetExpiredV1ErrorCode = BusErrorCode;

export type MaterialGetExpiredArgs = MaterialGetExpiredV1Args;
export type MaterialGetExpiredData = MaterialGetExpiredV1Data;
export type MaterialGetExpiredErrorCode = MaterialGetExpiredV1ErrorCode;

export type MaterialGetInterventionConsumptionV1Args = {
  intervention_id: string;
};

export type MaterialGetInterventionConsumptionV1Data = {
  items: InventoryConsumption[];
  total_count: number;
};

export type MaterialGetInterventionConsumptionV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type MaterialGetInterventionConsumptionArgs = MaterialGetInterventionConsumptionV1Args;
export type MaterialGetInterventionConsumptionData = MaterialGetInterventionConsumptionV1Data;
export type MaterialGetInterventionConsumptionErrorCode = MaterialGetInterventionConsumptionV1ErrorCode;

export type MaterialGetInterventionSummaryV1Args = {
  intervention_id: string;
};

export type MaterialGetInterventionSummaryV1Data = {
  intervention_id: string;
  materials: InventoryUsedMaterial[];
  total_cost: number;
  total_materials_used: number;
};

export type MaterialGetInterventionSummaryV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type MaterialGetInterventionSummaryArgs = MaterialGetInterventionSummaryV1Args;
export type MaterialGetInterventionSummaryData = MaterialGetInterventionSummaryV1Data;
export type MaterialGetInterventionSummaryErrorCode = MaterialGetInterventionSummaryV1ErrorCode;

export type MaterialGetLowStockV1Args = Record<string, never>;

export type MaterialGetLowStockV1Data = {
  items: InventoryMaterial[];
  total_count: number;
};

export type MaterialGetLowStockV1ErrorCode = BusErrorCode;

export type MaterialGetLowStockArgs = MaterialGetLowStockV1Args;
export type MaterialGetLowStockData = MaterialGetLowStockV1Data;
export type MaterialGetLowStockErrorCode = MaterialGetLowStockV1ErrorCode;

export type MaterialGetStatsV1Args = Record<string, never>;

export type MaterialGetStatsV1Data = {
  active_materials: number;
  expired_materials: number;
  low_stock_materials: number;
  materials_by_type: { [name: string]: number };
  total_materials: number;
  total_value: number;
};

export type MaterialGetStatsV1ErrorCode = BusErrorCode;

export type MaterialGetStatsArgs = MaterialGetStatsV1Args;
export type MaterialGetStatsData = MaterialGetStatsV1Data;
export type MaterialGetStatsErrorCode = MaterialGetStatsV1ErrorCode;

export type MaterialGetTransactionHistoryV1Args = {
  limit?: number | null;
  material_id: string;
  offset?: number | null;
  transaction_type?: string | null;
};

export type MaterialGetTransactionHistoryV1Data = {
  items: InventoryTransaction[];
  limit: number;
  offset: number;
  total_count: number;
};

export type MaterialGetTransactionHistoryV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type MaterialGetTransactionHistoryArgs = MaterialGetTransactionHistoryV1Args;
export type MaterialGetTransactionHistoryData = MaterialGetTransactionHistoryV1Data;
export type MaterialGetTransactionHistoryErrorCode = MaterialGetTransactionHistoryV1ErrorCode;

export type MaterialListV1Args = {
  active_only?: boolean | null;
  category?: string | null;
  limit?: number | null;
  material_type?: string | null;
  offset?: number | null;
  search?: string | null;
};

export type MaterialListV1Data = {
  items: InventoryMaterial[];
  limit: number;
  offset: number;
  total_count: number;
};

export type MaterialListV1ErrorCode = BusErrorCode;

export type MaterialListArgs = MaterialListV1Args;
export type MaterialListData = MaterialListV1Data;
export type MaterialListErrorCode = MaterialListV1ErrorCode;

export type MaterialRecordConsumptionV1Args = {
  batch_used?: string | null;
  intervention_id: string;
  material_id: string;
  quality_notes?: string | null;
  quantity_used: number;
  recorded_by?: JsonValue;
  step_id?: string | null;
  step_number?: number | null;
  waste_quantity?: number | null;
  waste_reason?: string | null;
};

export type MaterialRecordConsumptionV1Data = {
  batch_used: string | null;
  id: string;
  intervention_id: string;
  material_id: string;
  quality_notes: string | null;
  quantity_used: number;
  recorded_at: number;
  recorded_by: string;
  step_id: string | null;
  step_number: number | null;
  total_cost: number | null;
  unit_cost: number | null;
  waste_quantity: number;
  waste_reason: string | null;
};

export type MaterialRecordConsumptionV1ErrorCode = BusErrorCode | "INSUFFICIENT_STOCK" | "INTERVENTION_INVALID_STATE" | "INTERVENTION_STEP_NOT_FOUND" | "MATERIAL_EXPIRED" | "MATERIAL_INACTIVE" | "NOT_FOUND";

export type MaterialRecordConsumptionArgs = MaterialRecordConsumptionV1Args;
export type MaterialRecordConsumptionData = MaterialRecordConsumptionV1Data;
export type MaterialRecordConsumptionErrorCode = MaterialRecordConsumptionV1ErrorCode;

export type MaterialUpdateV1Args = {
  data: InventoryMaterialChange;
  id: string;
};

export type MaterialUpdateV1Data = {
  batch_number: string | null;
  brand: string | null;
  category: string | null;
  certification: string | null;
  created_at: number;
  created_by: string;
  currency: string;
  current_stock: number;
  description: string | null;
  expiry_date: number | null;
  id: string;
  is_active: boolean;
  is_discontinued: boolean;
  material_type: "ppf_film" | "adhesive" | "cleaning_solution" | "tool" | "consumable";
  maximum_stock: number | null;
  minimum_stock: number | null;
  model: string | null;
  name: string;
  quality_grade: string | null;
  reorder_point: number | null;
  sku: string;
  specifications: JsonObject | null;
  storage_location: string | null;
  subcategory: string | null;
  supplier_name: string | null;
  supplier_sku: string | null;
  unit_cost: number | null;
  unit_of_measure: "piece" | "meter" | "liter" | "gram" | "roll";
  updated_at: number;
  updated_by: string;
  warehouse_id: string | null;
};

export type MaterialUpdateV1ErrorCode = BusErrorCode | "MATERIAL_DUPLICATE_SKU" | "MATERIAL_INACTIVE" | "NOT_FOUND" | "STOCK_LIMIT_EXCEEDED";

export type MaterialUpdateArgs = MaterialUpdateV1Args;
export type MaterialUpdateData = MaterialUpdateV1Data;
export type MaterialUpdateErrorCode = MaterialUpdateV1ErrorCode;

export type MaterialUpdateStockV1Args = {
  material_id: string;
  quantity_change: number;
  reason: string;
  recorded_by?: JsonValue;
};

export type MaterialUpdateStockV1Data = {
  batch_number: string | null;
  brand: string | null;
  category: string | null;
  certification: string | null;
  created_at: number;
  created_by: string;
  currency: string;
  current_stock: number;
  description: string | null;
  expiry_date: number | null;
  id: string;
  is_active: boolean;
  is_discontinued: boolean;
  material_type: "ppf_film" | "adhesive" | "cleaning_solution" | "tool" | "consumable";
  maximum_stock: number | null;
  minimum_stock: number | null;
  model: string | null;
  name: string;
  quality_grade: string | null;
  reorder_point: number | null;
  sku: string;
  specifications: JsonObject | null;
  storage_location: string | null;
  subcategory: string | null;
  supplier_name: string | null;
  supplier_sku: string | null;
  unit_cost: number | null;
  unit_of_measure: "piece" | "meter" | "liter" | "gram" | "roll";
  updated_at: number;
  updated_by: string;
  warehouse_id: string | null;
};

export type MaterialUpdateStockV1ErrorCode = BusErrorCode | "INSUFFICIENT_STOCK" | "MATERIAL_INACTIVE" | "NOT_FOUND" | "STOCK_LIMIT_EXCEEDED";

export type MaterialUpdateStockArgs = MaterialUpdateStockV1Args;
export type MaterialUpdateStockData = MaterialUpdateStockV1Data;
export type MaterialUpdateStockErrorCode = MaterialUpdateStockV1ErrorCode;
