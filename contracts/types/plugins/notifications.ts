// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject } from "../wire.js";

export type NotificationsNotification = {
  created_at: number;
  data: JsonObject;
  event: "task.overdue" | "intervention.finalized" | "material.low_stock" | "quote.accepted";
  id: string;
  read_at: number | null;
  title: string;
};

export type NotificationGetPreferencesV1Args = Record<string, never>;

export type NotificationGetPreferencesV1Data = {
  unwanted: string[];
  wanted: string[];
};

export type NotificationGetPreferencesV1ErrorCode = BusErrorCode;

export type NotificationGetPreferencesArgs = NotificationGetPreferencesV1Args;
export type NotificationGetPreferencesData = NotificationGetPreferencesV1Data;
export type NotificationGetPreferencesErrorCode = NotificationGetPreferencesV1ErrorCode;

export type NotificationListV1Args = {
  limit?: number | null;
  page?: number | null;
  unread_only?: boolean;
};

export type NotificationListV1Data = {
  items: NotificationsNotification[];
  limit: number;
  page: number;
  total_count: number;
  total_pages: number;
  unread_count: number;
};

export type NotificationListV1ErrorCode = BusErrorCode;

export type NotificationListArgs = NotificationListV1Args;
export type NotificationListData = NotificationListV1Data;
export type NotificationListErrorCode = NotificationListV1ErrorCode;

export type NotificationMarkReadV1Args = {
  all?: boolean;
  ids?: string[] | null;
};

export type NotificationMarkReadV1Data = {
  marked_count: number;
  unread_count: number;
};

export type NotificationMarkReadV1ErrorCode = BusErrorCode;

export type NotificationMarkReadArgs = NotificationMarkReadV1Args;
export type NotificationMarkReadData = NotificationMarkReadV1Data;
export type NotificationMarkReadErrorCode = NotificationMarkReadV1ErrorCode;

export type NotificationSetPreferencesV1Args = {
  wanted: string[];
};

export type NotificationSetPreferencesV1Data = {
  unwanted: string[];
  wanted: string[];
};

export type NotificationSetPreferencesV1ErrorCode = BusErrorCode;

export type NotificationSetPreferencesArgs = NotificationSetPreferencesV1Args;
export type NotificationSetPreferencesData = NotificationSetPreferencesV1Data;
export type NotificationSetPreferencesErrorCode = NotificationSetPreferencesV1ErrorCode;
