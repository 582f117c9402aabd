// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { CommandDescribeV1Args, CommandDescribeV1Data, CommandDescribeV1ErrorCode, CommandListV1Args, CommandListV1Data, CommandListV1ErrorCode, CommandPauseV1Args, CommandPauseV1Data, CommandPauseV1ErrorCode, CommandResumeV1Args, CommandResumeV1Data, CommandResumeV1ErrorCode, FlowAdvanceV1Args, FlowAdvanceV1Data, FlowAdvanceV1ErrorCode, FlowCancelV1Args, FlowCancelV1Data, FlowCancelV1ErrorCode, FlowGetV1Args, FlowGetV1Data, FlowGetV1ErrorCode, FlowListV1Args, FlowListV1Data, FlowListV1ErrorCode, FlowStartV1Args, FlowStartV1Data, FlowStartV1ErrorCode, JobCancelV1Args, JobCancelV1Data, JobCancelV1ErrorCode, JobDropV1Args, JobDropV1Data, JobDropV1ErrorCode, JobGetV1Args, JobGetV1Data, JobGetV1ErrorCode, JobGroupsV1Args, JobGroupsV1Data, JobGroupsV1ErrorCode, JobListV1Args, JobListV1Data, JobListV1ErrorCode, JobRetryV1Args, JobRetryV1Data, JobRetryV1ErrorCode, JobWhyV1Args, JobWhyV1Data, JobWhyV1ErrorCode, PauseListV1Args, PauseListV1Data, PauseListV1ErrorCode, QueueListV1Args, QueueListV1Data, QueueListV1ErrorCode, QueuePauseV1Args, QueuePauseV1Data, QueuePauseV1ErrorCode, QueueResumeV1Args, QueueResumeV1Data, QueueResumeV1ErrorCode, ScheduleAddV1Args, ScheduleAddV1Data, ScheduleAddV1ErrorCode, ScheduleListV1Args, ScheduleListV1Data, ScheduleListV1ErrorCode, ScheduleNextV1Args, ScheduleNextV1Data, ScheduleNextV1ErrorCode, SchedulePauseV1Args, SchedulePauseV1Data, SchedulePauseV1ErrorCode, ScheduleRemoveV1Args, ScheduleRemoveV1Data, ScheduleRemoveV1ErrorCode, ScheduleResumeV1Args, ScheduleResumeV1Data, ScheduleResumeV1ErrorCode, SystemHealthV1Args, SystemHealthV1Data, SystemHealthV1ErrorCode, WorkerListV1Args, WorkerListV1Data, WorkerListV1ErrorCode } from "./plugins/bus.js";
import type { CalendarCheckConflictsV1Args, CalendarCheckConflictsV1Data, CalendarCheckConflictsV1ErrorCode, CalendarGetTasksV1Args, CalendarGetTasksV1Data, CalendarGetTasksV1ErrorCode, CalendarScheduleTaskV1Args, CalendarScheduleTaskV1Data, CalendarScheduleTaskV1ErrorCode, CreateEventV1Args, CreateEventV1Data, CreateEventV1ErrorCode, DeleteEventV1Args, DeleteEventV1Data, DeleteEventV1ErrorCode, GetEventByIdV1Args, GetEventByIdV1Data, GetEventByIdV1ErrorCode, GetEventsV1Args, GetEventsV1Data, GetEventsV1ErrorCode, GetEventsForTaskV1Args, GetEventsForTaskV1Data, GetEventsForTaskV1ErrorCode, GetEventsForTechnicianV1Args, GetEventsForTechnicianV1Data, GetEventsForTechnicianV1ErrorCode, UpdateEventV1Args, UpdateEventV1Data, UpdateEventV1ErrorCode } from "./plugins/calendar.js";
import type { ClientCrudV1Args, ClientCrudV1Data, ClientCrudV1ErrorCode, ClientExportCsvV1Args, ClientExportCsvV1Data, ClientExportCsvV1ErrorCode, ClientImportCsvV1Args, ClientImportCsvV1Data, ClientImportCsvV1ErrorCode } from "./plugins/clients.js";
import type { DbAgentsFindByEffortV1Args, DbAgentsFindByEffortV1Data, DbAgentsFindByEffortV1ErrorCode, DbAgentsGetV1Args, DbAgentsGetV1Data, DbAgentsGetV1ErrorCode, DbAgentsListV1Args, DbAgentsListV1Data, DbAgentsListV1ErrorCode, DbAgentsRegisterV1Args, DbAgentsRegisterV1Data, DbAgentsRegisterV1ErrorCode, DbAgentsUpdateStatusV1Args, DbAgentsUpdateStatusV1Data, DbAgentsUpdateStatusV1ErrorCode, DbEffortFindActiveV1Args, DbEffortFindActiveV1Data, DbEffortFindActiveV1ErrorCode, DbEffortFinishV1Args, DbEffortFinishV1Data, DbEffortFinishV1ErrorCode, DbEffortGetV1Args, DbEffortGetV1Data, DbEffortGetV1ErrorCode, DbEffortGetMetadataV1Args, DbEffortGetMetadataV1Data, DbEffortGetMetadataV1ErrorCode, DbEffortHistoryV1Args, DbEffortHistoryV1Data, DbEffortHistoryV1ErrorCode, DbEffortListV1Args, DbEffortListV1Data, DbEffortListV1ErrorCode, DbEffortPhaseV1Args, DbEffortPhaseV1Data, DbEffortPhaseV1ErrorCode, DbEffortStartV1Args, DbEffortStartV1Data, DbEffortStartV1ErrorCode, DbEffortUpdateMetadataV1Args, DbEffortUpdateMetadataV1Data, DbEffortUpdateMetadataV1ErrorCode, DbFleetStatusV1Args, DbFleetStatusV1Data, DbFleetStatusV1ErrorCode, DbMessagesAppendV1Args, DbMessagesAppendV1Data, DbMessagesAppendV1ErrorCode, DbMessagesListV1Args, DbMessagesListV1Data, DbMessagesListV1ErrorCode, DbMessagesUpsertV1Args, DbMessagesUpsertV1Data, DbMessagesUpsertV1ErrorCode, DbProjectFindV1Args, DbProjectFindV1Data, DbProjectFindV1ErrorCode, DbProjectUpsertV1Args, DbProjectUpsertV1Data, DbProjectUpsertV1ErrorCode, DbSessionFindV1Args, DbSessionFindV1Data, DbSessionFindV1ErrorCode, DbSessionFinishV1Args, DbSessionFinishV1Data, DbSessionFinishV1ErrorCode, DbSessionGetV1Args, DbSessionGetV1Data, DbSessionGetV1ErrorCode, DbSessionHeartbeatV1Args, DbSessionHeartbeatV1Data, DbSessionHeartbeatV1ErrorCode, DbSessionHeartbeatV2Args, DbSessionHeartbeatV2Data, DbSessionHeartbeatV2ErrorCode, DbSessionListStaleV1Args, DbSessionListStaleV1Data, DbSessionListStaleV1ErrorCode, DbSessionSetTranscriptV1Args, DbSessionSetTranscriptV1Data, DbSessionSetTranscriptV1ErrorCode, DbSessionStartV1Args, DbSessionStartV1Data, DbSessionStartV1ErrorCode, DbSessionUpdateContextUsageV1Args, DbSessionUpdateContextUsageV1Data, DbSessionUpdateContextUsageV1ErrorCode, DbSessionUpdateLoadedFilesV1Args, DbSessionUpdateLoadedFilesV1Data, DbSessionUpdateLoadedFilesV1ErrorCode, DbSkillsDeleteV1Args, DbSkillsDeleteV1Data, DbSkillsDeleteV1ErrorCode, DbSkillsFindV1Args, DbSkillsFindV1Data, DbSkillsFindV1ErrorCode, DbSkillsGetV1Args, DbSkillsGetV1Data, DbSkillsGetV1ErrorCode, DbSkillsListV1Args, DbSkillsListV1Data, DbSkillsListV1ErrorCode, DbSkillsUpsertV1Args, DbSkillsUpsertV1Data, DbSkillsUpsertV1ErrorCode, DbSkillsUpsertV2Args, DbSkillsUpsertV2Data, DbSkillsUpsertV2ErrorCode, DbTaskFindV1Args, DbTaskFindV1Data, DbTaskFindV1ErrorCode, DbTaskListV1Args, DbTaskListV1Data, DbTaskListV1ErrorCode, DbTaskUpsertV1Args, DbTaskUpsertV1Data, DbTaskUpsertV1ErrorCode, DbTaskUpsertV2Args, DbTaskUpsertV2Data, DbTaskUpsertV2ErrorCode } from "./plugins/engine.js";
import type { AcknowledgeSecurityAlertV1Args, AcknowledgeSecurityAlertV1Data, AcknowledgeSecurityAlertV1ErrorCode, AuthCreateAccountV1Args, AuthCreateAccountV1Data, AuthCreateAccountV1ErrorCode, AuthLoginV1Args, AuthLoginV1Data, AuthLoginV1ErrorCode, AuthLogoutV1Args, AuthLogoutV1Data, AuthLogoutV1ErrorCode, AuthRefreshTokenV1Args, AuthRefreshTokenV1Data, AuthRefreshTokenV1ErrorCode, AuthValidateSessionV1Args, AuthValidateSessionV1Data, AuthValidateSessionV1ErrorCode, BanUserV1Args, BanUserV1Data, BanUserV1ErrorCode, BootstrapFirstAdminV1Args, BootstrapFirstAdminV1Data, BootstrapFirstAdminV1ErrorCode, ChangeUserPasswordV1Args, ChangeUserPasswordV1Data, ChangeUserPasswordV1ErrorCode, ChangeUserRoleV1Args, ChangeUserRoleV1Data, ChangeUserRoleV1ErrorCode, CreateUserV1Args, CreateUserV1Data, CreateUserV1ErrorCode, DeleteUserV1Args, DeleteUserV1Data, DeleteUserV1ErrorCode, Disable2faV1Args, Disable2faV1Data, Disable2faV1ErrorCode, Enable2faV1Args, Enable2faV1Data, Enable2faV1ErrorCode, GetActiveSessionsV1Args, GetActiveSessionsV1Data, GetActiveSessionsV1ErrorCode, GetSecurityAlertsV1Args, GetSecurityAlertsV1Data, GetSecurityAlertsV1ErrorCode, GetSecurityEventsV1Args, GetSecurityEventsV1Data, GetSecurityEventsV1ErrorCode, GetSecurityMetricsV1Args, GetSecurityMetricsV1Data, GetSecurityMetricsV1ErrorCode, GetSessionTimeoutConfigV1Args, GetSessionTimeoutConfigV1Data, GetSessionTimeoutConfigV1ErrorCode, GetUserV1Args, GetUserV1Data, GetUserV1ErrorCode, GetUsersV1Args, GetUsersV1Data, GetUsersV1ErrorCode, HasAdminsV1Args, HasAdminsV1Data, HasAdminsV1ErrorCode, Is2faEnabledV1Args, Is2faEnabledV1Data, Is2faEnabledV1ErrorCode, RegenerateBackupCodesV1Args, RegenerateBackupCodesV1Data, RegenerateBackupCodesV1ErrorCode, ResetUserPasswordV1Args, ResetUserPasswordV1Data, ResetUserPasswordV1ErrorCode, ResolveSecurityAlertV1Args, ResolveSecurityAlertV1Data, ResolveSecurityAlertV1ErrorCode, RevokeAllSessionsExceptCurrentV1Args, RevokeAllSessionsExceptCurrentV1Data, RevokeAllSessionsExceptCurrentV1ErrorCode, RevokeSessionV1Args, RevokeSessionV1Data, RevokeSessionV1ErrorCode, ServiceAccountCreateV1Args, ServiceAccountCreateV1Data, ServiceAccountCreateV1ErrorCode, ServiceAccountListV1Args, ServiceAccountListV1Data, ServiceAccountListV1ErrorCode, ServiceAccountRevokeV1Args, ServiceAccountRevokeV1Data, ServiceAccountRevokeV1ErrorCode, ServiceAccountRotateV1Args, ServiceAccountRotateV1Data, ServiceAccountRotateV1ErrorCode, UnbanUserV1Args, UnbanUserV1Data, UnbanUserV1ErrorCode, UpdateSessionTimeoutV1Args, UpdateSessionTimeoutV1Data, UpdateSessionTimeoutV1ErrorCode, UpdateUserV1Args, UpdateUserV1Data, UpdateUserV1ErrorCode, Verify2faCodeV1Args, Verify2faCodeV1Data, Verify2faCodeV1ErrorCode, Verify2faSetupV1Args, Verify2faSetupV1Data, Verify2faSetupV1ErrorCode } from "./plugins/identity.js";
import type { InterventionAdvanceStepV1Args, InterventionAdvanceStepV1Data, InterventionAdvanceStepV1ErrorCode, InterventionCancelV1Args, InterventionCancelV1Data, InterventionCancelV1ErrorCode, InterventionFinalizeV1Args, InterventionFinalizeV1Data, InterventionFinalizeV1ErrorCode, InterventionGetV1Args, InterventionGetV1Data, InterventionGetV1ErrorCode, InterventionGetActiveByTaskV1Args, InterventionGetActiveByTaskV1Data, InterventionGetActiveByTaskV1ErrorCode, InterventionGetLatestByTaskV1Args, InterventionGetLatestByTaskV1Data, InterventionGetLatestByTaskV1ErrorCode, InterventionGetProgressV1Args, InterventionGetProgressV1Data, InterventionGetProgressV1ErrorCode, InterventionGetStepV1Args, InterventionGetStepV1Data, InterventionGetStepV1ErrorCode, InterventionListV1Args, InterventionListV1Data, InterventionListV1ErrorCode, InterventionPauseV1Args, InterventionPauseV1Data, InterventionPauseV1ErrorCode, InterventionResumeV1Args, InterventionResumeV1Data, InterventionResumeV1ErrorCode, InterventionSaveStepProgressV1Args, InterventionSaveStepProgressV1Data, InterventionSaveStepProgressV1ErrorCode, InterventionStartV1Args, InterventionStartV1Data, InterventionStartV1ErrorCode } from "./plugins/interventions.js";
import type { MaterialCreateV1Args, MaterialCreateV1Data, MaterialCreateV1ErrorCode, MaterialCreateInventoryTransactionV1Args, MaterialCreateInventoryTransactionV1Data, MaterialCreateInventoryTransactionV1ErrorCode, MaterialDeleteV1Args, MaterialDeleteV1Data, MaterialDeleteV1ErrorCode, MaterialGetV1Args, MaterialGetV1Data, MaterialGetV1ErrorCode, MaterialGetBySkuV1Args, MaterialGetBySkuV1Data, MaterialGetBySkuV1ErrorCode, MaterialGetConsumptionHistoryV1Args, MaterialGetConsumptionHistoryV1Data, MaterialGetConsumptionHistoryV1ErrorCode, MaterialGetExpiredV1Args, MaterialGetExpiredV1Data, MaterialGetExpiredV1ErrorCode, MaterialGetInterventionConsumptionV1Args, MaterialGetInterventionConsumptionV1Data, MaterialGetInterventionConsumptionV1ErrorCode, MaterialGetInterventionSummaryV1Args, MaterialGetInterventionSummaryV1Data, MaterialGetInterventionSummaryV1ErrorCode, MaterialGetLowStockV1Args, MaterialGetLowStockV1Data, MaterialGetLowStockV1ErrorCode, MaterialGetStatsV1Args, MaterialGetStatsV1Data, MaterialGetStatsV1ErrorCode, MaterialGetTransactionHistoryV1Args, MaterialGetTransactionHistoryV1Data, MaterialGetTransactionHistoryV1ErrorCode, MaterialListV1Args, MaterialListV1Data, MaterialListV1ErrorCode, MaterialRecordConsumptionV1Args, MaterialRecordConsumptionV1Data, MaterialRecordConsumptionV1ErrorCode, MaterialUpdateV1Args, MaterialUpdateV1Data, MaterialUpdateV1ErrorCode, MaterialUpdateStockV1Args, MaterialUpdateStockV1Data, MaterialUpdateStockV1ErrorCode } from "./plugins/inventory.js";
import type { AtomUpdateStatusV1Args, AtomUpdateStatusV1Data, AtomUpdateStatusV1ErrorCode, CalendarListByRangeV1Args, CalendarListByRangeV1Data, CalendarListByRangeV1ErrorCode, CalendarUpdateEventV1Args, CalendarUpdateEventV1Data, CalendarUpdateEventV1ErrorCode, EntryCreateNoteV1Args, EntryCreateNoteV1Data, EntryCreateNoteV1ErrorCode, EntryCreateTaskV1Args, EntryCreateTaskV1Data, EntryCreateTaskV1ErrorCode, EntryExecuteV1Args, EntryExecuteV1Data, EntryExecuteV1ErrorCode, EntryParseV1Args, EntryParseV1Data, EntryParseV1ErrorCode, EntryScheduleV1Args, EntryScheduleV1Data, EntryScheduleV1ErrorCode, EntrySearchV1Args, EntrySearchV1Data, EntrySearchV1ErrorCode, NoteCreateV1Args, NoteCreateV1Data, NoteCreateV1ErrorCode, NoteGetV1Args, NoteGetV1Data, NoteGetV1ErrorCode, NoteSetTagsV1Args, NoteSetTagsV1Data, NoteSetTagsV1ErrorCode, NoteUpdateV1Args, NoteUpdateV1Data, NoteUpdateV1ErrorCode, NotesListV1Args, NotesListV1Data, NotesListV1ErrorCode, NotesListV2Args, NotesListV2Data, NotesListV2ErrorCode, SearchRebuildV1Args, SearchRebuildV1Data, SearchRebuildV1ErrorCode, TagsListV1Args, TagsListV1Data, TagsListV1ErrorCode, TasksListInboxV1Args, TasksListInboxV1Data, TasksListInboxV1ErrorCode, TasksListTodayV1Args, TasksListTodayV1Data, TasksListTodayV1ErrorCode, TasksListUpcomingV1Args, TasksListUpcomingV1Data, TasksListUpcomingV1ErrorCode, WorkspaceCreateFolderV1Args, WorkspaceCreateFolderV1Data, WorkspaceCreateFolderV1ErrorCode, WorkspaceCreateNoteRefV1Args, WorkspaceCreateNoteRefV1Data, WorkspaceCreateNoteRefV1ErrorCode, WorkspaceDeleteFolderV1Args, WorkspaceDeleteFolderV1Data, WorkspaceDeleteFolderV1ErrorCode, WorkspaceDeleteLargeFolderV1Args, WorkspaceDeleteLargeFolderV1Data, WorkspaceDeleteLargeFolderV1ErrorCode, WorkspaceExplorerV1Args, WorkspaceExplorerV1Data, WorkspaceExplorerV1ErrorCode, WorkspaceListChildrenV1Args, WorkspaceListChildrenV1Data, WorkspaceListChildrenV1ErrorCode, WorkspaceMoveNodeV1Args, WorkspaceMoveNodeV1Data, WorkspaceMoveNodeV1ErrorCode, WorkspaceRenameNodeV1Args, WorkspaceRenameNodeV1Data, WorkspaceRenameNodeV1ErrorCode } from "./plugins/lazynote.js";
import type { NotificationGetPreferencesV1Args, NotificationGetPreferencesV1Data, NotificationGetPreferencesV1ErrorCode, NotificationListV1Args, NotificationListV1Data, NotificationListV1ErrorCode, NotificationMarkReadV1Args, NotificationMarkReadV1Data, NotificationMarkReadV1ErrorCode, NotificationSetPreferencesV1Args, NotificationSetPreferencesV1Data, NotificationSetPreferencesV1ErrorCode } from "./plugins/notifications.js";
import type { QuoteCreateV1Args, QuoteCreateV1Data, QuoteCreateV1ErrorCode, QuoteDeleteV1Args, QuoteDeleteV1Data, QuoteDeleteV1ErrorCode, QuoteExportPdfV1Args, QuoteExportPdfV1Data, QuoteExportPdfV1ErrorCode, QuoteGetV1Args, QuoteGetV1Data, QuoteGetV1ErrorCode, QuoteItemAddV1Args, QuoteItemAddV1Data, QuoteItemAddV1ErrorCode, QuoteItemDeleteV1Args, QuoteItemDeleteV1Data, QuoteItemDeleteV1ErrorCode, QuoteItemUpdateV1Args, QuoteItemUpdateV1Data, QuoteItemUpdateV1ErrorCode, QuoteListV1Args, QuoteListV1Data, QuoteListV1ErrorCode, QuoteMarkAcceptedV1Args, QuoteMarkAcceptedV1Data, QuoteMarkAcceptedV1ErrorCode, QuoteMarkRejectedV1Args, QuoteMarkRejectedV1Data, QuoteMarkRejectedV1ErrorCode, QuoteMarkSentV1Args, QuoteMarkSentV1Data, QuoteMarkSentV1ErrorCode, QuoteUpdateV1Args, QuoteUpdateV1Data, QuoteUpdateV1ErrorCode } from "./plugins/quotes.js";
import type { SyncCleanupOldOperationsV1Args, SyncCleanupOldOperationsV1Data, SyncCleanupOldOperationsV1ErrorCode, SyncDequeueBatchV1Args, SyncDequeueBatchV1Data, SyncDequeueBatchV1ErrorCode, SyncDropOperationV1Args, SyncDropOperationV1Data, SyncDropOperationV1ErrorCode, SyncEnqueueV1Args, SyncEnqueueV1Data, SyncEnqueueV1ErrorCode, SyncGetMetricsV1Args, SyncGetMetricsV1Data, SyncGetMetricsV1ErrorCode, SyncGetOperationV1Args, SyncGetOperationV1Data, SyncGetOperationV1ErrorCode, SyncGetOperationsForEntityV1Args, SyncGetOperationsForEntityV1Data, SyncGetOperationsForEntityV1ErrorCode, SyncGetStatusV1Args, SyncGetStatusV1Data, SyncGetStatusV1ErrorCode, SyncMarkCompletedV1Args, SyncMarkCompletedV1Data, SyncMarkCompletedV1ErrorCode, SyncMarkFailedV1Args, SyncMarkFailedV1Data, SyncMarkFailedV1ErrorCode, SyncNowV1Args, SyncNowV1Data, SyncNowV1ErrorCode, SyncRetryOperationV1Args, SyncRetryOperationV1Data, SyncRetryOperationV1ErrorCode, SyncStartBackgroundServiceV1Args, SyncStartBackgroundServiceV1Data, SyncStartBackgroundServiceV1ErrorCode, SyncStopBackgroundServiceV1Args, SyncStopBackgroundServiceV1Data, SyncStopBackgroundServiceV1ErrorCode } from "./plugins/sync.js";
import type { AddTaskNoteV1Args, AddTaskNoteV1Data, AddTaskNoteV1ErrorCode, CheckTaskAssignmentV1Args, CheckTaskAssignmentV1Data, CheckTaskAssignmentV1ErrorCode, CheckTaskAvailabilityV1Args, CheckTaskAvailabilityV1Data, CheckTaskAvailabilityV1ErrorCode, DelayTaskV1Args, DelayTaskV1Data, DelayTaskV1ErrorCode, EditTaskV1Args, EditTaskV1Data, EditTaskV1ErrorCode, TaskCrudV1Args, TaskCrudV1Data, TaskCrudV1ErrorCode, TaskExportCsvV1Args, TaskExportCsvV1Data, TaskExportCsvV1ErrorCode, TaskGetHistoryV1Args, TaskGetHistoryV1Data, TaskGetHistoryV1ErrorCode, TaskImportCsvV1Args, TaskImportCsvV1Data, TaskImportCsvV1ErrorCode, TaskTransitionStatusV1Args, TaskTransitionStatusV1Data, TaskTransitionStatusV1ErrorCode, ValidateTaskAssignmentChangeV1Args, ValidateTaskAssignmentChangeV1Data, ValidateTaskAssignmentChangeV1ErrorCode } from "./plugins/tasks.js";
import type { Queued } from "./wire.js";

export type CommandName = "acknowledge_security_alert" | "add_task_note" | "atom_update_status" | "auth_create_account" | "auth_login" | "auth_logout" | "auth_refresh_token" | "auth_validate_session" | "ban_user" | "bootstrap_first_admin" | "calendar_check_conflicts" | "calendar_get_tasks" | "calendar_list_by_range" | "calendar_schedule_task" | "calendar_update_event" | "change_user_password" | "change_user_role" | "check_task_assignment" | "check_task_availability" | "client_crud" | "client_export_csv" | "client_import_csv" | "command_describe" | "command_list" | "command_pause" | "command_resume" | "create_event" | "create_user" | "db.agents.findByEffort" | "db.agents.get" | "db.agents.list" | "db.agents.register" | "db.agents.updateStatus" | "db.effort.findActive" | "db.effort.finish" | "db.effort.get" | "db.effort.getMetadata" | "db.effort.history" | "db.effort.list" | "db.effort.phase" | "db.effort.start" | "db.effort.updateMetadata" | "db.fleet.status" | "db.messages.append" | "db.messages.list" | "db.messages.upsert" | "db.project.find" | "db.project.upsert" | "db.session.find" | "db.session.finish" | "db.session.get" | "db.session.heartbeat" | "db.session.listStale" | "db.session.setTranscript" | "db.session.start" | "db.session.updateContextUsage" | "db.session.updateLoadedFiles" | "db.skills.delete" | "db.skills.find" | "db.skills.get" | "db.skills.list" | "db.skills.upsert" | "db.task.find" | "db.task.list" | "db.task.upsert" | "delay_task" | "delete_event" | "delete_user" | "disable_2fa" | "edit_task" | "enable_2fa" | "entry_create_note" | "entry_create_task" | "entry_execute" | "entry_parse" | "entry_schedule" | "entry_search" | "flow_advance" | "flow_cancel" | "flow_get" | "flow_list" | "flow_start" | "get_active_sessions" | "get_event_by_id" | "get_events" | "get_events_for_task" | "get_events_for_technician" | "get_security_alerts" | "get_security_events" | "get_security_metrics" | "get_session_timeout_config" | "get_user" | "get_users" | "has_admins" | "intervention_advance_step" | "intervention_cancel" | "intervention_finalize" | "intervention_get" | "intervention_get_active_by_task" | "intervention_get_latest_by_task" | "intervention_get_progress" | "intervention_get_step" | "intervention_list" | "intervention_pause" | "intervention_resume" | "intervention_save_step_progress" | "intervention_start" | "is_2fa_enabled" | "job_cancel" | "job_drop" | "job_get" | "job_groups" | "job_list" | "job_retry" | "job_why" | "material_create" | "material_create_inventory_transaction" | "material_delete" | "material_get" | "material_get_by_sku" | "material_get_consumption_history" | "material_get_expired" | "material_get_intervention_consumption" | "material_get_intervention_summary" | "material_get_low_stock" | "material_get_stats" | "material_get_transaction_history" | "material_list" | "material_record_consumption" | "material_update" | "material_update_stock" | "note_create" | "note_get" | "note_set_tags" | "note_update" | "notes_list" | "notification_get_preferences" | "notification_list" | "notification_mark_read" | "notification_set_preferences" | "pause_list" | "queue_list" | "queue_pause" | "queue_resume" | "quote_create" | "quote_delete" | "quote_export_pdf" | "quote_get" | "quote_item_add" | "quote_item_delete" | "quote_item_update" | "quote_list" | "quote_mark_accepted" | "quote_mark_rejected" | "quote_mark_sent" | "quote_update" | "regenerate_backup_codes" | "reset_user_password" | "resolve_security_alert" | "revoke_all_sessions_except_current" | "revoke_session" | "schedule_add" | "schedule_list" | "schedule_next" | "schedule_pause" | "schedule_remove" | "schedule_resume" | "search_rebuild" | "service_account_create" | "service_account_list" | "service_account_revoke" | "service_account_rotate" | "sync_cleanup_old_operations" | "sync_dequeue_batch" | "sync_drop_operation" | "sync_enqueue" | "sync_get_metrics" | "sync_get_operation" | "sync_get_operations_for_entity" | "sync_get_status" | "sync_mark_completed" | "sync_mark_failed" | "sync_now" | "sync_retry_operation" | "sync_start_background_service" | "sync_stop_background_service" | "system_health" | "tags_list" | "task_crud" | "task_export_csv" | "task_get_history" | "task_import_csv" | "task_transition_status" | "tasks_list_inbox" | "tasks_list_today" | "tasks_list_upcoming" | "unban_user" | "update_event" | "update_session_timeout" | "update_user" | "validate_task_assignment_change" | "verify_2fa_code" | "verify_2fa_setup" | "worker_list" | "workspace_create_folder" | "workspace_create_note_ref" | "workspace_delete_folder" | "workspace_delete_large_folder" | "workspace_explorer" | "workspace_list_children" | "workspace_move_node" | "workspace_rename_node";

export interface CommandMap {
  acknowledge_security_alert: { args: AcknowledgeSecurityAlertV1Args; data: AcknowledgeSecurityAlertV1Data; code: AcknowledgeSecurityAlertV1ErrorCode; returns: AcknowledgeSecurityAlertV1Data; version: 1 };
  add_task_note: { args: AddTaskNoteV1Args; data: AddTaskNoteV1Data; code: AddTaskNoteV1ErrorCode; returns: AddTaskNoteV1Data; version: 1 };
  atom_update_status: { args: AtomUpdateStatusV1Args; data: AtomUpdateStatusV1Data; code: AtomUpdateStatusV1ErrorCode; returns: AtomUpdateStatusV1Data; version: 1 };
  auth_create_account: { args: AuthCreateAccountV1Args; data: AuthCreateAccountV1Data; code: AuthCreateAccountV1ErrorCode; returns: AuthCreateAccountV1Data; version: 1 };
  auth_login: { args: AuthLoginV1Args; data: AuthLoginV1Data; code: AuthLoginV1ErrorCode; returns: AuthLoginV1Data; version: 1 };
  auth_logout: { args: AuthLogoutV1Args; data: AuthLogoutV1Data; code: AuthLogoutV1ErrorCode; returns: AuthLogoutV1Data; version: 1 };
  auth_refresh_token: { args: AuthRefreshTokenV1Args; data: AuthRefreshTokenV1Data; code: AuthRefreshTokenV1ErrorCode; returns: AuthRefreshTokenV1Data; version: 1 };
  auth_validate_session: { args: AuthValidateSessionV1Args; data: AuthValidateSessionV1Data; code: AuthValidateSessionV1ErrorCode; returns: AuthValidateSessionV1Data; version: 1 };
  ban_user: { args: BanUserV1Args; data: BanUserV1Data; code: BanUserV1ErrorCode; returns: BanUserV1Data; version: 1 };
  bootstrap_first_admin: { args: BootstrapFirstAdminV1Args; data: BootstrapFirstAdminV1Data; code: BootstrapFirstAdminV1ErrorCode; returns: BootstrapFirstAdminV1Data; version: 1 };
  calendar_check_conflicts: { args: CalendarCheckConflictsV1Args; data: CalendarCheckConflictsV1Data; code: CalendarCheckConflictsV1ErrorCode; returns: CalendarCheckConflictsV1Data; version: 1 };
  calendar_get_tasks: { args: CalendarGetTasksV1Args; data: CalendarGetTasksV1Data; code: CalendarGetTasksV1ErrorCode; returns: CalendarGetTasksV1Data; version: 1 };
  calendar_list_by_range: { args: CalendarListByRangeV1Args; data: CalendarListByRangeV1Data; code: CalendarListByRangeV1ErrorCode; returns: CalendarListByRangeV1Data; version: 1 };
  calendar_schedule_task: { args: CalendarScheduleTaskV1Args; data: CalendarScheduleTaskV1Data; code: CalendarScheduleTaskV1ErrorCode; returns: CalendarScheduleTaskV1Data; version: 1 };
  calendar_update_event: { args: CalendarUpdateEventV1Args; data: CalendarUpdateEventV1Data; code: CalendarUpdateEventV1ErrorCode; returns: CalendarUpdateEventV1Data; version: 1 };
  change_user_password: { args: ChangeUserPasswordV1Args; data: ChangeUserPasswordV1Data; code: ChangeUserPasswordV1ErrorCode; returns: ChangeUserPasswordV1Data; version: 1 };
  change_user_role: { args: ChangeUserRoleV1Args; data: ChangeUserRoleV1Data; code: ChangeUserRoleV1ErrorCode; returns: ChangeUserRoleV1Data; version: 1 };
  check_task_assignment: { args: CheckTaskAssignmentV1Args; data: CheckTaskAssignmentV1Data; code: CheckTaskAssignmentV1ErrorCode; returns: CheckTaskAssignmentV1Data; version: 1 };
  check_task_availability: { args: CheckTaskAvailabilityV1Args; data: CheckTaskAvailabilityV1Data; code: CheckTaskAvailabilityV1ErrorCode; returns: CheckTaskAvailabilityV1Data; version: 1 };
  client_crud: { args: ClientCrudV1Args; data: ClientCrudV1Data; code: ClientCrudV1ErrorCode; returns: ClientCrudV1Data; version: 1 };
  client_export_csv: { args: ClientExportCsvV1Args; data: ClientExportCsvV1Data; code: ClientExportCsvV1ErrorCode; returns: Queued<ClientExportCsvV1Data>; version: 1 };
  client_import_csv: { args: ClientImportCsvV1Args; data: ClientImportCsvV1Data; code: ClientImportCsvV1ErrorCode; returns: Queued<ClientImportCsvV1Data>; version: 1 };
  command_describe: { args: CommandDescribeV1Args; data: CommandDescribeV1Data; code: CommandDescribeV1ErrorCode; returns: CommandDescribeV1Data; version: 1 };
  command_list: { args: CommandListV1Args; data: CommandListV1Data; code: CommandListV1ErrorCode; returns: CommandListV1Data; version: 1 };
  command_pause: { args: CommandPauseV1Args; data: CommandPauseV1Data; code: CommandPauseV1ErrorCode; returns: CommandPauseV1Data; version: 1 };
  command_resume: { args: CommandResumeV1Args; data: CommandResumeV1Data; code: CommandResumeV1ErrorCode; returns: CommandResumeV1Data; version: 1 };
  create_event: { args: CreateEventV1Args; data: CreateEventV1Data; code: CreateEventV1ErrorCode; returns: CreateEventV1Data; version: 1 };
  create_user: { args: CreateUserV1Args; data: CreateUserV1Data; code: CreateUserV1ErrorCode; returns: CreateUserV1Data; version: 1 };
  "db.agents.findByEffort": { args: DbAgentsFindByEffortV1Args; data: DbAgentsFindByEffortV1Data; code: DbAgentsFindByEffortV1ErrorCode; returns: DbAgentsFindByEffortV1Data; version: 1 };
  "db.agents.get": { args: DbAgentsGetV1Args; data: DbAgentsGetV1Data; code: DbAgentsGetV1ErrorCode; returns: DbAgentsGetV1Data; version: 1 };
  "db.agents.list": { args: DbAgentsListV1Args; data: DbAgentsListV1Data; code: DbAgentsListV1ErrorCode; returns: DbAgentsListV1Data; version: 1 };
  "db.agents.register": { args: DbAgentsRegisterV1Args; data: DbAgentsRegisterV1Data; code: DbAgentsRegisterV1ErrorCode; returns: DbAgentsRegisterV1Data; version: 1 };
  "db.agents.updateStatus": { args: DbAgentsUpdateStatusV1Args; data: DbAgentsUpdateStatusV1Data; code: DbAgentsUpdateStatusV1ErrorCode; returns: DbAgentsUpdateStatusV1Data; version: 1 };
  "db.effort.findActive": { args: DbEffortFindActiveV1Args; data: DbEffortFindActiveV1Data; code: DbEffortFindActiveV1ErrorCode; returns: DbEffortFindActiveV1Data; version: 1 };
  "db.effort.finish": { args: DbEffortFinishV1Args; data: DbEffortFinishV1Data; code: DbEffortFinishV1ErrorCode; returns: DbEffortFinishV1Data; version: 1 };
  "db.effort.get": { args: DbEffortGetV1Args; data: DbEffortGetV1Data; code: DbEffortGetV1ErrorCode; returns: DbEffortGetV1Data; version: 1 };
  "db.effort.getMetadata": { args: DbEffortGetMetadataV1Args; data: DbEffortGetMetadataV1Data; code: DbEffortGetMetadataV1ErrorCode; returns: DbEffortGetMetadataV1Data; version: 1 };
  "db.effort.history": { args: DbEffortHistoryV1Args; data: DbEffortHistoryV1Data; code: DbEffortHistoryV1ErrorCode; returns: DbEffortHistoryV1Data; version: 1 };
  "db.effort.list": { args: DbEffortListV1Args; data: DbEffortListV1Data; code: DbEffortListV1ErrorCode; returns: DbEffortListV1Data; version: 1 };
  "db.effort.phase": { args: DbEffortPhaseV1Args; data: DbEffortPhaseV1Data; code: DbEffortPhaseV1ErrorCode; returns: DbEffortPhaseV1Data; version: 1 };
  "db.effort.start": { args: DbEffortStartV1Args; data: DbEffortStartV1Data; code: DbEffortStartV1ErrorCode; returns: DbEffortStartV1Data; version: 1 };
  "db.effort.updateMetadata": { args: DbEffortUpdateMetadataV1Args; data: DbEffortUpdateMetadataV1Data; code: DbEffortUpdateMetadataV1ErrorCode; returns: DbEffortUpdateMetadataV1Data; version: 1 };
  "db.fleet.status": { args: DbFleetStatusV1Args; data: DbFleetStatusV1Data; code: DbFleetStatusV1ErrorCode; returns: DbFleetStatusV1Data; version: 1 };
  "db.messages.append": { args: DbMessagesAppendV1Args; data: DbMessagesAppendV1Data; code: DbMessagesAppendV1ErrorCode; returns: DbMessagesAppendV1Data; version: 1 };
  "db.messages.list": { args: DbMessagesListV1Args; data: DbMessagesListV1Data; code: DbMessagesListV1ErrorCode; returns: DbMessagesListV1Data; version: 1 };
  "db.messages.upsert": { args: DbMessagesUpsertV1Args; data: DbMessagesUpsertV1Data; code: DbMessagesUpsertV1ErrorCode; returns: DbMessagesUpsertV1Data; version: 1 };
  "db.project.find": { args: DbProjectFindV1Args; data: DbProjectFindV1Data; code: DbProjectFindV1ErrorCode; returns: DbProjectFindV1Data; version: 1 };
  "db.project.upsert": { args: DbProjectUpsertV1Args; data: DbProjectUpsertV1Data; code: DbProjectUpsertV1ErrorCode; returns: DbProjectUpsertV1Data; version: 1 };
  "db.session.find": { args: DbSessionFindV1Args; data: DbSessionFindV1Data; code: DbSessionFindV1ErrorCode; returns: DbSessionFindV1Data; version: 1 };
  "db.session.finish": { args: DbSessionFinishV1Args; data: DbSessionFinishV1Data; code: DbSessionFinishV1ErrorCode; returns: DbSessionFinishV1Data; version: 1 };
  "db.session.get": { args: DbSessionGetV1Args; data: DbSessionGetV1Data; code: DbSessionGetV1ErrorCode; returns: DbSessionGetV1Data; version: 1 };
  "db.session.heartbeat": { args: DbSessionHeartbeatV2Args; data: DbSessionHeartbeatV2Data; code: DbSessionHeartbeatV2ErrorCode; returns: DbSessionHeartbeatV2Data; version: 2 };
  "db.session.listStale": { args: DbSessionListStaleV1Args; data: DbSessionListStaleV1Data; code: DbSessionListStaleV1ErrorCode; returns: DbSessionListStaleV1Data; version: 1 };
  "db.session.setTranscript": { args: DbSessionSetTranscriptV1Args; data: DbSessionSetTranscriptV1Data; code: DbSessionSetTranscriptV1ErrorCode; returns: DbSessionSetTranscriptV1Data; version: 1 };
  "db.session.start": { args: DbSessionStartV1Args; data: DbSessionStartV1Data; code: DbSessionStartV1ErrorCode; returns: DbSessionStartV1Data; version: 1 };
  "db.session.updateContextUsage": { args: DbSessionUpdateContextUsageV1Args; data: DbSessionUpdateContextUsageV1Data; code: DbSessionUpdateContextUsageV1ErrorCode; returns: DbSessionUpdateContextUsageV1Data; version: 1 };
  "db.session.updateLoadedFiles": { args: DbSessionUpdateLoadedFilesV1Args; data: DbSessionUpdateLoadedFilesV1Data; code: DbSessionUpdateLoadedFilesV1ErrorCode; returns: DbSessionUpdateLoadedFilesV1Data; version: 1 };
  "db.skills.delete": { args: DbSkillsDeleteV1Args; data: DbSkillsDeleteV1Data; code: DbSkillsDeleteV1ErrorCode; returns: DbSkillsDeleteV1Data; version: 1 };
  "db.skills.find": { args: DbSkillsFindV1Args; data: DbSkillsFindV1Data; code: DbSkillsFindV1ErrorCode; returns: DbSkillsFindV1Data; version: 1 };
  "db.skills.get": { args: DbSkillsGetV1Args; data: DbSkillsGetV1Data; code: DbSkillsGetV1ErrorCode; returns: DbSkillsGetV1Data; version: 1 };
  "db.skills.list": { args: DbSkillsListV1Args; data: DbSkillsListV1Data; code: DbSkillsListV1ErrorCode; returns: DbSkillsListV1Data; version: 1 };
  "db.skills.upsert": { args: DbSkillsUpsertV2Args; data: DbSkillsUpsertV2Data; code: DbSkillsUpsertV2ErrorCode; returns: DbSkillsUpsertV2Data; version: 2 };
  "db.task.find": { args: DbTaskFindV1Args; data: DbTaskFindV1Data; code: DbTaskFindV1ErrorCode; returns: DbTaskFindV1Data; version: 1 };
  "db.task.list": { args: DbTaskListV1Args; data: DbTaskListV1Data; code: DbTaskListV1ErrorCode; returns: DbTaskListV1Data; version: 1 };
  "db.task.upsert": { args: DbTaskUpsertV2Args; data: DbTaskUpsertV2Data; code: DbTaskUpsertV2ErrorCode; returns: DbTaskUpsertV2Data; version: 2 };
  delay_task: { args: DelayTaskV1Args; data: DelayTaskV1Data; code: DelayTaskV1ErrorCode; returns: DelayTaskV1Data; version: 1 };
  delete_event: { args: DeleteEventV1Args; data: DeleteEventV1Data; code: DeleteEventV1ErrorCode; returns: DeleteEventV1Data; version: 1 };
  delete_user: { args: DeleteUserV1Args; data: DeleteUserV1Data; code: DeleteUserV1ErrorCode; returns: DeleteUserV1Data; version: 1 };
  disable_2fa: { args: Disable2faV1Args; data: Disable2faV1Data; code: Disable2faV1ErrorCode; returns: Disable2faV1Data; version: 1 };
  edit_task: { args: EditTaskV1Args; data: EditTaskV1Data; code: EditTaskV1ErrorCode; returns: EditTaskV1Data; version: 1 };
  enable_2fa: { args: Enable2faV1Args; data: Enable2faV1Data; code: Enable2faV1ErrorCode; returns: Enable2faV1Data; version: 1 };
  entry_create_note: { args: EntryCreateNoteV1Args; data: EntryCreateNoteV1Data; code: EntryCreateNoteV1ErrorCode; returns: EntryCreateNoteV1Data; version: 1 };
  entry_create_task: { args: EntryCreateTaskV1Args; data: EntryCreateTaskV1Data; code: EntryCreateTaskV1ErrorCode; returns: EntryCreateTaskV1Data; version: 1 };
  entry_execute: { args: EntryExecuteV1Args; data: EntryExecuteV1Data; code: EntryExecuteV1ErrorCode; returns: EntryExecuteV1Data; version: 1 };
  entry_parse: { args: EntryParseV1Args; data: EntryParseV1Data; code: EntryParseV1ErrorCode; returns: EntryParseV1Data; version: 1 };
  entry_schedule: { args: EntryScheduleV1Args; data: EntryScheduleV1Data; code: EntryScheduleV1ErrorCode; returns: EntryScheduleV1Data; version: 1 };
  entry_search: { args: EntrySearchV1Args; data: EntrySearchV1Data; code: EntrySearchV1ErrorCode; returns: EntrySearchV1Data; version: 1 };
  flow_advance: { args: FlowAdvanceV1Args; data: FlowAdvanceV1Data; code: FlowAdvanceV1ErrorCode; returns: FlowAdvanceV1Data; version: 1 };
  flow_cancel: { args: FlowCancelV1Args; data: FlowCancelV1Data; code: FlowCancelV1ErrorCode; returns: FlowCancelV1Data; version: 1 };
  flow_get: { args: FlowGetV1Args; data: FlowGetV1Data; code: FlowGetV1ErrorCode; returns: FlowGetV1Data; version: 1 };
  flow_list: { args: FlowListV1Args; data: FlowListV1Data; code: FlowListV1ErrorCode; returns: FlowListV1Data; version: 1 };
  flow_start: { args: FlowStartV1Args; data: FlowStartV1Data; code: FlowStartV1ErrorCode; returns: FlowStartV1Data; version: 1 };
  get_active_sessions: { args: GetActiveSessionsV1Args; data: GetActiveSessionsV1Data; code: GetActiveSessionsV1ErrorCode; returns: GetActiveSessionsV1Data; version: 1 };
  get_event_by_id: { args: GetEventByIdV1Args; data: GetEventByIdV1Data; code: GetEventByIdV1ErrorCode; returns: GetEventByIdV1Data; version: 1 };
  get_events: { args: GetEventsV1Args; data: GetEventsV1Data; code: GetEventsV1ErrorCode; returns: GetEventsV1Data; version: 1 };
  get_events_for_task: { args: GetEventsForTaskV1Args; data: GetEventsForTaskV1Data; code: GetEventsForTaskV1ErrorCode; returns: GetEventsForTaskV1Data; version: 1 };
  get_events_for_technician: { args: GetEventsForTechnicianV1Args; data: GetEventsForTechnicianV1Data; code: GetEventsForTechnicianV1ErrorCode; returns: GetEventsForTechnicianV1Data; version: 1 };
  get_security_alerts: { args: GetSecurityAlertsV1Args; data: GetSecurityAlertsV1Data; code: GetSecurityAlertsV1ErrorCode; returns: GetSecurityAlertsV1Data; version: 1 };
  get_security_events: { args: GetSecurityEventsV1Args; data: GetSecurityEventsV1Data; code: GetSecurityEventsV1ErrorCode; returns: GetSecurityEventsV1Data; version: 1 };
  get_security_metrics: { args: GetSecurityMetricsV1Args; data: GetSecurityMetricsV1Data; code: GetSecurityMetricsV1ErrorCode; returns: GetSecurityMetricsV1Data; version: 1 };
  get_session_timeout_config: { args: GetSessionTimeoutConfigV1Args; data: GetSessionTimeoutConfigV1Data; code: GetSessionTimeoutConfigV1ErrorCode; returns: GetSessionTimeoutConfigV1Data; version: 1 };
  get_user: { args: GetUserV1Args; data: GetUserV1Data; code: GetUserV1ErrorCode; returns: GetUserV1Data; version: 1 };
  get_users: { args: GetUsersV1Args; data: GetUsersV1Data; code: GetUsersV1ErrorCode; returns: GetUsersV1Data; version: 1 };
  has_admins: { args: HasAdminsV1Args; data: HasAdminsV1Data; code: HasAdminsV1ErrorCode; returns: HasAdminsV1Data; version: 1 };
  intervention_advance_step: { args: InterventionAdvanceStepV1Args; data: InterventionAdvanceStepV1Data; code: InterventionAdvanceStepV1ErrorCode; returns: InterventionAdvanceStepV1Data; version: 1 };
  intervention_cancel: { args: InterventionCancelV1Args; data: InterventionCancelV1Data; code: InterventionCancelV1ErrorCode; returns: InterventionCancelV1Data; version: 1 };
  intervention_finalize: { args: InterventionFinalizeV1Args; data: InterventionFinalizeV1Data; code: InterventionFinalizeV1ErrorCode; returns: InterventionFinalizeV1Data; version: 1 };
  intervention_get: { args: InterventionGetV1Args; data: InterventionGetV1Data; code: InterventionGetV1ErrorCode; returns: InterventionGetV1Data; version: 1 };
  intervention_get_active_by_task: { args: InterventionGetActiveByTaskV1Args; data: InterventionGetActiveByTaskV1Data; code: InterventionGetActiveByTaskV1ErrorCode; returns: InterventionGetActiveByTaskV1Data; version: 1 };
  intervention_get_latest_by_task: { args: InterventionGetLatestByTaskV1Args; data: InterventionGetLatestByTaskV1Data; code: InterventionGetLatestByTaskV1ErrorCode; returns: InterventionGetLatestByTaskV1Data; version: 1 };
  intervention_get_progress: { args: InterventionGetProgressV1Args; data: InterventionGetProgressV1Data; code: InterventionGetProgressV1ErrorCode; returns: InterventionGetProgressV1Data; version: 1 };
  intervention_get_step: { args: InterventionGetStepV1Args; data: InterventionGetStepV1Data; code: InterventionGetStepV1ErrorCode; returns: InterventionGetStepV1Data; version: 1 };
  intervention_list: { args: InterventionListV1Args; data: InterventionListV1Data; code: InterventionListV1ErrorCode; returns: InterventionListV1Data; version: 1 };
  intervention_pause: { args: InterventionPauseV1Args; data: InterventionPauseV1Data; code: InterventionPauseV1ErrorCode; returns: InterventionPauseV1Data; version: 1 };
  intervention_resume: { args: InterventionResumeV1Args; data: InterventionResumeV1Data; code: InterventionResumeV1ErrorCode; returns: InterventionResumeV1Data; version: 1 };
  intervention_save_step_progress: { args: InterventionSaveStepProgressV1Args; data: InterventionSaveStepProgressV1Data; code: InterventionSaveStepProgressV1ErrorCode; returns: InterventionSaveStepProgressV1Data; version: 1 };
  intervention_start: { args: InterventionStartV1Args; data: InterventionStartV1Data; code: InterventionStartV1ErrorCode; returns: InterventionStartV1Data; version: 1 };
  is_2fa_enabled: { args: Is2faEnabledV1Args; data: Is2faEnabledV1Data; code: Is2faEnabledV1ErrorCode; returns: Is2faEnabledV1Data; version: 1 };
  job_cancel: { args: JobCancelV1Args; data: JobCancelV1Data; code: JobCancelV1ErrorCode; returns: JobCancelV1Data; version: 1 };
  job_drop: { args: JobDropV1Args; data: JobDropV1Data; code: JobDropV1ErrorCode; returns: JobDropV1Data; version: 1 };
  job_get: { args: JobGetV1Args; data: JobGetV1Data; code: JobGetV1ErrorCode; returns: JobGetV1Data; version: 1 };
  job_groups: { args: JobGroupsV1Args; data: JobGroupsV1Data; code: JobGroupsV1ErrorCode; returns: JobGroupsV1Data; version: 1 };
  job_list: { args: JobListV1Args; data: JobListV1Data; code: JobListV1ErrorCode; returns: JobListV1Data; version: 1 };
  job_retry: { args: JobRetryV1Args; data: JobRetryV1Data; code: JobRetryV1ErrorCode; returns: JobRetryV1Data; version: 1 };
  job_why: { args: JobWhyV1Args; data: JobWhyV1Data; code: JobWhyV1ErrorCode; returns: JobWhyV1Data; version: 1 };
  material_create: { args: MaterialCreateV1Args; data: MaterialCreateV1Data; code: MaterialCreateV1ErrorCode; returns: MaterialCreateV1Data; version: 1 };
  material_create_inventory_transaction: { args: MaterialCreateInventoryTransactionV1Args; data: MaterialCreateInventoryTransactionV1Data; code: MaterialCreateInventoryTransactionV1ErrorCode; returns: MaterialCreateInventoryTransactionV1Data; version: 1 };
  material_delete: { args: MaterialDeleteV1Args; data: MaterialDeleteV1Data; code: MaterialDeleteV1ErrorCode; returns: MaterialDeleteV1Data; version: 1 };
  material_get: { args: MaterialGetV1Args; data: MaterialGetV1Data; code: MaterialGetV1ErrorCode; returns: MaterialGetV1Data; version: 1 };
  material_get_by_sku: { args: MaterialGetBySkuV1Args; data: MaterialGetBySkuV1Data; code: MaterialGetBySkuV1ErrorCode; returns: MaterialGetBySkuV1Data; version: 1 };
  material_get_consumption_history: { args: MaterialGetConsumptionHistoryV1Args; data: MaterialGetConsumptionHistoryV1Data; code: MaterialGetConsumptionHistoryV1ErrorCode; returns: MaterialGetConsumptionHistoryV1Data; version: 1 };
  material_get_expired: { args: MaterialGetExpiredV1Args; data: MaterialGetExpiredV1Data; code: MaterialGetExpiredV1ErrorCode; returns: MaterialGetExpiredV1Data; version: 1 };
  material_get_intervention_consumption: { args: MaterialGetInterventionConsumptionV1Args; data: MaterialGetInterventionConsumptionV1Data; code: MaterialGetInterventionConsumptionV1ErrorCode; returns: MaterialGetInterventionConsumptionV1Data; version: 1 };
  material_get_intervention_summary: { args: MaterialGetInterventionSummaryV1Args; data: MaterialGetInterventionSummaryV1Data; code: MaterialGetInterventionSummaryV1ErrorCode; returns: MaterialGetInterventionSummaryV1Data; version: 1 };
  material_get_low_stock: { args: MaterialGetLowStockV1Args; data: MaterialGetLowStockV1Data; code: MaterialGetLowStockV1ErrorCode; returns: MaterialGetLowStockV1Data; version: 1 };
  material_get_stats: { args: MaterialGetStatsV1Args; data: MaterialGetStatsV1Data; code: MaterialGetStatsV1ErrorCode; returns: MaterialGetStatsV1Data; version: 1 };
  material_get_transaction_history: { args: MaterialGetTransactionHistoryV1Args; data: MaterialGetTransactionHistoryV1Data; code: MaterialGetTransactionHistoryV1ErrorCode; returns: MaterialGetTransactionHistoryV1Data; version: 1 };
  material_list: { args: MaterialListV1Args; data: MaterialListV1Data; code: MaterialListV1ErrorCode; returns: MaterialListV1Data; version: 1 };
  material_record_consumption: { args: MaterialRecordConsumptionV1Args; data: MaterialRecordConsumptionV1Data; code: MaterialRecordConsumptionV1ErrorCode; returns: MaterialRecordConsumptionV1Data; version: 1 };
  material_update: { args: MaterialUpdateV1Args; data: MaterialUpdateV1Data; code: MaterialUpdateV1ErrorCode; returns: MaterialUpdateV1Data; version: 1 };
  material_update_stock: { args: MaterialUpdateStockV1Args; data: MaterialUpdateStockV1Data; code: MaterialUpdateStockV1ErrorCode; returns: MaterialUpdateStockV1Data; version: 1 };
  note_create: { args: NoteCreateV1Args; data: NoteCreateV1Data; code: NoteCreateV1ErrorCode; returns: NoteCreateV1Data; version: 1 };
  note_get: { args: NoteGetV1Args; data: NoteGetV1Data; code: NoteGetV1ErrorCode; returns: NoteGetV1Data; version: 1 };
  note_set_tags: { args: NoteSetTagsV1Args; data: NoteSetTagsV1Data; code: NoteSetTagsV1ErrorCode; returns: NoteSetTagsV1Data; version: 1 };
  note_update: { args: NoteUpdateV1Args; data: NoteUpdateV1Data; code: NoteUpdateV1ErrorCode; returns: NoteUpdateV1Data; version: 1 };
  notes_list: { args: NotesListV2Args; data: NotesListV2Data; code: NotesListV2ErrorCode; returns: NotesListV2Data; version: 2 };
  notification_get_preferences: { args: NotificationGetPreferencesV1Args; data: NotificationGetPreferencesV1Data; code: NotificationGetPreferencesV1ErrorCode; returns: NotificationGetPreferencesV1Data; version: 1 };
  notification_list: { args: NotificationListV1Args; data: NotificationListV1Data; code: NotificationListV1ErrorCode; returns: NotificationListV1Data; version: 1 };
  notification_mark_read: { args: NotificationMarkReadV1Args; data: NotificationMarkReadV1Data; code: NotificationMarkReadV1ErrorCode; returns: NotificationMarkReadV1Data; version: 1 };
  notification_set_preferences: { args: NotificationSetPreferencesV1Args; data: NotificationSetPreferencesV1Data; code: NotificationSetPreferencesV1ErrorCode; returns: NotificationSetPreferencesV1Data; version: 1 };
  pause_list: { args: PauseListV1Args; data: PauseListV1Data; code: PauseListV1ErrorCode; returns: PauseListV1Data; version: 1 };
  queue_list: { args: QueueListV1Args; data: QueueListV1Data; code: QueueListV1ErrorCode; returns: QueueListV1Data; version: 1 };
  queue_pause: { args: QueuePauseV1Args; data: QueuePauseV1Data; code: QueuePauseV1ErrorCode; returns: QueuePauseV1Data; version: 1 };
  queue_resume: { args: QueueResumeV1Args; data: QueueResumeV1Data; code: QueueResumeV1ErrorCode; returns: QueueResumeV1Data; version: 1 };
  quote_create: { args: QuoteCreateV1Args; data: QuoteCreateV1Data; code: QuoteCreateV1ErrorCode; returns: QuoteCreateV1Data; version: 1 };
  quote_delete: { args: QuoteDeleteV1Args; data: QuoteDeleteV1Data; code: QuoteDeleteV1ErrorCode; returns: QuoteDeleteV1Data; version: 1 };
  quote_export_pdf: { args: QuoteExportPdfV1Args; data: QuoteExportPdfV1Data; code: QuoteExportPdfV1ErrorCode; returns: QuoteExportPdfV1Data; version: 1 };
  quote_get: { args: QuoteGetV1Args; data: QuoteGetV1Data; code: QuoteGetV1ErrorCode; returns: QuoteGetV1Data; version: 1 };
  quote_item_add: { args: QuoteItemAddV1Args; data: QuoteItemAddV1Data; code: QuoteItemAddV1ErrorCode; returns: QuoteItemAddV1Data; version: 1 };
  quote_item_delete: { args: QuoteItemDeleteV1Args; data: QuoteItemDeleteV1Data; code: QuoteItemDeleteV1ErrorCode; returns: QuoteItemDeleteV1Data; version: 1 };
  quote_item_update: { args: QuoteItemUpdateV1Args; data: QuoteItemUpdateV1Data; code: QuoteItemUpdateV1ErrorCode; returns: QuoteItemUpdateV1Data; version: 1 };
  quote_list: { args: QuoteListV1Args; data: QuoteListV1Data; code: QuoteListV1ErrorCode; returns: QuoteListV1Data; version: 1 };
  quote_mark_accepted: { args: QuoteMarkAcceptedV1Args; data: QuoteMarkAcceptedV1Data; code: QuoteMarkAcceptedV1ErrorCode; returns: QuoteMarkAcceptedV1Data; version: 1 };
  quote_mark_rejected: { args: QuoteMarkRejectedV1Args; data: QuoteMarkRejectedV1Data; code: QuoteMarkRejectedV1ErrorCode; returns: QuoteMarkRejectedV1Data; version: 1 };
  quote_mark_sent: { args: QuoteMarkSentV1Args; data: QuoteMarkSentV1Data; code: QuoteMarkSentV1ErrorCode; returns: QuoteMarkSentV1Data; version: 1 };
  quote_update: { args: QuoteUpdateV1Args; data: QuoteUpdateV1Data; code: QuoteUpdateV1ErrorCode; returns: QuoteUpdateV1Data; version: 1 };
  regenerate_backup_codes: { args: RegenerateBackupCodesV1Args; data: RegenerateBackupCodesV1Data; code: RegenerateBackupCodesV1ErrorCode; returns: RegenerateBackupCodesV1Data; version: 1 };
  reset_user_password: { args: ResetUserPasswordV1Args; data: ResetUserPasswordV1Data; code: ResetUserPasswordV1ErrorCode; returns: ResetUserPasswordV1Data; version: 1 };
  resolve_security_alert: { args: ResolveSecurityAlertV1Args; data: ResolveSecurityAlertV1Data; code: ResolveSecurityAlertV1ErrorCode; returns: ResolveSecurityAlertV1Data; version: 1 };
  revoke_all_sessions_except_current: { args: RevokeAllSessionsExceptCurrentV1Args; data: RevokeAllSessionsExceptCurrentV1Data; code: RevokeAllSessionsExceptCurrentV1ErrorCode; returns: RevokeAllSessionsExceptCurrentV1Data; version: 1 };
  revoke_session: { args: RevokeSessionV1Args; data: RevokeSessionV1Data; code: RevokeSessionV1ErrorCode; returns: RevokeSessionV1Data; version: 1 };
  schedule_add: { args: ScheduleAddV1Args; data: ScheduleAddV1Data; code: ScheduleAddV1ErrorCode; returns: ScheduleAddV1Data; version: 1 };
  schedule_list: { args: ScheduleListV1Args; data: ScheduleListV1Data; code: ScheduleListV1ErrorCode; returns: ScheduleListV1Data; version: 1 };
  schedule_next: { args: ScheduleNextV1Args; data: ScheduleNextV1Data; code: ScheduleNextV1ErrorCode; returns: ScheduleNextV1Data; version: 1 };
  schedule_pause: { args: SchedulePauseV1Args; data: SchedulePauseV1Data; code: SchedulePauseV1ErrorCode; returns: SchedulePauseV1Data; version: 1 };
  schedule_remove: { args: ScheduleRemoveV1Args; data: ScheduleRemoveV1Data; code: ScheduleRemoveV1ErrorCode; returns: ScheduleRemoveV1Data; version: 1 };
  schedule_resume: { args: ScheduleResumeV1Args; data: ScheduleResumeV1Data; code: ScheduleResumeV1ErrorCode; returns: ScheduleResumeV1Data; version: 1 };
  search_rebuild: { args: SearchRebuildV1Args; data: SearchRebuildV1Data; code: SearchRebuildV1ErrorCode; returns: Queued<SearchRebuildV1Data>; version: 1 };
  service_account_create: { args: ServiceAccountCreateV1Args; data: ServiceAccountCreateV1Data; code: ServiceAccountCreateV1ErrorCode; returns: ServiceAccountCreateV1Data; version: 1 };
  service_account_list: { args: ServiceAccountListV1Args; data: ServiceAccountListV1Data; code: ServiceAccountListV1ErrorCode; returns: ServiceAccountListV1Data; version: 1 };
  service_account_revoke: { args: ServiceAccountRevokeV1Args; data: ServiceAccountRevokeV1Data; code: ServiceAccountRevokeV1ErrorCode; returns: ServiceAccountRevokeV1Data; version: 1 };
  service_account_rotate: { args: ServiceAccountRotateV1Args; data: ServiceAccountRotateV1Data; code: ServiceAccountRotateV1ErrorCode; returns: ServiceAccountRotateV1Data; version: 1 };
  sync_cleanup_old_operations: { args: SyncCleanupOldOperationsV1Args; data: SyncCleanupOldOperationsV1Data; code: SyncCleanupOldOperationsV1ErrorCode; returns: SyncCleanupOldOperationsV1Data; version: 1 };
  sync_dequeue_batch: { args: SyncDequeueBatchV1Args; data: SyncDequeueBatchV1Data; code: SyncDequeueBatchV1ErrorCode; returns: SyncDequeueBatchV1Data; version: 1 };
  sync_drop_operation: { args: SyncDropOperationV1Args; data: SyncDropOperationV1Data; code: SyncDropOperationV1ErrorCode; returns: SyncDropOperationV1Data; version: 1 };
  sync_enqueue: { args: SyncEnqueueV1Args; data: SyncEnqueueV1Data; code: SyncEnqueueV1ErrorCode; returns: SyncEnqueueV1Data; version: 1 };
  sync_get_metrics: { args: SyncGetMetricsV1Args; data: SyncGetMetricsV1Data; code: SyncGetMetricsV1ErrorCode; returns: SyncGetMetricsV1Data; version: 1 };
  sync_get_operation: { args: SyncGetOperationV1Args; data: SyncGetOperationV1Data; code: SyncGetOperationV1ErrorCode; returns: SyncGetOperationV1Data; version: 1 };
  sync_get_operations_for_entity: { args: SyncGetOperationsForEntityV1Args; data: SyncGetOperationsForEntityV1Data; code: SyncGetOperationsForEntityV1ErrorCode; returns: SyncGetOperationsForEntityV1Data; version: 1 };
  sync_get_status: { args: SyncGetStatusV1Args; data: SyncGetStatusV1Data; code: SyncGetStatusV1ErrorCode; returns: SyncGetStatusV1Data; version: 1 };
  sync_mark_completed: { args: SyncMarkCompletedV1Args; data: SyncMarkCompletedV1Data; code: SyncMarkCompletedV1ErrorCode; returns: SyncMarkCompletedV1Data; version: 1 };
  sync_mark_failed: { args: SyncMarkFailedV1Args; data: SyncMarkFailedV1Data; code: SyncMarkFailedV1ErrorCode; returns: SyncMarkFailedV1Data; version: 1 };
  sync_now: { args: SyncNowV1Args; data: SyncNowV1Data; code: SyncNowV1ErrorCode; returns: SyncNowV1Data; version: 1 };
  sync_retry_operation: { args: SyncRetryOperationV1Args; data: SyncRetryOperationV1Data; code: SyncRetryOperationV1ErrorCode; returns: SyncRetryOperationV1Data; version: 1 };
  sync_start_background_service: { args: SyncStartBackgroundServiceV1Args; data: SyncStartBackgroundServiceV1Data; code: SyncStartBackgroundServiceV1ErrorCode; returns: SyncStartBackgroundServiceV1Data; version: 1 };
  sync_stop_background_service: { args: SyncStopBackgroundServiceV1Args; data: SyncStopBackgroundServiceV1Data; code: SyncStopBackgroundServiceV1ErrorCode; returns: SyncStopBackgroundServiceV1Data; version: 1 };
  system_health: { args: SystemHealthV1Args; data: SystemHealthV1Data; code: SystemHealthV1ErrorCode; returns: SystemHealthV1Data; version: 1 };
  tags_list: { args: TagsListV1Args; data: TagsListV1Data; code: TagsListV1ErrorCode; returns: TagsListV1Data; version: 1 };
  task_crud: { args: TaskCrudV1Args; data: TaskCrudV1Data; code: TaskCrudV1ErrorCode; returns: TaskCrudV1Data; version: 1 };
  task_export_csv: { args: TaskExportCsvV1Args; data: TaskExportCsvV1Data; code: TaskExportCsvV1ErrorCode; returns: Queued<TaskExportCsvV1Data>; version: 1 };
  task_get_history: { args: TaskGetHistoryV1Args; data: TaskGetHistoryV1Data; code: TaskGetHistoryV1ErrorCode; returns: TaskGetHistoryV1Data; version: 1 };
  task_import_csv: { args: TaskImportCsvV1Args; data: TaskImportCsvV1Data; code: TaskImportCsvV1ErrorCode; returns: Queued<TaskImportCsvV1Data>; version: 1 };
  task_transition_status: { args: TaskTransitionStatusV1Args; data: TaskTransitionStatusV1Data; code: TaskTransitionStatusV1ErrorCode; returns: TaskTransitionStatusV1Data; version: 1 };
  tasks_list_inbox: { args: TasksListInboxV1Args; data: TasksListInboxV1Data; code: TasksListInboxV1ErrorCode; returns: TasksListInboxV1Data; version: 1 };
  tasks_list_today: { args: TasksListTodayV1Args; data: TasksListTodayV1Data; code: TasksListTodayV1ErrorCode; returns: TasksListTodayV1Data; version: 1 };
  tasks_list_upcoming: { args: TasksListUpcomingV1Args; data: TasksListUpcomingV1Data; code: TasksListUpcomingV1ErrorCode; returns: TasksListUpcomingV1Data; version: 1 };
  unban_user: { args: UnbanUserV1Args; data: UnbanUserV1Data; code: UnbanUserV1ErrorCode; returns: UnbanUserV1Data; version: 1 };
  update_event: { args: UpdateEventV1Args; data: UpdateEventV1Data; code: UpdateEventV1ErrorCode; returns: UpdateEventV1Data; version: 1 };
  update_session_timeout: { args: UpdateSessionTimeoutV1Args; data: UpdateSessionTimeoutV1Data; code: UpdateSessionTimeoutV1ErrorCode; returns: UpdateSessionTimeoutV1Data; version: 1 };
  update_user: { args: UpdateUserV1Args; data: UpdateUserV1Data; code: UpdateUserV1ErrorCode; returns: UpdateUserV1Data; version: 1 };
  validate_task_assignment_change: { args: ValidateTaskAssignmentChangeV1Args; data: ValidateTaskAssignmentChangeV1Data; code: ValidateTaskAssignmentChangeV1ErrorCode; returns: ValidateTaskAssignmentChangeV1Data; version: 1 };
  verify_2fa_code: { args: Verify2faCodeV1Args; data: Verify2faCodeV1Data; code: Verify2faCodeV1ErrorCode; returns: Verify2faCodeV1Data; version: 1 };
  verify_2fa_setup: { args: Verify2faSetupV1Args; data: Verify2faSetupV1Data; code: Verify2faSetupV1ErrorCode; returns: Verify2faSetupV1Data; version: 1 };
  worker_list: { args: WorkerListV1Args; data: WorkerListV1Data; code: WorkerListV1ErrorCode; returns: WorkerListV1Data; version: 1 };
  workspace_create_folder: { args: WorkspaceCreateFolderV1Args; data: WorkspaceCreateFolderV1Data; code: WorkspaceCreateFolderV1ErrorCode; returns: WorkspaceCreateFolderV1Data; version: 1 };
  workspace_create_note_ref: { args: WorkspaceCreateNoteRefV1Args; data: WorkspaceCreateNoteRefV1Data; code: WorkspaceCreateNoteRefV1ErrorCode; returns: WorkspaceCreateNoteRefV1Data; version: 1 };
  workspace_delete_folder: { args: WorkspaceDeleteFolderV1Args; data: WorkspaceDeleteFolderV1Data; code: WorkspaceDeleteFolderV1ErrorCode; returns: WorkspaceDeleteFolderV1Data; version: 1 };
  workspace_delete_large_folder: { args: WorkspaceDeleteLargeFolderV1Args; data: WorkspaceDeleteLargeFolderV1Data; code: WorkspaceDeleteLargeFolderV1ErrorCode; returns: WorkspaceDeleteLargeFolderV1Data; version: 1 };
  workspace_explorer: { args: WorkspaceExplorerV1Args; data: WorkspaceExplorerV1Data; code: WorkspaceExplorerV1ErrorCode; returns: WorkspaceExplorerV1Data; version: 1 };
  workspace_list_children: { args: WorkspaceListChildrenV1Args; data: WorkspaceListChildrenV1Data; code: WorkspaceListChildrenV1ErrorCode; returns: WorkspaceListChildrenV1Data; version: 1 };
  workspace_move_node: { args: WorkspaceMoveNodeV1Args; data: WorkspaceMoveNodeV1Data; code: WorkspaceMoveNodeV1ErrorCode; returns: WorkspaceMoveNodeV1Data; version: 1 };
  workspace_rename_node: { args: WorkspaceRenameNodeV1Args; data: WorkspaceRenameNodeV1Data; code: WorkspaceRenameNodeV1ErrorCode; returns: WorkspaceRenameNodeV1Data; version: 1 };
}

export interface CommandVersions {
  acknowledge_security_alert: {
    1: { args: AcknowledgeSecurityAlertV1Args; data: AcknowledgeSecurityAlertV1Data; code: AcknowledgeSecurityAlertV1ErrorCode; returns: AcknowledgeSecurityAlertV1Data };
  };
  add_task_note: {
    1: { args: AddTaskNoteV1Args; data: AddTaskNoteV1Data; code: AddTaskNoteV1ErrorCode; returns: AddTaskNoteV1Data };
  };
  atom_update_status: {
    1: { args: AtomUpdateStatusV1Args; data: AtomUpdateStatusV1Data; code: AtomUpdateStatusV1ErrorCode; returns: AtomUpdateStatusV1Data };
  };
  auth_create_account: {
    1: { args: AuthCreateAccountV1Args; data: AuthCreateAccountV1Data; code: AuthCreateAccountV1ErrorCode; returns: AuthCreateAccountV1Data };
  };
  auth_login: {
    1: { args: AuthLoginV1Args; data: AuthLoginV1Data; code: AuthLoginV1ErrorCode; returns: AuthLoginV1Data };
  };
  auth_logout: {
    1: { args: AuthLogoutV1Args; data: AuthLogoutV1Data; code: AuthLogoutV1ErrorCode; returns: AuthLogoutV1Data };
  };
  auth_refresh_token: {
    1: { args: AuthRefreshTokenV1Args; data: AuthRefreshTokenV1Data; code: AuthRefreshTokenV1ErrorCode; returns: AuthRefreshTokenV1Data };
  };
  auth_validate_session: {
    1: { args: AuthValidateSessionV1Args; data: AuthValidateSessionV1Data; code: AuthValidateSessionV1ErrorCode; returns: AuthValidateSessionV1Data };
  };
  ban_user: {
    1: { args: BanUserV1Args; data: BanUserV1Data; code: BanUserV1ErrorCode; returns: BanUserV1Data };
  };
  bootstrap_first_admin: {
    1: { args: BootstrapFirstAdminV1Args; data: BootstrapFirstAdminV1Data; code: BootstrapFirstAdminV1ErrorCode; returns: BootstrapFirstAdminV1Data };
  };
  calendar_check_conflicts: {
    1: { args: CalendarCheckConflictsV1Args; data: CalendarCheckConflictsV1Data; code: CalendarCheckConflictsV1ErrorCode; returns: CalendarCheckConflictsV1Data };
  };
  calendar_get_tasks: {
    1: { args: CalendarGetTasksV1Args; data: CalendarGetTasksV1Data; code: CalendarGetTasksV1ErrorCode; returns: CalendarGetTasksV1Data };
  };
  calendar_list_by_range: {
    1: { args: CalendarListByRangeV1Args; data: CalendarListByRangeV1Data; code: CalendarListByRangeV1ErrorCode; returns: CalendarListByRangeV1Data };
  };
  calendar_schedule_task: {
    1: { args: CalendarScheduleTaskV1Args; data: CalendarScheduleTaskV1Data; code: CalendarScheduleTaskV1ErrorCode; returns: CalendarScheduleTaskV1Data };
  };
  calendar_update_event: {
    1: { args: CalendarUpdateEventV1Args; data: CalendarUpdateEventV1Data; code: CalendarUpdateEventV1ErrorCode; returns: CalendarUpdateEventV1Data };
  };
  change_user_password: {
    1: { args: ChangeUserPasswordV1Args; data: ChangeUserPasswordV1Data; code: ChangeUserPasswordV1ErrorCode; returns: ChangeUserPasswordV1Data };
  };
  change_user_role: {
    1: { args: ChangeUserRoleV1Args; data: ChangeUserRoleV1Data; code: ChangeUserRoleV1ErrorCode; returns: ChangeUserRoleV1Data };
  };
  check_task_assignment: {
    1: { args: CheckTaskAssignmentV1Args; data: CheckTaskAssignmentV1Data; code: CheckTaskAssignmentV1ErrorCode; returns: CheckTaskAssignmentV1Data };
  };
  check_task_availability: {
    1: { args: CheckTaskAvailabilityV1Args; data: CheckTaskAvailabilityV1Data; code: CheckTaskAvailabilityV1ErrorCode; returns: CheckTaskAvailabilityV1Data };
  };
  client_crud: {
    1: { args: ClientCrudV1Args; data: ClientCrudV1Data; code: ClientCrudV1ErrorCode; returns: ClientCrudV1Data };
  };
  client_export_csv: {
    1: { args: ClientExportCsvV1Args; data: ClientExportCsvV1Data; code: ClientExportCsvV1ErrorCode; returns: Queued<ClientExportCsvV1Data> };
  };
  client_import_csv: {
    1: { args: ClientImportCsvV1Args; data: ClientImportCsvV1Data; code: ClientImportCsvV1ErrorCode; returns: Queued<ClientImportCsvV1Data> };
  };
  command_describe: {
    1: { args: CommandDescribeV1Args; data: CommandDescribeV1Data; code: CommandDescribeV1ErrorCode; returns: CommandDescribeV1Data };
  };
  command_list: {
    1: { args: CommandListV1Args; data: CommandListV1Data; code: CommandListV1ErrorCode; returns: CommandListV1Data };
  };
  command_pause: {
    1: { args: CommandPauseV1Args; data: CommandPauseV1Data; code: CommandPauseV1ErrorCode; returns: CommandPauseV1Data };
  };
  command_resume: {
    1: { args: CommandResumeV1Args; data: CommandResumeV1Data; code: CommandResumeV1ErrorCode; returns: CommandResumeV1Data };
  };
  create_event: {
    1: { args: CreateEventV1Args; data: CreateEventV1Data; code: CreateEventV1ErrorCode; returns: CreateEventV1Data };
  };
  create_user: {
    1: { args: CreateUserV1Args; data: CreateUserV1Data; code: CreateUserV1ErrorCode; returns: CreateUserV1Data };
  };
  "db.agents.findByEffort": {
    1: { args: DbAgentsFindByEffortV1Args; data: DbAgentsFindByEffortV1Data; code: DbAgentsFindByEffortV1ErrorCode; returns: DbAgentsFindByEffortV1Data };
  };
  "db.agents.get": {
    1: { args: DbAgentsGetV1Args; data: DbAgentsGetV1Data; code: DbAgentsGetV1ErrorCode; returns: DbAgentsGetV1Data };
  };
  "db.agents.list": {
    1: { args: DbAgentsListV1Args; data: DbAgentsListV1Data; code: DbAgentsListV1ErrorCode; returns: DbAgentsListV1Data };
  };
  "db.agents.register": {
    1: { args: DbAgentsRegisterV1Args; data: DbAgentsRegisterV1Data; code: DbAgentsRegisterV1ErrorCode; returns: DbAgentsRegisterV1Data };
  };
  "db.agents.updateStatus": {
    1: { args: DbAgentsUpdateStatusV1Args; data: DbAgentsUpdateStatusV1Data; code: DbAgentsUpdateStatusV1ErrorCode; returns: DbAgentsUpdateStatusV1Data };
  };
  "db.effort.findActive": {
    1: { args: DbEffortFindActiveV1Args; data: DbEffortFindActiveV1Data; code: DbEffortFindActiveV1ErrorCode; returns: DbEffortFindActiveV1Data };
  };
  "db.effort.finish": {
    1: { args: DbEffortFinishV1Args; data: DbEffortFinishV1Data; code: DbEffortFinishV1ErrorCode; returns: DbEffortFinishV1Data };
  };
  "db.effort.get": {
    1: { args: DbEffortGetV1Args; data: DbEffortGetV1Data; code: DbEffortGetV1ErrorCode; returns: DbEffortGetV1Data };
  };
  "db.effort.getMetadata": {
    1: { args: DbEffortGetMetadataV1Args; data: DbEffortGetMetadataV1Data; code: DbEffortGetMetadataV1ErrorCode; returns: DbEffortGetMetadataV1Data };
  };
  "db.effort.history": {
    1: { args: DbEffortHistoryV1Args; data: DbEffortHistoryV1Data; code: DbEffortHistoryV1ErrorCode; returns: DbEffortHistoryV1Data };
  };
  "db.effort.list": {
    1: { args: DbEffortListV1Args; data: DbEffortListV1Data; code: DbEffortListV1ErrorCode; returns: DbEffortListV1Data };
  };
  "db.effort.phase": {
    1: { args: DbEffortPhaseV1Args; data: DbEffortPhaseV1Data; code: DbEffortPhaseV1ErrorCode; returns: DbEffortPhaseV1Data };
  };
  "db.effort.start": {
    1: { args: DbEffortStartV1Args; data: DbEffortStartV1Data; code: DbEffortStartV1ErrorCode; returns: DbEffortStartV1Data };
  };
  "db.effort.updateMetadata": {
    1: { args: DbEffortUpdateMetadataV1Args; data: DbEffortUpdateMetadataV1Data; code: DbEffortUpdateMetadataV1ErrorCode; returns: DbEffortUpdateMetadataV1Data };
  };
  "db.fleet.status": {
    1: { args: DbFleetStatusV1Args; data: DbFleetStatusV1Data; code: DbFleetStatusV1ErrorCode; returns: DbFleetStatusV1Data };
  };
  "db.messages.append": {
    1: { args: DbMessagesAppendV1Args; data: DbMessagesAppendV1Data; code: DbMessagesAppendV1ErrorCode; returns: DbMessagesAppendV1Data };
  };
  "db.messages.list": {
    1: { args: DbMessagesListV1Args; data: DbMessagesListV1Data; code: DbMessagesListV1ErrorCode; returns: DbMessagesListV1Data };
  };
  "db.messages.upsert": {
    1: { args: DbMessagesUpsertV1Args; data: DbMessagesUpsertV1Data; code: DbMessagesUpsertV1ErrorCode; returns: DbMessagesUpsertV1Data };
  };
  "db.project.find": {
    1: { args: DbProjectFindV1Args; data: DbProjectFindV1Data; code: DbProjectFindV1ErrorCode; returns: DbProjectFindV1Data };
  };
  "db.project.upsert": {
    1: { args: DbProjectUpsertV1Args; data: DbProjectUpsertV1Data; code: DbProjectUpsertV1ErrorCode; returns: DbProjectUpsertV1Data };
  };
  "db.session.find": {
    1: { args: DbSessionFindV1Args; data: DbSessionFindV1Data; code: DbSessionFindV1ErrorCode; returns: DbSessionFindV1Data };
  };
  "db.session.finish": {
    1: { args: DbSessionFinishV1Args; data: DbSessionFinishV1Data; code: DbSessionFinishV1ErrorCode; returns: DbSessionFinishV1Data };
  };
  "db.session.get": {
    1: { args: DbSessionGetV1Args; data: DbSessionGetV1Data; code: DbSessionGetV1ErrorCode; returns: DbSessionGetV1Data };
  };
  "db.session.heartbeat": {
    1: { args: DbSessionHeartbeatV1Args; data: DbSessionHeartbeatV1Data; code: DbSessionHeartbeatV1ErrorCode; returns: DbSessionHeartbeatV1Data };
    2: { args: DbSessionHeartbeatV2Args; data: DbSessionHeartbeatV2Data; code: DbSessionHeartbeatV2ErrorCode; returns: DbSessionHeartbeatV2Data };
  };
  "db.session.listStale": {
    1: { args: DbSessionListStaleV1Args; data: DbSessionListStaleV1Data; code: DbSessionListStaleV1ErrorCode; returns: DbSessionListStaleV1Data };
  };
  "db.session.setTranscript": {
    1: { args: DbSessionSetTranscriptV1Args; data: DbSessionSetTranscriptV1Data; code: DbSessionSetTranscriptV1ErrorCode; returns: DbSessionSetTranscriptV1Data };
  };
  "db.session.start": {
    1: { args: DbSessionStartV1Args; data: DbSessionStartV1Data; code: DbSessionStartV1ErrorCode; returns: DbSessionStartV1Data };
  };
  "db.session.updateContextUsage": {
    1: { args: DbSessionUpdateContextUsageV1Args; data: DbSessionUpdateContextUsageV1Data; code: DbSessionUpdateContextUsageV1ErrorCode; returns: DbSessionUpdateContextUsageV1Data };
  };
  "db.session.updateLoadedFiles": {
    1: { args: DbSessionUpdateLoadedFilesV1Args; data: DbSessionUpdateLoadedFilesV1Data; code: DbSessionUpdateLoadedFilesV1ErrorCode; returns: DbSessionUpdateLoadedFilesV1Data };
  };
  "db.skills.delete": {
    1: { args: DbSkillsDeleteV1Args; data: DbSkillsDeleteV1Data; code: DbSkillsDeleteV1ErrorCode; returns: DbSkillsDeleteV1Data };
  };
  "db.skills.find": {
    1: { args: DbSkillsFindV1Args; data: DbSkillsFindV1Data; code: DbSkillsFindV1ErrorCode; returns: DbSkillsFindV1Data };
  };
  "db.skills.get": {
    1: { args: DbSkillsGetV1Args; data: DbSkillsGetV1Data; code: DbSkillsGetV1ErrorCode; returns: DbSkillsGetV1Data };
  };
  "db.skills.list": {
    1: { args: DbSkillsListV1Args; data: DbSkillsListV1Data; code: DbSkillsListV1ErrorCode; returns: DbSkillsListV1Data };
  };
  "db.skills.upsert": {
    1: { args: DbSkillsUpsertV1Args; data: DbSkillsUpsertV1Data; code: DbSkillsUpsertV1ErrorCode; returns: DbSkillsUpsertV1Data };
    2: { args: DbSkillsUpsertV2Args; data: DbSkillsUpsertV2Data; code: DbSkillsUpsertV2ErrorCode; returns: DbSkillsUpsertV2Data };
  };
  "db.task.find": {
    1: { args: DbTaskFindV1Args; data: DbTaskFindV1Data; code: DbTaskFindV1ErrorCode; returns: DbTaskFindV1Data };
  };
  "db.task.list": {
    1: { args: DbTaskListV1Args; data: DbTaskListV1Data; code: DbTaskListV1ErrorCode; returns: DbTaskListV1Data };
  };
  "db.task.upsert": {
    1: { args: DbTaskUpsertV1Args; data: DbTaskUpsertV1Data; code: DbTaskUpsertV1ErrorCode; returns: DbTaskUpsertV1Data };
    2: { args: DbTaskUpsertV2Args; data: DbTaskUpsertV2Data; code: DbTaskUpsertV2ErrorCode; returns: DbTaskUpsertV2Data };
  };
  delay_task: {
    1: { args: DelayTaskV1Args; data: DelayTaskV1Data; code: DelayTaskV1ErrorCode; returns: DelayTaskV1Data };
  };
  delete_event: {
    1: { args: DeleteEventV1Args; data: DeleteEventV1Data; code: DeleteEventV1ErrorCode; returns: DeleteEventV1Data };
  };
  delete_user: {
    1: { args: DeleteUserV1Args; data: DeleteUserV1Data; code: DeleteUserV1ErrorCode; returns: DeleteUserV1Data };
  };
  disable_2fa: {
    1: { args: Disable2faV1Args; data: Disable2faV1Data; code: Disable2faV1ErrorCode; returns: Disable2faV1Data };
  };
  edit_task: {
    1: { args: EditTaskV1Args; data: EditTaskV1Data; code: EditTaskV1ErrorCode; returns: EditTaskV1Data };
  };
  enable_2fa: {
    1: { args: Enable2faV1Args; data: Enable2faV1Data; code: Enable2faV1ErrorCode; returns: Enable2faV1Data };
  };
  entry_create_note: {
    1: { args: EntryCreateNoteV1Args; data: EntryCreateNoteV1Data; code: EntryCreateNoteV1ErrorCode; returns: EntryCreateNoteV1Data };
  };
  entry_create_task: {
    1: { args: EntryCreateTaskV1Args; data: EntryCreateTaskV1Data; code: EntryCreateTaskV1ErrorCode; returns: EntryCreateTaskV1Data };
  };
  entry_execute: {
    1: { args: EntryExecuteV1Args; data: EntryExecuteV1Data; code: EntryExecuteV1ErrorCode; returns: EntryExecuteV1Data };
  };
  entry_parse: {
    1: { args: EntryParseV1Args; data: EntryParseV1Data; code: EntryParseV1ErrorCode; returns: EntryParseV1Data };
  };
  entry_schedule: {
    1: { args: EntryScheduleV1Args; data: EntryScheduleV1Data; code: EntryScheduleV1ErrorCode; returns: EntryScheduleV1Data };
  };
  entry_search: {
    1: { args: EntrySearchV1Args; data: EntrySearchV1Data; code: EntrySearchV1ErrorCode; returns: EntrySearchV1Data };
  };
  flow_advance: {
    1: { args: FlowAdvanceV1Args; data: FlowAdvanceV1Data; code: FlowAdvanceV1ErrorCode; returns: FlowAdvanceV1Data };
  };
  flow_cancel: {
    1: { args: FlowCancelV1Args; data: FlowCancelV1Data; code: FlowCancelV1ErrorCode; returns: FlowCancelV1Data };
  };
  flow_get: {
    1: { args: FlowGetV1Args; data: FlowGetV1Data; code: FlowGetV1ErrorCode; returns: FlowGetV1Data };
  };
  flow_list: {
    1: { args: FlowListV1Args; data: FlowListV1Data; code: FlowListV1ErrorCode; returns: FlowListV1Data };
  };
  flow_start: {
    1: { args: FlowStartV1Args; data: FlowStartV1Data; code: FlowStartV1ErrorCode; returns: FlowStartV1Data };
  };
  get_active_sessions: {
    1: { args: GetActiveSessionsV1Args; data: GetActiveSessionsV1Data; code: GetActiveSessionsV1ErrorCode; returns: GetActiveSessionsV1Data };
  };
  get_event_by_id: {
    1: { args: GetEventByIdV1Args; data: GetEventByIdV1Data; code: GetEventByIdV1ErrorCode; returns: GetEventByIdV1Data };
  };
  get_events: {
    1: { args: GetEventsV1Args; data: GetEventsV1Data; code: GetEventsV1ErrorCode; returns: GetEventsV1Data };
  };
  get_events_for_task: {
    1: { args: GetEventsForTaskV1Args; data: GetEventsForTaskV1Data; code: GetEventsForTaskV1ErrorCode; returns: GetEventsForTaskV1Data };
  };
  get_events_for_technician: {
    1: { args: GetEventsForTechnicianV1Args; data: GetEventsForTechnicianV1Data; code: GetEventsForTechnicianV1ErrorCode; returns: GetEventsForTechnicianV1Data };
  };
  get_security_alerts: {
    1: { args: GetSecurityAlertsV1Args; data: GetSecurityAlertsV1Data; code: GetSecurityAlertsV1ErrorCode; returns: GetSecurityAlertsV1Data };
  };
  get_security_events: {
    1: { args: GetSecurityEventsV1Args; data: GetSecurityEventsV1Data; code: GetSecurityEventsV1ErrorCode; returns: GetSecurityEventsV1Data };
  };
  get_security_metrics: {
    1: { args: GetSecurityMetricsV1Args; data: GetSecurityMetricsV1Data; code: GetSecurityMetricsV1ErrorCode; returns: GetSecurityMetricsV1Data };
  };
  get_session_timeout_config: {
    1: { args: GetSessionTimeoutConfigV1Args; data: GetSessionTimeoutConfigV1Data; code: GetSessionTimeoutConfigV1ErrorCode; returns: GetSessionTimeoutConfigV1Data };
  };
  get_user: {
    1: { args: GetUserV1Args; data: GetUserV1Data; code: GetUserV1ErrorCode; returns: GetUserV1Data };
  };
  get_users: {
    1: { args: GetUsersV1Args; data: GetUsersV1Data; code: GetUsersV1ErrorCode; returns: GetUsersV1Data };
  };
  has_admins: {
    1: { args: HasAdminsV1Args; data: HasAdminsV1Data; code: HasAdminsV1ErrorCode; returns: HasAdminsV1Data };
  };
  intervention_advance_step: {
    1: { args: InterventionAdvanceStepV1Args; data: InterventionAdvanceStepV1Data; code: InterventionAdvanceStepV1ErrorCode; returns: InterventionAdvanceStepV1Data };
  };
  intervention_cancel: {
    1: { args: InterventionCancelV1Args; data: InterventionCancelV1Data; code: InterventionCancelV1ErrorCode; returns: InterventionCancelV1Data };
  };
  intervention_finalize: {
    1: { args: InterventionFinalizeV1Args; data: InterventionFinalizeV1Data; code: InterventionFinalizeV1ErrorCode; returns: InterventionFinalizeV1Data };
  };
  intervention_get: {
    1: { args: InterventionGetV1Args; data: InterventionGetV1Data; code: InterventionGetV1ErrorCode; returns: InterventionGetV1Data };
  };
  intervention_get_active_by_task: {
    1: { args: InterventionGetActiveByTaskV1Args; data: InterventionGetActiveByTaskV1Data; code: InterventionGetActiveByTaskV1ErrorCode; returns: InterventionGetActiveByTaskV1Data };
  };
  intervention_get_latest_by_task: {
    1: { args: InterventionGetLatestByTaskV1Args; data: InterventionGetLatestByTaskV1Data; code: InterventionGetLatestByTaskV1ErrorCode; returns: InterventionGetLatestByTaskV1Data };
  };
  intervention_get_progress: {
    1: { args: InterventionGetProgressV1Args; data: InterventionGetProgressV1Data; code: InterventionGetProgressV1ErrorCode; returns: InterventionGetProgressV1Data };
  };
  intervention_get_step: {
    1: { args: InterventionGetStepV1Args; data: InterventionGetStepV1Data; code: InterventionGetStepV1ErrorCode; returns: InterventionGetStepV1Data };
  };
  intervention_list: {
    1: { args: InterventionListV1Args; data: InterventionListV1Data; code: InterventionListV1ErrorCode; returns: InterventionListV1Data };
  };
  intervention_pause: {
    1: { args: InterventionPauseV1Args; data: InterventionPauseV1Data; code: InterventionPauseV1ErrorCode; returns: InterventionPauseV1Data };
  };
  intervention_resume: {
    1: { args: InterventionResumeV1Args; data: InterventionResumeV1Data; code: InterventionResumeV1ErrorCode; returns: InterventionResumeV1Data };
  };
  intervention_save_step_progress: {
    1: { args: InterventionSaveStepProgressV1Args; data: InterventionSaveStepProgressV1Data; code: InterventionSaveStepProgressV1ErrorCode; returns: InterventionSaveStepProgressV1Data };
  };
  intervention_start: {
    1: { args: InterventionStartV1Args; data: InterventionStartV1Data; code: InterventionStartV1ErrorCode; returns: InterventionStartV1Data };
  };
  is_2fa_enabled: {
    1: { args: Is2faEnabledV1Args; data: Is2faEnabledV1Data; code: Is2faEnabledV1ErrorCode; returns: Is2faEnabledV1Data };
  };
  job_cancel: {
    1: { args: JobCancelV1Args; data: JobCancelV1Data; code: JobCancelV1ErrorCode; returns: JobCancelV1Data };
  };
  job_drop: {
    1: { args: JobDropV1Args; data: JobDropV1Data; code: JobDropV1ErrorCode; returns: JobDropV1Data };
  };
  job_get: {
    1: { args: JobGetV1Args; data: JobGetV1Data; code: JobGetV1ErrorCode; returns: JobGetV1Data };
  };
  job_groups: {
    1: { args: JobGroupsV1Args; data: JobGroupsV1Data; code: JobGroupsV1ErrorCode; returns: JobGroupsV1Data };
  };
  job_list: {
    1: { args: JobListV1Args; data: JobListV1Data; code: JobListV1ErrorCode; returns: JobListV1Data };
  };
  job_retry: {
    1: { args: JobRetryV1Args; data: JobRetryV1Data; code: JobRetryV1ErrorCode; returns: JobRetryV1Data };
  };
  job_why: {
    1: { args: JobWhyV1Args; data: JobWhyV1Data; code: JobWhyV1ErrorCode; returns: JobWhyV1Data };
  };
  material_create: {
    1: { args: MaterialCreateV1Args; data: MaterialCreateV1Data; code: MaterialCreateV1ErrorCode; returns: MaterialCreateV1Data };
  };
  material_create_inventory_transaction: {
    1: { args: MaterialCreateInventoryTransactionV1Args; data: MaterialCreateInventoryTransactionV1Data; code: MaterialCreateInventoryTransactionV1ErrorCode; returns: MaterialCreateInventoryTransactionV1Data };
  };
  material_delete: {
    1: { args: MaterialDeleteV1Args; data: MaterialDeleteV1Data; code: MaterialDeleteV1ErrorCode; returns: MaterialDeleteV1Data };
  };
  material_get: {
    1: { args: MaterialGetV1Args; data: MaterialGetV1Data; code: MaterialGetV1ErrorCode; returns: MaterialGetV1Data };
  };
  material_get_by_sku: {
    1: { args: MaterialGetBySkuV1Args; data: MaterialGetBySkuV1Data; code: MaterialGetBySkuV1ErrorCode; returns: MaterialGetBySkuV1Data };
  };
  material_get_consumption_history: {
    1: { args: MaterialGetConsumptionHistoryV1Args; data: MaterialGetConsumptionHistoryV1Data; code: MaterialGetConsumptionHistoryV1ErrorCode; returns: MaterialGetConsumptionHistoryV1Data };
  };
  material_get_expired: {
    1: { args: MaterialGetExpiredV1Args; data: MaterialGetExpiredV1Data; code: MaterialGetExpiredV1ErrorCode; returns: MaterialGetExpiredV1Data };
  };
  material_get_intervention_consumption: {
    1: { args: MaterialGetInterventionConsumptionV1Args; data: MaterialGetInterventionConsumptionV1Data; code: MaterialGetInterventionConsumptionV1ErrorCode; returns: MaterialGetInterventionConsumptionV1Data };
  };
  material_get_intervention_summary: {
    1: { args: MaterialGetInterventionSummaryV1Args; data: MaterialGetInterventionSummaryV1Data; code: MaterialGetInterventionSummaryV1ErrorCode; returns: MaterialGetInterventionSummaryV1Data };
  };
  material_get_low_stock: {
    1: { args: MaterialGetLowStockV1Args; data: MaterialGetLowStockV1Data; code: MaterialGetLowStockV1ErrorCode; returns: MaterialGetLowStockV1Data };
  };
  material_get_stats: {
    1: { args: MaterialGetStatsV1Args; data: MaterialGetStatsV1Data; code: MaterialGetStatsV1ErrorCode; returns: MaterialGetStatsV1Data };
  };
  material_get_transaction_history: {
    1: { args: MaterialGetTransactionHistoryV1Args; data: MaterialGetTransactionHistoryV1Data; code: MaterialGetTransactionHistoryV1ErrorCode; returns: MaterialGetTransactionHistoryV1Data };
  };
  material_list: {
    1: { args: MaterialListV1Args; data: MaterialListV1Data; code: MaterialListV1ErrorCode; returns: MaterialListV1Data };
  };
  material_record_consumption: {
    1: { args: MaterialRecordConsumptionV1Args; data: MaterialRecordConsumptionV1Data; code: MaterialRecordConsumptionV1ErrorCode; returns: MaterialRecordConsumptionV1Data };
  };
  material_update: {
    1: { args: MaterialUpdateV1Args; data: MaterialUpdateV1Data; code: MaterialUpdateV1ErrorCode; returns: MaterialUpdateV1Data };
  };
  material_update_stock: {
    1: { args: MaterialUpdateStockV1Args; data: MaterialUpdateStockV1Data; code: MaterialUpdateStockV1ErrorCode; returns: MaterialUpdateStockV1Data };
  };
  note_create: {
    1: { args: NoteCreateV1Args; data: NoteCreateV1Data; code: NoteCreateV1ErrorCode; returns: NoteCreateV1Data };
  };
  note_get: {
    1: { args: NoteGetV1Args; data: NoteGetV1Data; code: NoteGetV1ErrorCode; returns: NoteGetV1Data };
  };
  note_set_tags: {
    1: { args: NoteSetTagsV1Args; data: NoteSetTagsV1Data; code: NoteSetTagsV1ErrorCode; returns: NoteSetTagsV1Data };
  };
  note_update: {
    1: { args: NoteUpdateV1Args; data: NoteUpdateV1Data; code: NoteUpdateV1ErrorCode; returns: NoteUpdateV1Data };
  };
  notes_list: {
    1: { args: NotesListV1Args; data: NotesListV1Data; code: NotesListV1ErrorCode; returns: NotesListV1Data };
    2: { args: NotesListV2Args; data: NotesListV2Data; code: NotesListV2ErrorCode; returns: NotesListV2Data };
  };
  notification_get_preferences: {
    1: { args: NotificationGetPreferencesV1Args; data: NotificationGetPreferencesV1Data; code: NotificationGetPreferencesV1ErrorCode; returns: NotificationGetPreferencesV1Data };
  };
  notification_list: {
    1: { args: NotificationListV1Args; data: NotificationListV1Data; code: NotificationListV1ErrorCode; returns: NotificationListV1Data };
  };
  notification_mark_read: {
    1: { args: NotificationMarkReadV1Args; data: NotificationMarkReadV1Data; code: NotificationMarkReadV1ErrorCode; returns: NotificationMarkReadV1Data };
  };
  notification_set_preferences: {
    1: { args: NotificationSetPreferencesV1Args; data: NotificationSetPreferencesV1Data; code: NotificationSetPreferencesV1ErrorCode; returns: NotificationSetPreferencesV1Data };
  };
  pause_list: {
    1: { args: PauseListV1Args; data: PauseListV1Data; code: PauseListV1ErrorCode; returns: PauseListV1Data };
  };
  queue_list: {
    1: { args: QueueListV1Args; data: QueueListV1Data; code: QueueListV1ErrorCode; returns: QueueListV1Data };
  };
  queue_pause: {
    1: { args: QueuePauseV1Args; data: QueuePauseV1Data; code: QueuePauseV1ErrorCode; returns: QueuePauseV1Data };
  };
  queue_resume: {
    1: { args: QueueResumeV1Args; data: QueueResumeV1Data; code: QueueResumeV1ErrorCode; returns: QueueResumeV1Data };
  };
  quote_create: {
    1: { args: QuoteCreateV1Args; data: QuoteCreateV1Data; code: QuoteCreateV1ErrorCode; returns: QuoteCreateV1Data };
  };
  quote_delete: {
    1: { args: QuoteDeleteV1Args; data: QuoteDeleteV1Data; code: QuoteDeleteV1ErrorCode; returns: QuoteDeleteV1Data };
  };
  quote_export_pdf: {
    1: { args: QuoteExportPdfV1Args; data: QuoteExportPdfV1Data; code: QuoteExportPdfV1ErrorCode; returns: QuoteExportPdfV1Data };
  };
  quote_get: {
    1: { args: QuoteGetV1Args; data: QuoteGetV1Data; code: QuoteGetV1ErrorCode; returns: QuoteGetV1Data };
  };
  quote_item_add: {
    1: { args: QuoteItemAddV1Args; data: QuoteItemAddV1Data; code: QuoteItemAddV1ErrorCode; returns: QuoteItemAddV1Data };
  };
  quote_item_delete: {
    1: { args: QuoteItemDeleteV1Args; data: QuoteItemDeleteV1Data; code: QuoteItemDeleteV1ErrorCode; returns: QuoteItemDeleteV1Data };
  };
  quote_item_update: {
    1: { args: QuoteItemUpdateV1Args; data: QuoteItemUpdateV1Data; code: QuoteItemUpdateV1ErrorCode; returns: QuoteItemUpdateV1Data };
  };
  quote_list: {
    1: { args: QuoteListV1Args; data: QuoteListV1Data; code: QuoteListV1ErrorCode; returns: QuoteListV1Data };
  };
  quote_mark_accepted: {
    1: { args: QuoteMarkAcceptedV1Args; data: QuoteMarkAcceptedV1Data; code: QuoteMarkAcceptedV1ErrorCode; returns: QuoteMarkAcceptedV1Data };
  };
  quote_mark_rejected: {
    1: { args: QuoteMarkRejectedV1Args; data: QuoteMarkRejectedV1Data; code: QuoteMarkRejectedV1ErrorCode; returns: QuoteMarkRejectedV1Data };
  };
  quote_mark_sent: {
    1: { args: QuoteMarkSentV1Args; data: QuoteMarkSentV1Data; code: QuoteMarkSentV1ErrorCode; returns: QuoteMarkSentV1Data };
  };
  quote_update: {
    1: { args: QuoteUpdateV1Args; data: QuoteUpdateV1Data; code: QuoteUpdateV1ErrorCode; returns: QuoteUpdateV1Data };
  };
  regenerate_backup_codes: {
    1: { args: RegenerateBackupCodesV1Args; data: RegenerateBackupCodesV1Data; code: RegenerateBackupCodesV1ErrorCode; returns: RegenerateBackupCodesV1Data };
  };
  reset_user_password: {
    1: { args: ResetUserPasswordV1Args; data: ResetUserPasswordV1Data; code: ResetUserPasswordV1ErrorCode; returns: ResetUserPasswordV1Data };
  };
  resolve_security_alert: {
    1: { args: ResolveSecurityAlertV1Args; data: ResolveSecurityAlertV1Data; code: ResolveSecurityAlertV1ErrorCode; returns: ResolveSecurityAlertV1Data };
  };
  revoke_all_sessions_except_current: {
    1: { args: RevokeAllSessionsExceptCurrentV1Args; data: RevokeAllSessionsExceptCurrentV1Data; code: RevokeAllSessionsExceptCurrentV1ErrorCode; returns: RevokeAllSessionsExceptCurrentV1Data };
  };
  revoke_session: {
    1: { args: RevokeSessionV1Args; data: RevokeSessionV1Data; code: RevokeSessionV1ErrorCode; returns: RevokeSessionV1Data };
  };
  schedule_add: {
    1: { args: ScheduleAddV1Args; data: ScheduleAddV1Data; code: ScheduleAddV1ErrorCode; returns: ScheduleAddV1Data };
  };
  schedule_list: {
    1: { args: ScheduleListV1Args; data: ScheduleListV1Data; code: ScheduleListV1ErrorCode; returns: ScheduleListV1Data };
  };
  schedule_next: {
    1: { args: ScheduleNextV1Args; data: ScheduleNextV1Data; code: ScheduleNextV1ErrorCode; returns: ScheduleNextV1Data };
  };
  schedule_pause: {
    1: { args: SchedulePauseV1Args; data: SchedulePauseV1Data; code: SchedulePauseV1ErrorCode; returns: SchedulePauseV1Data };
  };
  schedule_remove: {
    1: { args: ScheduleRemoveV1Args; data: ScheduleRemoveV1Data; code: ScheduleRemoveV1ErrorCode; returns: ScheduleRemoveV1Data };
  };
  schedule_resume: {
    1: { args: ScheduleResumeV1Args; data: ScheduleResumeV1Data; code: ScheduleResumeV1ErrorCode; returns: ScheduleResumeV1Data };
  };
  search_rebuild: {
    1: { args: SearchRebuildV1Args; data: SearchRebuildV1Data; code: SearchRebuildV1ErrorCode; returns: Queued<SearchRebuildV1Data> };
  };
  service_account_create: {
    1: { args: ServiceAccountCreateV1Args; data: ServiceAccountCreateV1Data; code: ServiceAccountCreateV1ErrorCode; returns: ServiceAccountCreateV1Data };
  };
  service_account_list: {
    1: { args: ServiceAccountListV1Args; data: ServiceAccountListV1Data; code: ServiceAccountListV1ErrorCode; returns: ServiceAccountListV1Data };
  };
  service_account_revoke: {
    1: { args: ServiceAccountRevokeV1Args; data: ServiceAccountRevokeV1Data; code: ServiceAccountRevokeV1ErrorCode; returns: ServiceAccountRevokeV1Data };
  };
  service_account_rotate: {
    1: { args: ServiceAccountRotateV1Args; data: ServiceAccountRotateV1Data; code: ServiceAccountRotateV1ErrorCode; returns: ServiceAccountRotateV1Data };
  };
  sync_cleanup_old_operations: {
    1: { args: SyncCleanupOldOperationsV1Args; data: SyncCleanupOldOperationsV1Data; code: SyncCleanupOldOperationsV1ErrorCode; returns: SyncCleanupOldOperationsV1Data };
  };
  sync_dequeue_batch: {
    1: { args: SyncDequeueBatchV1Args; data: SyncDequeueBatchV1Data; code: SyncDequeueBatchV1ErrorCode; returns: SyncDequeueBatchV1Data };
  };
  sync_drop_operation: {
    1: { args: SyncDropOperationV1Args; data: SyncDropOperationV1Data; code: SyncDropOperationV1ErrorCode; returns: SyncDropOperationV1Data };
  };
  sync_enqueue: {
    1: { args: SyncEnqueueV1Args; data: SyncEnqueueV1Data; code: SyncEnqueueV1ErrorCode; returns: SyncEnqueueV1Data };
  };
  sync_get_metrics: {
    1: { args: SyncGetMetricsV1Args; data: SyncGetMetricsV1Data; code: SyncGetMetricsV1ErrorCode; returns: SyncGetMetricsV1Data };
  };
  sync_get_operation: {
    1: { args: SyncGetOperationV1Args; data: SyncGetOperationV1Data; code: SyncGetOperationV1ErrorCode; returns: SyncGetOperationV1Data };
  };
  sync_get_operations_for_entity: {
    1: { args: SyncGetOperationsForEntityV1Args; data: SyncGetOperationsForEntityV1Data; code: SyncGetOperationsForEntityV1ErrorCode; returns: SyncGetOperationsForEntityV1Data };
  };
  sync_get_status: {
    1: { args: SyncGetStatusV1Args; data: SyncGetStatusV1Data; code: SyncGetStatusV1ErrorCode; returns: SyncGetStatusV1Data };
  };
  sync_mark_completed: {
    1: { args: SyncMarkCompletedV1Args; data: SyncMarkCompletedV1Data; code: SyncMarkCompletedV1ErrorCode; returns: SyncMarkCompletedV1Data };
  };
  sync_mark_failed: {
    1: { args: SyncMarkFailedV1Args; data: SyncMarkFailedV1Data; code: SyncMarkFailedV1ErrorCode; returns: SyncMarkFailedV1Data };
  };
  sync_now: {
    1: { args: SyncNowV1Args; data: SyncNowV1Data; code: SyncNowV1ErrorCode; returns: SyncNowV1Data };
  };
  sync_retry_operation: {
    1: { args: SyncRetryOperationV1Args; data: SyncRetryOperationV1Data; code: SyncRetryOperationV1ErrorCode; returns: SyncRetryOperationV1Data };
  };
  sync_start_background_service: {
    1: { args: SyncStartBackgroundServiceV1Args; data: SyncStartBackgroundServiceV1Data; code: SyncStartBackgroundServiceV1ErrorCode; returns: SyncStartBackgroundServiceV1Data };
  };
  sync_stop_background_service: {
    1: { args: SyncStopBackgroundServiceV1Args; data: SyncStopBackgroundServiceV1Data; code: SyncStopBackgroundServiceV1ErrorCode; returns: SyncStopBackgroundServiceV1Data };
  };
  system_health: {
    1: { args: SystemHealthV1Args; data: SystemHealthV1Data; code: SystemHealthV1ErrorCode; returns: SystemHealthV1Data };
  };
  tags_list: {
    1: { args: TagsListV1Args; data: TagsListV1Data; code: TagsListV1ErrorCode; returns: TagsListV1Data };
  };
  task_crud: {
    1: { args: TaskCrudV1Args; data: TaskCrudV1Data; code: TaskCrudV1ErrorCode; returns: TaskCrudV1Data };
  };
  task_export_csv: {
    1: { args: TaskExportCsvV1Args; data: TaskExportCsvV1Data; code: TaskExportCsvV1ErrorCode; returns: Queued<TaskExportCsvV1Data> };
  };
  task_get_history: {
    1: { args: TaskGetHistoryV1Args; data: TaskGetHistoryV1Data; code: TaskGetHistoryV1ErrorCode; returns: TaskGetHistoryV1Data };
  };
  task_import_csv: {
    1: { args: TaskImportCsvV1Args; data: TaskImportCsvV1Data; code: TaskImportCsvV1ErrorCode; returns: Queued<TaskImportCsvV1Data> };
  };
  task_transition_status: {
    1: { args: TaskTransitionStatusV1Args; data: TaskTransitionStatusV1Data; code: TaskTransitionStatusV1ErrorCode; returns: TaskTransitionStatusV1Data };
  };
  tasks_list_inbox: {
    1: { args: TasksListInboxV1Args; data: TasksListInboxV1Data; code: TasksListInboxV1ErrorCode; returns: TasksListInboxV1Data };
  };
  tasks_list_today: {
    1: { args: TasksListTodayV1Args; data: TasksListTodayV1Data; code: TasksListTodayV1ErrorCode; returns: TasksListTodayV1Data };
  };
  tasks_list_upcoming: {
    1: { args: TasksListUpcomingV1Args; data: TasksListUpcomingV1Data; code: TasksListUpcomingV1ErrorCode; returns: TasksListUpcomingV1Data };
  };
  unban_user: {
    1: { args: UnbanUserV1Args; data: UnbanUserV1Data; code: UnbanUserV1ErrorCode; returns: UnbanUserV1Data };
  };
  update_event: {
    1: { args: UpdateEventV1Args; data: UpdateEventV1Data; code: UpdateEventV1ErrorCode; returns: UpdateEventV1Data };
  };
  update_session_timeout: {
    1: { args: UpdateSessionTimeoutV1Args; data: UpdateSessionTimeoutV1Data; code: UpdateSessionTimeoutV1ErrorCode; returns: UpdateSessionTimeoutV1Data };
  };
  update_user: {
    1: { args: UpdateUserV1Args; data: UpdateUserV1Data; code: UpdateUserV1ErrorCode; returns: UpdateUserV1Data };
  };
  validate_task_assignment_change: {
    1: { args: ValidateTaskAssignmentChangeV1Args; data: ValidateTaskAssignmentChangeV1Data; code: ValidateTaskAssignmentChangeV1ErrorCode; returns: ValidateTaskAssignmentChangeV1Data };
  };
  verify_2fa_code: {
    1: { args: Verify2faCodeV1Args; data: Verify2faCodeV1Data; code: Verify2faCodeV1ErrorCode; returns: Verify2faCodeV1Data };
  };
  verify_2fa_setup: {
    1: { args: Verify2faSetupV1Args; data: Verify2faSetupV1Data; code: Verify2faSetupV1ErrorCode; returns: Verify2faSetupV1Data };
  };
  worker_list: {
    1: { args: WorkerListV1Args; data: WorkerListV1Data; code: WorkerListV1ErrorCode; returns: WorkerListV1Data };
  };
  workspace_create_folder: {
    1: { args: WorkspaceCreateFolderV1Args; data: WorkspaceCreateFolderV1Data; code: WorkspaceCreateFolderV1ErrorCode; returns: WorkspaceCreateFolderV1Data };
  };
  workspace_create_note_ref: {
    1: { args: WorkspaceCreateNoteRefV1Args; data: WorkspaceCreateNoteRefV1Data; code: WorkspaceCreateNoteRefV1ErrorCode; returns: WorkspaceCreateNoteRefV1Data };
  };
  workspace_delete_folder: {
    1: { args: WorkspaceDeleteFolderV1Args; data: WorkspaceDeleteFolderV1Data; code: WorkspaceDeleteFolderV1ErrorCode; returns: WorkspaceDeleteFolderV1Data };
  };
  workspace_delete_large_folder: {
    1: { args: WorkspaceDeleteLargeFolderV1Args; data: WorkspaceDeleteLargeFolderV1Data; code: WorkspaceDeleteLargeFolderV1ErrorCode; returns: WorkspaceDeleteLargeFolderV1Data };
  };
  workspace_explorer: {
    1: { args: WorkspaceExplorerV1Args; data: WorkspaceExplorerV1Data; code: WorkspaceExplorerV1ErrorCode; returns: WorkspaceExplorerV1Data };
  };
  workspace_list_children: {
    1: { args: WorkspaceListChildrenV1Args; data: WorkspaceListChildrenV1Data; code: WorkspaceListChildrenV1ErrorCode; returns: WorkspaceListChildrenV1Data };
  };
  workspace_move_node: {
    1: { args: WorkspaceMoveNodeV1Args; data: WorkspaceMoveNodeV1Data; code: WorkspaceMoveNodeV1ErrorCode; returns: WorkspaceMoveNodeV1Data };
  };
  workspace_rename_node: {
    1: { args: WorkspaceRenameNodeV1Args; data: WorkspaceRenameNodeV1Data; code: WorkspaceRenameNodeV1ErrorCode; returns: WorkspaceRenameNodeV1Data };
  };
}

export type CommandFacts = { version: number; repeatable: "always" | "with key" | "never" };

/** The version that each command has here, and whether a call may be sent again. */
export const COMMANDS: { readonly [N in CommandName]: CommandFacts } = {
  acknowledge_security_alert: { version: 1, repeatable: "with key" },
  add_task_note: { version: 1, repeatable: "with key" },
  atom_update_status: { version: 1, repeatable: "with key" },
  auth_create_account: { version: 1, repeatable: "never" },
  auth_login: { version: 1, repeatable: "never" },
  auth_logout: { version: 1, repeatable: "with key" },
  auth_refresh_token: { version: 1, repeatable: "never" },
  auth_validate_session: { version: 1, repeatable: "always" },
  ban_user: { version: 1, repeatable: "with key" },
  bootstrap_first_admin: { version: 1, repeatable: "with key" },
  calendar_check_conflicts: { version: 1, repeatable: "always" },
  calendar_get_tasks: { version: 1, repeatable: "always" },
  calendar_list_by_range: { version: 1, repeatable: "always" },
  calendar_schedule_task: { version: 1, repeatable: "with key" },
  calendar_update_event: { version: 1, repeatable: "with key" },
  change_user_password: { version: 1, repeatable: "never" },
  change_user_role: { version: 1, repeatable: "with key" },
  check_task_assignment: { version: 1, repeatable: "always" },
  check_task_availability: { version: 1, repeatable: "always" },
  client_crud: { version: 1, repeatable: "with key" },
  client_export_csv: { version: 1, repeatable: "with key" },
  client_import_csv: { version: 1, repeatable: "with key" },
  command_describe: { version: 1, repeatable: "always" },
  command_list: { version: 1, repeatable: "always" },
  command_pause: { version: 1, repeatable: "with key" },
  command_resume: { version: 1, repeatable: "with key" },
  create_event: { version: 1, repeatable: "with key" },
  create_user: { version: 1, repeatable: "never" },
  "db.agents.findByEffort": { version: 1, repeatable: "always" },
  "db.agents.get": { version: 1, repeatable: "always" },
  "db.agents.list": { version: 1, repeatable: "always" },
  "db.agents.register": { version: 1, repeatable: "with key" },
  "db.agents.updateStatus": { version: 1, repeatable: "with key" },
  "db.effort.findActive": { version: 1, repeatable: "always" },
  "db.effort.finish": { version: 1, repeatable: "with key" },
  "db.effort.get": { version: 1, repeatable: "always" },
  "db.effort.getMetadata": { version: 1, repeatable: "always" },
  "db.effort.history": { version: 1, repeatable: "always" },
  "db.effort.list": { version: 1, repeatable: "always" },
  "db.effort.phase": { version: 1, repeatable: "with key" },
  "db.effort.start": { version: 1, repeatable: "with key" },
  "db.effort.updateMetadata": { version: 1, repeatable: "with key" },
  "db.fleet.status": { version: 1, repeatable: "always" },
  "db.messages.append": { version: 1, repeatable: "with key" },
  "db.messages.list": { version: 1, repeatable: "always" },
  "db.messages.upsert": { version: 1, repeatable: "with key" },
  "db.project.find": { version: 1, repeatable: "always" },
  "db.project.upsert": { version: 1, repeatable: "with key" },
  "db.session.find": { version: 1, repeatable: "always" },
  "db.session.finish": { version: 1, repeatable: "with key" },
  "db.session.get": { version: 1, repeatable: "always" },
  "db.session.heartbeat": { version: 2, repeatable: "with key" },
  "db.session.listStale": { version: 1, repeatable: "always" },
  "db.session.setTranscript": { version: 1, repeatable: "with key" },
  "db.session.start": { version: 1, repeatable: "with key" },
  "db.session.updateContextUsage": { version: 1, repeatable: "with key" },
  "db.session.updateLoadedFiles": { version: 1, repeatable: "with key" },
  "db.skills.delete": { version: 1, repeatable: "with key" },
  "db.skills.find": { version: 1, repeatable: "always" },
  "db.skills.get": { version: 1, repeatable: "always" },
  "db.skills.list": { version: 1, repeatable: "always" },
  "db.skills.upsert": { version: 2, repeatable: "with key" },
  "db.task.find": { version: 1, repeatable: "always" },
  "db.task.list": { version: 1, repeatable: "always" },
  "db.task.upsert": { version: 2, repeatable: "with key" },
  delay_task: { version: 1, repeatable: "with key" },
  delete_event: { version: 1, repeatable: "with key" },
  delete_user: { version: 1, repeatable: "with key" },
  disable_2fa: { version: 1, repeatable: "never" },
  edit_task: { version: 1, repeatable: "with key" },
  enable_2fa: { version: 1, repeatable: "never" },
  entry_create_note: { version: 1, repeatable: "with key" },
  entry_create_task: { version: 1, repeatable: "with key" },
  entry_execute: { version: 1, repeatable: "with key" },
  entry_parse: { version: 1, repeatable: "always" },
  entry_schedule: { version: 1, repeatable: "with key" },
  entry_search: { version: 1, repeatable: "always" },
  flow_advance: { version: 1, repeatable: "with key" },
  flow_cancel: { version: 1, repeatable: "with key" },
  flow_get: { version: 1, repeatable: "always" },
  flow_list: { version: 1, repeatable: "always" },
  flow_start: { version: 1, repeatable: "with key" },
  get_active_sessions: { version: 1, repeatable: "always" },
  get_event_by_id: { version: 1, repeatable: "always" },
  get_events: { version: 1, repeatable: "always" },
  get_events_for_task: { version: 1, repeatable: "always" },
  get_events_for_technician: { version: 1, repeatable: "always" },
  get_security_alerts: { version: 1, repeatable: "always" },
  get_security_events: { version: 1, repeatable: "always" },
  get_security_metrics: { version: 1, repeatable: "always" },
  get_session_timeout_config: { version: 1, repeatable: "always" },
  get_user: { version: 1, repeatable: "always" },
  get_users: { version: 1, repeatable: "always" },
  has_admins: { version: 1, repeatable: "always" },
  intervention_advance_step: { version: 1, repeatable: "with key" },
  intervention_cancel: { version: 1, repeatable: "with key" },
  intervention_finalize: { version: 1, repeatable: "with key" },
  intervention_get: { version: 1, repeatable: "always" },
  intervention_get_active_by_task: { version: 1, repeatable: "always" },
  intervention_get_latest_by_task: { version: 1, repeatable: "always" },
  intervention_get_progress: { version: 1, repeatable: "always" },
  intervention_get_step: { version: 1, repeatable: "always" },
  intervention_list: { version: 1, repeatable: "always" },
  intervention_pause: { version: 1, repeatable: "with key" },
  intervention_resume: { version: 1, repeatable: "with key" },
  intervention_save_step_progress: { version: 1, repeatable: "with key" },
  intervention_start: { version: 1, repeatable: "with key" },
  is_2fa_enabled: { version: 1, repeatable: "always" },
  job_cancel: { version: 1, repeatable: "with key" },
  job_drop: { version: 1, repeatable: "with key" },
  job_get: { version: 1, repeatable: "always" },
  job_groups: { version: 1, repeatable: "always" },
  job_list: { version: 1, repeatable: "always" },
  job_retry: { version: 1, repeatable: "with key" },
  job_why: { version: 1, repeatable: "always" },
  material_create: { version: 1, repeatable: "with key" },
  material_create_inventory_transaction: { version: 1, repeatable: "with key" },
  material_delete: { version: 1, repeatable: "with key" },
  material_get: { version: 1, repeatable: "always" },
  material_get_by_sku: { version: 1, repeatable: "always" },
  material_get_consumption_history: { version: 1, repeatable: "always" },
  material_get_expired: { version: 1, repeatable: "always" },
  material_get_intervention_consumption: { version: 1, repeatable: "always" },
  material_get_intervention_summary: { version: 1, repeatable: "always" },
  material_get_low_stock: { version: 1, repeatable: "always" },
  material_get_stats: { version: 1, repeatable: "always" },
  material_get_transaction_history: { version: 1, repeatable: "always" },
  material_list: { version: 1, repeatable: "always" },
  material_record_consumption: { version: 1, repeatable: "with key" },
  material_update: { version: 1, repeatable: "with key" },
  material_update_stock: { version: 1, repeatable: "with key" },
  note_create: { version: 1, repeatable: "with key" },
  note_get: { version: 1, repeatable: "always" },
  note_set_tags: { version: 1, repeatable: "with key" },
  note_update: { version: 1, repeatable: "with key" },
  notes_list: { version: 2, repeatable: "always" },
  notification_get_preferences: { version: 1, repeatable: "always" },
  notification_list: { version: 1, repeatable: "always" },
  notification_mark_read: { version: 1, repeatable: "with key" },
  notification_set_preferences: { version: 1, repeatable: "with key" },
  pause_list: { version: 1, repeatable: "always" },
  queue_list: { version: 1, repeatable: "always" },
  queue_pause: { version: 1, repeatable: "with key" },
  queue_resume: { version: 1, repeatable: "with key" },
  quote_create: { version: 1, repeatable: "with key" },
  quote_delete: { version: 1, repeatable: "with key" },
  quote_export_pdf: { version: 1, repeatable: "always" },
  quote_get: { version: 1, repeatable: "always" },
  quote_item_add: { version: 1, repeatable: "with key" },
  quote_item_delete: { version: 1, repeatable: "with key" },
  quote_item_update: { version: 1, repeatable: "with key" },
  quote_list: { version: 1, repeatable: "always" },
  quote_mark_accepted: { version: 1, repeatable: "with key" },
  quote_mark_rejected: { version: 1, repeatable: "with key" },
  quote_mark_sent: { version: 1, repeatable: "with key" },
  quote_update: { version: 1, repeatable: "with key" },
  regenerate_backup_codes: { version: 1, repeatable: "never" },
  reset_user_password: { version: 1, repeatable: "never" },
  resolve_security_alert: { version: 1, repeatable: "with key" },
  revoke_all_sessions_except_current: { version: 1, repeatable: "with key" },
  revoke_session: { version: 1, repeatable: "with key" },
  schedule_add: { version: 1, repeatable: "with key" },
  schedule_list: { version: 1, repeatable: "always" },
  schedule_next: { version: 1, repeatable: "always" },
  schedule_pause: { version: 1, repeatable: "with key" },
  schedule_remove: { version: 1, repeatable: "with key" },
  schedule_resume: { version: 1, repeatable: "with key" },
  search_rebuild: { version: 1, repeatable: "with key" },
  service_account_create: { version: 1, repeatable: "never" },
  service_account_list: { version: 1, repeatable: "always" },
  service_account_revoke: { version: 1, repeatable: "with key" },
  service_account_rotate: { version: 1, repeatable: "never" },
  sync_cleanup_old_operations: { version: 1, repeatable: "with key" },
  sync_dequeue_batch: { version: 1, repeatable: "with key" },
  sync_drop_operation: { version: 1, repeatable: "with key" },
  sync_enqueue: { version: 1, repeatable: "with key" },
  sync_get_metrics: { version: 1, repeatable: "always" },
  sync_get_operation: { version: 1, repeatable: "always" },
  sync_get_operations_for_entity: { version: 1, repeatable: "always" },
  sync_get_status: { version: 1, repeatable: "always" },
  sync_mark_completed: { version: 1, repeatable: "with key" },
  sync_mark_failed: { version: 1, repeatable: "with key" },
  sync_now: { version: 1, repeatable: "with key" },
  sync_retry_operation: { version: 1, repeatable: "with key" },
  sync_start_background_service: { version: 1, repeatable: "with key" },
  sync_stop_background_service: { version: 1, repeatable: "with key" },
  system_health: { version: 1, repeatable: "always" },
  tags_list: { version: 1, repeatable: "always" },
  task_crud: { version: 1, repeatable: "with key" },
  task_export_csv: { version: 1, repeatable: "with key" },
  task_get_history: { version: 1, repeatable: "always" },
  task_import_csv: { version: 1, repeatable: "with key" },
  task_transition_status: { version: 1, repeatable: "with key" },
  tasks_list_inbox: { version: 1, repeatable: "always" },
  tasks_list_today: { version: 1, repeatable: "always" },
  tasks_list_upcoming: { version: 1, repeatable: "always" },
  unban_user: { version: 1, repeatable: "with key" },
  update_event: { version: 1, repeatable: "with key" },
  update_session_timeout: { version: 1, repeatable: "with key" },
  update_user: { version: 1, repeatable: "never" },
  validate_task_assignment_change: { version: 1, repeatable: "always" },
  verify_2fa_code: { version: 1, repeatable: "never" },
  verify_2fa_setup: { version: 1, repeatable: "never" },
  worker_list: { version: 1, repeatable: "always" },
  workspace_create_folder: { version: 1, repeatable: "with key" },
  workspace_create_note_ref: { version: 1, repeatable: "with key" },
  workspace_delete_folder: { version: 1, repeatable: "with key" },
  workspace_delete_large_folder: { version: 1, repeatable: "with key" },
  workspace_explorer: { version: 1, repeatable: "always" },
  workspace_list_children: { version: 1, repeatable: "always" },
  workspace_move_node: { version: 1, repeatable: "with key" },
  workspace_rename_node: { version: 1, repeatable: "with key" },
};
