// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject } from "../wire.js";

export type LazynoteAtomListItem = {
  atom_id: string;
  content: string;
  end_at: number | null;
  kind: "note" | "task" | "event";
  preview_image: string | null;
  preview_text: string | null;
  start_at: number | null;
  tags: string[];
  task_status: "todo" | "in_progress" | "done" | "cancelled" | null;
  updated_at: number;
};

export type LazynoteExplorerItem = {
  atom_id: string | null;
  deletable: boolean;
  display_name: string;
  kind: "folder" | "note_ref";
  movable: boolean;
  node_id: string;
  parent_node_id: string | null;
  renameable: boolean;
  sort_order: number;
  synthetic: boolean;
};

export type LazynoteFoundItem = {
  atom_id: string;
  kind: "note" | "task" | "event";
  snippet: string;
};

export type LazynoteNoteItem = {
  atom_id: string;
  content: string;
  preview_image: string | null;
  preview_text: string | null;
  tags: string[];
  updated_at: number;
};

export type LazynoteWorkspaceNodeItem = {
  atom_id: string | null;
  display_name: string;
  kind: "folder" | "note_ref";
  node_id: string;
  parent_node_id: string | null;
  sort_order: number;
};

export type AtomUpdateStatusV1Args = {
  atom_id: string;
  status: "todo" | "in_progress" | "done" | "cancelled" | null;
};

export type AtomUpdateStatusV1Data = {
  atom_id: string;
  message: string;
};

export type AtomUpdateStatusV1ErrorCode = BusErrorCode | "atom_not_found" | "db_error" | "internal_error" | "invalid_atom_id" | "invalid_status";

export type AtomUpdateStatusArgs = AtomUpdateStatusV1Args;
export type AtomUpdateStatusData = AtomUpdateStatusV1Data;
export type AtomUpdateStatusErrorCode = AtomUpdateStatusV1ErrorCode;

export type CalendarListByRangeV1Args = {
  end_ms: number;
  limit?: number | null;
  offset?: number | null;
  start_ms: number;
};

export type CalendarListByRangeV1Data = {
  applied_limit: number;
  items: LazynoteAtomListItem[];
  message: string;
  total_count: number;
};

export type CalendarListByRangeV1ErrorCode = BusErrorCode | "db_error" | "internal_error";

export type CalendarListByRangeArgs = CalendarListByRangeV1Args;
export type CalendarListByRangeData = CalendarListByRangeV1Data;
export type CalendarListByRangeErrorCode = CalendarListByRangeV1ErrorCode;

export type CalendarUpdateEventV1Args = {
  atom_id: string;
  end_ms: number;
  start_ms: number;
};

export type CalendarUpdateEventV1Data = {
  atom_id: string;
  message: string;
};

export type CalendarUpdateEventV1ErrorCode = BusErrorCode | "atom_not_found" | "db_error" | "internal_error" | "invalid_atom_id" | "invalid_time_range";

export type CalendarUpdateEventArgs = CalendarUpdateEventV1Args;
export type CalendarUpdateEventData = CalendarUpdateEventV1Data;
export type CalendarUpdateEventErrorCode = CalendarUpdateEventV1ErrorCode;

export type EntryCreateNoteV1Args = {
  content: string;
};

export type EntryCreateNoteV1Data = {
  atom_id: string;
  message: string;
};

export type EntryCreateNoteV1ErrorCode = BusErrorCode | "db_error" | "internal_error" | "note_content_empty";

export type EntryCreateNoteArgs = EntryCreateNoteV1Args;
export type EntryCreateNoteData = EntryCreateNoteV1Data;
export type EntryCreateNoteErrorCode = EntryCreateNoteV1ErrorCode;

export type EntryCreateTaskV1Args = {
  content: string;
};

export type EntryCreateTaskV1Data = {
  atom_id: string;
  message: string;
};

export type EntryCreateTaskV1ErrorCode = BusErrorCode | "db_error" | "internal_error" | "task_content_empty";

export type EntryCreateTaskArgs = EntryCreateTaskV1Args;
export type EntryCreateTaskData = EntryCreateTaskV1Data;
export type EntryCreateTaskErrorCode = EntryCreateTaskV1ErrorCode;

export type EntryExecuteV1Args = {
  input: string;
  kind?: string | null;
  limit?: number | null;
  timezone?: string | null;
};

export type EntryExecuteV1Data = {
  action?: string;
  applied_limit?: number;
  atom_id?: string;
  items?: LazynoteFoundItem[];
  message: string;
  mode: "idle" | "search" | "command_result";
  ok?: boolean;
  query?: string;
  raw_input?: string;
  requested_limit?: number | null;
  total_count?: number;
};

export type EntryExecuteV1ErrorCode = BusErrorCode | "db_error" | "empty_command" | "internal_error" | "invalid_kind" | "missing_prefix" | "note_content_empty" | "schedule_datetime_invalid" | "schedule_format_invalid" | "schedule_range_invalid" | "schedule_title_empty" | "task_content_empty" | "unknown_command";

export type EntryExecuteArgs = EntryExecuteV1Args;
export type EntryExecuteData = EntryExecuteV1Data;
export type EntryExecuteErrorCode = EntryExecuteV1ErrorCode;

export type EntryParseV1Args = {
  input: string;
  timezone?: string | null;
};

export type EntryParseV1Data = {
  action: string;
  args: JsonObject;
  message: string;
  raw_input: string;
  target_command: string;
};

export type EntryParseV1ErrorCode = BusErrorCode | "db_error" | "empty_command" | "internal_error" | "missing_prefix" | "note_content_empty" | "schedule_datetime_invalid" | "schedule_format_invalid" | "schedule_range_invalid" | "schedule_title_empty" | "task_content_empty" | "unknown_command";

export type EntryParseArgs = EntryParseV1Args;
export type EntryParseData = EntryParseV1Data;
export type EntryParseErrorCode = EntryParseV1ErrorCode;

export type EntryScheduleV1Args = {
  end_epoch_ms?: number | null;
  start_epoch_ms: number;
  title: string;
};

export type EntryScheduleV1Data = {
  atom_id: string;
  message: string;
};

export type EntryScheduleV1ErrorCode = BusErrorCode | "db_error" | "internal_error" | "invalid_time_range" | "schedule_title_empty";

export type EntryScheduleArgs = EntryScheduleV1Args;
export type EntryScheduleData = EntryScheduleV1Data;
export type EntryScheduleErrorCode = EntryScheduleV1ErrorCode;

export type EntrySearchV1Args = {
  kind?: string | null;
  limit?: number | null;
  text: string;
};

export type EntrySearchV1Data = {
  applied_limit: number;
  items: LazynoteFoundItem[];
  message: string;
  total_count: number;
};

export type EntrySearchV1ErrorCode = BusErrorCode | "db_error" | "internal_error" | "invalid_kind";

export type EntrySearchArgs = EntrySearchV1Args;
export type EntrySearchData = EntrySearchV1Data;
export type EntrySearchErrorCode = EntrySearchV1ErrorCode;

export type NoteCreateV1Args = {
  content: string;
};

export type NoteCreateV1Data = {
  message: string;
  note: LazynoteNoteItem;
};

export type NoteCreateV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_argument";

export type NoteCreateArgs = NoteCreateV1Args;
export type NoteCreateData = NoteCreateV1Data;
export type NoteCreateErrorCode = NoteCreateV1ErrorCode;

export type NoteGetV1Args = {
  atom_id: string;
};

export type NoteGetV1Data = {
  message: string;
  note: LazynoteNoteItem;
};

export type NoteGetV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_note_id" | "note_not_found";

export type NoteGetArgs = NoteGetV1Args;
export type NoteGetData = NoteGetV1Data;
export type NoteGetErrorCode = NoteGetV1ErrorCode;

export type NoteSetTagsV1Args = {
  atom_id: string;
  tags: string[];
};

export type NoteSetTagsV1Data = {
  message: string;
  note: LazynoteNoteItem;
};

export type NoteSetTagsV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_note_id" | "invalid_tag" | "note_not_found";

export type NoteSetTagsArgs = NoteSetTagsV1Args;
export type NoteSetTagsData = NoteSetTagsV1Data;
export type NoteSetTagsErrorCode = NoteSetTagsV1ErrorCode;

export type NoteUpdateV1Args = {
  atom_id: string;
  content: string;
};

export type NoteUpdateV1Data = {
  message: string;
  note: LazynoteNoteItem;
};

export type NoteUpdateV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_argument" | "invalid_note_id" | "note_not_found";

export type NoteUpdateArgs = NoteUpdateV1Args;
export type NoteUpdateData = NoteUpdateV1Data;
export type NoteUpdateErrorCode = NoteUpdateV1ErrorCode;

export type NotesListV1Args = {
  limit?: number | null;
  offset?: number | null;
  tag?: string | null;
};

export type NotesListV1Data = {
  applied_limit: number;
  items: LazynoteNoteItem[];
  message: string;
  total_count: number;
};

export type NotesListV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_argument" | "invalid_tag";

export type NotesListV2Args = {
  limit?: number | null;
  offset?: number | null;
  tag?: string | null;
};

export type NotesListV2Data = {
  applied_limit: number;
  items: LazynoteAtomListItem[];
  message: string;
  total_count: number;
};

export type NotesListV2ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_argument" | "invalid_tag";

export type NotesListArgs = NotesListV2Args;
export type NotesListData = NotesListV2Data;
export type NotesListErrorCode = NotesListV2ErrorCode;

export type SearchRebuildV1Args = Record<string, never>;

export type SearchRebuildV1Data = {
  atoms: number;
  changed: number;
  message: string;
};

export type SearchRebuildV1ErrorCode = BusErrorCode | "db_error" | "internal_error";

export type SearchRebuildArgs = SearchRebuildV1Args;
export type SearchRebuildData = SearchRebuildV1Data;
export type SearchRebuildErrorCode = SearchRebuildV1ErrorCode;

export type TagsListV1Args = Record<string, never>;

export type TagsListV1Data = {
  items: string[];
  message: string;
  total_count: number;
};

export type TagsListV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error";

export type TagsListArgs = TagsListV1Args;
export type TagsListData = TagsListV1Data;
export type TagsListErrorCode = TagsListV1ErrorCode;

export type TasksListInboxV1Args = {
  limit?: number | null;
  offset?: number | null;
};

export type TasksListInboxV1Data = {
  applied_limit: number;
  items: LazynoteAtomListItem[];
  message: string;
  total_count: number;
};

export type TasksListInboxV1ErrorCode = BusErrorCode | "db_error" | "internal_error";

export type TasksListInboxArgs = TasksListInboxV1Args;
export type TasksListInboxData = TasksListInboxV1Data;
export type TasksListInboxErrorCode = TasksListInboxV1ErrorCode;

export type TasksListTodayV1Args = {
  bod_ms: number;
  eod_ms: number;
  limit?: number | null;
  offset?: number | null;
};

export type TasksListTodayV1Data = {
  applied_limit: number;
  items: LazynoteAtomListItem[];
  message: string;
  total_count: number;
};

export type TasksListTodayV1ErrorCode = BusErrorCode | "db_error" | "internal_error";

export type TasksListTodayArgs = TasksListTodayV1Args;
export type TasksListTodayData = TasksListTodayV1Data;
export type TasksListTodayErrorCode = TasksListTodayV1ErrorCode;

export type TasksListUpcomingV1Args = {
  eod_ms: number;
  limit?: number | null;
  offset?: number | null;
};

export type TasksListUpcomingV1Data = {
  applied_limit: number;
  items: LazynoteAtomListItem[];
  message: string;
  total_count: number;
};

export type TasksListUpcomingV1ErrorCode = BusErrorCode | "db_error" | "internal_error";

export type TasksListUpcomingArgs = TasksListUpcomingV1Args;
export type TasksListUpcomingData = TasksListUpcomingV1Data;
export type TasksListUpcomingErrorCode = TasksListUpcomingV1ErrorCode;

export type WorkspaceCreateFolderV1Args = {
  name: string;
  parent_node_id?: string | null;
};

export type WorkspaceCreateFolderV1Data = {
  message: string;
  node: LazynoteWorkspaceNodeItem;
};

export type WorkspaceCreateFolderV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_display_name" | "invalid_parent_node_id" | "parent_not_folder" | "parent_not_found";

export type WorkspaceCreateFolderArgs = WorkspaceCreateFolderV1Args;
export type WorkspaceCreateFolderData = WorkspaceCreateFolderV1Data;
export type WorkspaceCreateFolderErrorCode = WorkspaceCreateFolderV1ErrorCode;

export type WorkspaceCreateNoteRefV1Args = {
  atom_id: string;
  display_name?: string | null;
  parent_node_id?: string | null;
};

export type WorkspaceCreateNoteRefV1Data = {
  message: string;
  node: LazynoteWorkspaceNodeItem;
};

export type WorkspaceCreateNoteRefV1ErrorCode = BusErrorCode | "atom_not_found" | "atom_not_note" | "db_busy" | "db_error" | "internal_error" | "invalid_atom_id" | "invalid_display_name" | "invalid_parent_node_id" | "parent_not_folder" | "parent_not_found";

export type WorkspaceCreateNoteRefArgs = WorkspaceCreateNoteRefV1Args;
export type WorkspaceCreateNoteRefData = WorkspaceCreateNoteRefV1Data;
export type WorkspaceCreateNoteRefErrorCode = WorkspaceCreateNoteRefV1ErrorCode;

export type WorkspaceDeleteFolderV1Args = {
  mode: string;
  node_id: string;
};

export type WorkspaceDeleteFolderV1Data = {
  message: string;
  node_id: string;
};

export type WorkspaceDeleteFolderV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_delete_mode" | "invalid_node_id" | "node_not_folder" | "node_not_found";

export type WorkspaceDeleteFolderArgs = WorkspaceDeleteFolderV1Args;
export type WorkspaceDeleteFolderData = WorkspaceDeleteFolderV1Data;
export type WorkspaceDeleteFolderErrorCode = WorkspaceDeleteFolderV1ErrorCode;

export type WorkspaceDeleteLargeFolderV1Args = {
  node_id: string;
};

export type WorkspaceDeleteLargeFolderV1Data = {
  message: string;
  node_id: string;
};

export type WorkspaceDeleteLargeFolderV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_node_id" | "node_not_folder" | "node_not_found";

export type WorkspaceDeleteLargeFolderArgs = WorkspaceDeleteLargeFolderV1Args;
export type WorkspaceDeleteLargeFolderData = WorkspaceDeleteLargeFolderV1Data;
export type WorkspaceDeleteLargeFolderErrorCode = WorkspaceDeleteLargeFolderV1ErrorCode;

export type WorkspaceExplorerV1Args = {
  parent_node_id?: string | null;
};

export type WorkspaceExplorerV1Data = {
  items: LazynoteExplorerItem[];
  message: string;
};

export type WorkspaceExplorerV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_parent_node_id" | "parent_not_folder" | "parent_not_found";

export type WorkspaceExplorerArgs = WorkspaceExplorerV1Args;
export type WorkspaceExplorerData = WorkspaceExplorerV1Data;
export type WorkspaceExplorerErrorCode = WorkspaceExplorerV1ErrorCode;

export type WorkspaceListChildrenV1Args = {
  parent_node_id?: string | null;
};

export type WorkspaceListChildrenV1Data = {
  items: LazynoteWorkspaceNodeItem[];
  message: string;
};

export type WorkspaceListChildrenV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_parent_node_id" | "parent_not_folder" | "parent_not_found";

export type WorkspaceListChildrenArgs = WorkspaceListChildrenV1Args;
export type WorkspaceListChildrenData = WorkspaceListChildrenV1Data;
export type WorkspaceListChildrenErrorCode = WorkspaceListChildrenV1ErrorCode;

export type WorkspaceMoveNodeV1Args = {
  new_parent_id?: string | null;
  node_id: string;
  target_order?: number | null;
};

export type WorkspaceMoveNodeV1Data = {
  message: string;
  node_id: string;
};

export type WorkspaceMoveNodeV1ErrorCode = BusErrorCode | "cycle_detected" | "db_busy" | "db_error" | "internal_error" | "invalid_node_id" | "invalid_parent_node_id" | "node_not_found" | "parent_not_folder" | "parent_not_found";

export type WorkspaceMoveNodeArgs = WorkspaceMoveNodeV1Args;
export type WorkspaceMoveNodeData = WorkspaceMoveNodeV1Data;
export type WorkspaceMoveNodeErrorCode = WorkspaceMoveNodeV1ErrorCode;

export type WorkspaceRenameNodeV1Args = {
  new_name: string;
  node_id: string;
};

export type WorkspaceRenameNodeV1Data = {
  message: string;
  node_id: string;
};

export type WorkspaceRenameNodeV1ErrorCode = BusErrorCode | "db_busy" | "db_error" | "internal_error" | "invalid_display_name" | "invalid_node_id" | "node_not_found";

export type WorkspaceRenameNodeArgs = WorkspaceRenameNodeV1Args;
export type WorkspaceRenameNodeData = WorkspaceRenameNodeV1Data;
export type WorkspaceRenameNodeErrorCode = WorkspaceRenameNodeV1ErrorCode;
