// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject, JsonValue } from "../wire.js";

export type EngineAgentRow = {
  claims: string | null;
  effortId: number | null;
  id: string;
  label: string | null;
  manages: string | null;
  parent: string | null;
  status: string | null;
  targetedClaims: string | null;
};

export type EngineEffortRow = {
  createdAt: string;
  currentPhase: string | null;
  discoveredDirectives: JsonValue;
  discoveredDirectories: JsonValue;
  finishedAt: string | null;
  id: number;
  lifecycle: string;
  metadata: JsonObject | null;
  mode: string | null;
  ordinal: number;
  skill: string;
  taskId: string;
};

export type EngineFleetRow = {
  agent: string;
  contextUsage: number | null;
  currentPhase: string | null;
  heartbeatCounter: number | null;
  label: string | null;
  skill: string;
};

export type EngineGivenMessage = {
  content: string;
  role: string;
  toolName?: string;
};

export type EngineMessageRow = {
  content: string;
  id: number;
  role: string;
  sessionId: number;
  timestamp: string;
  toolName: string | null;
};

export type EnginePhaseHistoryRow = {
  createdAt: string;
  effortId: number;
  id: number;
  phaseLabel: string;
  proof: JsonObject | null;
  reason: string | null;
};

export type EngineProjectRow = {
  createdAt: string;
  id: number;
  name: string | null;
  path: string;
};

export type EngineSessionRow = {
  contextUsage: number | null;
  createdAt: string;
  dehydrationPayload: JsonObject | null;
  effortId: number;
  endedAt: string | null;
  heartbeatCounter: number;
  id: number;
  lastHeartbeat: string;
  loadedFiles: string[] | null;
  pid: number | null;
  prevSessionId: number | null;
  taskId: string;
};

export type EngineSkillRow = {
  cmdDependencies: JsonValue;
  directives: JsonValue;
  id: number;
  modes: JsonValue;
  name: string;
  nextSkills: JsonValue;
  phases: JsonValue;
  projectId: number;
  templates: JsonValue;
  updatedAt: string;
};

export type EngineTaskActivityRow = {
  createdAt: string;
  description: string | null;
  dirPath: string;
  effortCount: number;
  keywords: string | null;
  lastActivity: string | null;
  projectId: number;
  title: string | null;
  workspace: string | null;
};

export type EngineTaskRow = {
  createdAt: string;
  description: string | null;
  dirPath: string;
  keywords: string | null;
  projectId: number;
  title: string | null;
  workspace: string | null;
};

export type EngineTranscribedSessionRow = {
  contextUsage: number | null;
  createdAt: string;
  dehydrationPayload: JsonObject | null;
  effortId: number;
  endedAt: string | null;
  heartbeatCounter: number;
  id: number;
  lastHeartbeat: string;
  loadedFiles: string[] | null;
  pid: number | null;
  prevSessionId: number | null;
  taskId: string;
  transcriptOffset: number;
  transcriptPath: string | null;
};

export type EngineVersionedSkillRow = {
  cmdDependencies: JsonValue;
  description: string | null;
  directives: JsonValue;
  id: number;
  modes: JsonValue;
  name: string;
  nextSkills: JsonValue;
  phases: JsonValue;
  projectId: number;
  templates: JsonValue;
  updatedAt: string;
  version: string | null;
};

export type DbAgentsFindByEffortV1Args = {
  effortId: number;
};

export type DbAgentsFindByEffortV1Data = {
  agent: EngineAgentRow | null;
};

export type DbAgentsFindByEffortV1ErrorCode = BusErrorCode;

export type DbAgentsFindByEffortArgs = DbAgentsFindByEffortV1Args;
export type DbAgentsFindByEffortData = DbAgentsFindByEffortV1Data;
export type DbAgentsFindByEffortErrorCode = DbAgentsFindByEffortV1ErrorCode;

export type DbAgentsGetV1Args = {
  id: string;
};

export type DbAgentsGetV1Data = {
  agent: EngineAgentRow | null;
};

export type DbAgentsGetV1ErrorCode = BusErrorCode;

export type DbAgentsGetArgs = DbAgentsGetV1Args;
export type DbAgentsGetData = DbAgentsGetV1Data;
export type DbAgentsGetErrorCode = DbAgentsGetV1ErrorCode;

export type DbAgentsListV1Args = JsonObject;

export type DbAgentsListV1Data = {
  agents: EngineAgentRow[];
};

export type DbAgentsListV1ErrorCode = BusErrorCode;

export type DbAgentsListArgs = DbAgentsListV1Args;
export type DbAgentsListData = DbAgentsListV1Data;
export type DbAgentsListErrorCode = DbAgentsListV1ErrorCode;

export type DbAgentsRegisterV1Args = {
  claims?: string;
  effortId?: number;
  id: string;
  label?: string;
  manages?: string;
  parent?: string;
  status?: string;
  targetedClaims?: string;
};

export type DbAgentsRegisterV1Data = {
  agent: EngineAgentRow;
};

export type DbAgentsRegisterV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbAgentsRegisterArgs = DbAgentsRegisterV1Args;
export type DbAgentsRegisterData = DbAgentsRegisterV1Data;
export type DbAgentsRegisterErrorCode = DbAgentsRegisterV1ErrorCode;

export type DbAgentsUpdateStatusV1Args = {
  id: string;
  status: "working" | "idle" | "attention" | "error" | "done";
};

export type DbAgentsUpdateStatusV1Data = {
  agent: EngineAgentRow;
};

export type DbAgentsUpdateStatusV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbAgentsUpdateStatusArgs = DbAgentsUpdateStatusV1Args;
export type DbAgentsUpdateStatusData = DbAgentsUpdateStatusV1Data;
export type DbAgentsUpdateStatusErrorCode = DbAgentsUpdateStatusV1ErrorCode;

export type DbEffortFindActiveV1Args = {
  agentId?: string;
  projectId: number;
};

export type DbEffortFindActiveV1Data = {
  effort: EngineEffortRow | null;
  taskDir: string | null;
};

export type DbEffortFindActiveV1ErrorCode = BusErrorCode;

export type DbEffortFindActiveArgs = DbEffortFindActiveV1Args;
export type DbEffortFindActiveData = DbEffortFindActiveV1Data;
export type DbEffortFindActiveErrorCode = DbEffortFindActiveV1ErrorCode;

export type DbEffortFinishV1Args = {
  effortId: number;
  keywords?: string;
};

export type DbEffortFinishV1Data = {
  effort: EngineEffortRow;
};

export type DbEffortFinishV1ErrorCode = BusErrorCode | "ALREADY_FINISHED" | "NOT_FOUND";

export type DbEffortFinishArgs = DbEffortFinishV1Args;
export type DbEffortFinishData = DbEffortFinishV1Data;
export type DbEffortFinishErrorCode = DbEffortFinishV1ErrorCode;

export type DbEffortGetV1Args = {
  id: number;
};

export type DbEffortGetV1Data = {
  effort: EngineEffortRow | null;
};

export type DbEffortGetV1ErrorCode = BusErrorCode;

export type DbEffortGetArgs = DbEffortGetV1Args;
export type DbEffortGetData = DbEffortGetV1Data;
export type DbEffortGetErrorCode = DbEffortGetV1ErrorCode;

export type DbEffortGetMetadataV1Args = {
  id: number;
};

export type DbEffortGetMetadataV1Data = {
  metadata: JsonObject | null;
};

export type DbEffortGetMetadataV1ErrorCode = BusErrorCode;

export type DbEffortGetMetadataArgs = DbEffortGetMetadataV1Args;
export type DbEffortGetMetadataData = DbEffortGetMetadataV1Data;
export type DbEffortGetMetadataErrorCode = DbEffortGetMetadataV1ErrorCode;

export type DbEffortHistoryV1Args = {
  effortId: number;
};

export type DbEffortHistoryV1Data = {
  history: EnginePhaseHistoryRow[];
};

export type DbEffortHistoryV1ErrorCode = BusErrorCode;

export type DbEffortHistoryArgs = DbEffortHistoryV1Args;
export type DbEffortHistoryData = DbEffortHistoryV1Data;
export type DbEffortHistoryErrorCode = DbEffortHistoryV1ErrorCode;

export type DbEffortListV1Args = {
  taskId: string;
};

export type DbEffortListV1Data = {
  efforts: EngineEffortRow[];
};

export type DbEffortListV1ErrorCode = BusErrorCode;

export type DbEffortListArgs = DbEffortListV1Args;
export type DbEffortListData = DbEffortListV1Data;
export type DbEffortListErrorCode = DbEffortListV1ErrorCode;

export type DbEffortPhaseV1Args = {
  effortId: number;
  phase: string;
  proof?: JsonObject;
  reason?: string;
};

export type DbEffortPhaseV1Data = {
  effort: EngineEffortRow;
  session: EngineSessionRow | null;
};

export type DbEffortPhaseV1ErrorCode = BusErrorCode | "EFFORT_FINISHED" | "NOT_FOUND" | "PHASE_NOT_SEQUENTIAL" | "TASK_NOT_FOUND" | "UNKNOWN_PHASE";

export type DbEffortPhaseArgs = DbEffortPhaseV1Args;
export type DbEffortPhaseData = DbEffortPhaseV1Data;
export type DbEffortPhaseErrorCode = DbEffortPhaseV1ErrorCode;

export type DbEffortStartV1Args = {
  metadata?: JsonObject;
  mode?: string;
  skill: string;
  taskId: string;
};

export type DbEffortStartV1Data = {
  effort: EngineEffortRow;
};

export type DbEffortStartV1ErrorCode = BusErrorCode | "TASK_NOT_FOUND";

export type DbEffortStartArgs = DbEffortStartV1Args;
export type DbEffortStartData = DbEffortStartV1Data;
export type DbEffortStartErrorCode = DbEffortStartV1ErrorCode;

export type DbEffortUpdateMetadataV1Args = {
  id: number;
  remove?: string[];
  set?: JsonObject;
};

export type DbEffortUpdateMetadataV1Data = {
  metadata: JsonObject | null;
};

export type DbEffortUpdateMetadataV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbEffortUpdateMetadataArgs = DbEffortUpdateMetadataV1Args;
export type DbEffortUpdateMetadataData = DbEffortUpdateMetadataV1Data;
export type DbEffortUpdateMetadataErrorCode = DbEffortUpdateMetadataV1ErrorCode;

export type DbFleetStatusV1Args = JsonObject;

export type DbFleetStatusV1Data = {
  fleet: EngineFleetRow[];
};

export type DbFleetStatusV1ErrorCode = BusErrorCode;

export type DbFleetStatusArgs = DbFleetStatusV1Args;
export type DbFleetStatusData = DbFleetStatusV1Data;
export type DbFleetStatusErrorCode = DbFleetStatusV1ErrorCode;

export type DbMessagesAppendV1Args = {
  content: string;
  role: string;
  sessionId: number;
  toolName?: string;
};

export type DbMessagesAppendV1Data = {
  message: EngineMessageRow;
};

export type DbMessagesAppendV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbMessagesAppendArgs = DbMessagesAppendV1Args;
export type DbMessagesAppendData = DbMessagesAppendV1Data;
export type DbMessagesAppendErrorCode = DbMessagesAppendV1ErrorCode;

export type DbMessagesListV1Args = {
  limit?: number;
  sessionId: number;
};

export type DbMessagesListV1Data = {
  messages: EngineMessageRow[];
};

export type DbMessagesListV1ErrorCode = BusErrorCode;

export type DbMessagesListArgs = DbMessagesListV1Args;
export type DbMessagesListData = DbMessagesListV1Data;
export type DbMessagesListErrorCode = DbMessagesListV1ErrorCode;

export type DbMessagesUpsertV1Args = {
  messages: EngineGivenMessage[];
  sessionId: number;
};

export type DbMessagesUpsertV1Data = {
  inserted: number;
};

export type DbMessagesUpsertV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbMessagesUpsertArgs = DbMessagesUpsertV1Args;
export type DbMessagesUpsertData = DbMessagesUpsertV1Data;
export type DbMessagesUpsertErrorCode = DbMessagesUpsertV1ErrorCode;

export type DbProjectFindV1Args = {
  path: string;
};

export type DbProjectFindV1Data = {
  project: EngineProjectRow | null;
};

export type DbProjectFindV1ErrorCode = BusErrorCode;

export type DbProjectFindArgs = DbProjectFindV1Args;
export type DbProjectFindData = DbProjectFindV1Data;
export type DbProjectFindErrorCode = DbProjectFindV1ErrorCode;

export type DbProjectUpsertV1Args = {
  name?: string;
  path: string;
};

export type DbProjectUpsertV1Data = {
  project: EngineProjectRow;
};

export type DbProjectUpsertV1ErrorCode = BusErrorCode;

export type DbProjectUpsertArgs = DbProjectUpsertV1Args;
export type DbProjectUpsertData = DbProjectUpsertV1Data;
export type DbProjectUpsertErrorCode = DbProjectUpsertV1ErrorCode;

export type DbSessionFindV1Args = {
  effortId: number;
};

export type DbSessionFindV1Data = {
  session: EngineSessionRow | null;
};

export type DbSessionFindV1ErrorCode = BusErrorCode;

export type DbSessionFindArgs = DbSessionFindV1Args;
export type DbSessionFindData = DbSessionFindV1Data;
export type DbSessionFindErrorCode = DbSessionFindV1ErrorCode;

export type DbSessionFinishV1Args = {
  dehydrationPayload?: JsonObject;
  sessionId: number;
};

export type DbSessionFinishV1Data = {
  session: EngineSessionRow;
};

export type DbSessionFinishV1ErrorCode = BusErrorCode | "ALREADY_ENDED" | "NOT_FOUND";

export type DbSessionFinishArgs = DbSessionFinishV1Args;
export type DbSessionFinishData = DbSessionFinishV1Data;
export type DbSessionFinishErrorCode = DbSessionFinishV1ErrorCode;

export type DbSessionGetV1Args = {
  id: number;
};

export type DbSessionGetV1Data = {
  session: EngineTranscribedSessionRow | null;
};

export type DbSessionGetV1ErrorCode = BusErrorCode;

export type DbSessionGetArgs = DbSessionGetV1Args;
export type DbSessionGetData = DbSessionGetV1Data;
export type DbSessionGetErrorCode = DbSessionGetV1ErrorCode;

export type DbSessionHeartbeatV1Args = {
  sessionId: number;
};

export type DbSessionHeartbeatV1Data = {
  session: EngineSessionRow;
};

export type DbSessionHeartbeatV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbSessionHeartbeatV2Args = {
  action?: "increment" | "reset";
  sessionId: number;
};

export type DbSessionHeartbeatV2Data = {
  session: EngineSessionRow;
};

export type DbSessionHeartbeatV2ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbSessionHeartbeatArgs = DbSessionHeartbeatV2Args;
export type DbSessionHeartbeatData = DbSessionHeartbeatV2Data;
export type DbSessionHeartbeatErrorCode = DbSessionHeartbeatV2ErrorCode;

export type DbSessionListStaleV1Args = {
  olderThanSeconds?: number;
};

export type DbSessionListStaleV1Data = {
  sessions: EngineSessionRow[];
};

export type DbSessionListStaleV1ErrorCode = BusErrorCode;

export type DbSessionListStaleArgs = DbSessionListStaleV1Args;
export type DbSessionListStaleData = DbSessionListStaleV1Data;
export type DbSessionListStaleErrorCode = DbSessionListStaleV1ErrorCode;

export type DbSessionSetTranscriptV1Args = {
  sessionId: number;
  transcriptOffset?: number;
  transcriptPath?: string;
};

export type DbSessionSetTranscriptV1Data = {
  updated: boolean;
};

export type DbSessionSetTranscriptV1ErrorCode = BusErrorCode;

export type DbSessionSetTranscriptArgs = DbSessionSetTranscriptV1Args;
export type DbSessionSetTranscriptData = DbSessionSetTranscriptV1Data;
export type DbSessionSetTranscriptErrorCode = DbSessionSetTranscriptV1ErrorCode;

export type DbSessionStartV1Args = {
  effortId: number;
  pid?: number;
  prevSessionId?: number;
  taskId: string;
};

export type DbSessionStartV1Data = {
  session: EngineSessionRow;
};

export type DbSessionStartV1ErrorCode = BusErrorCode | "NOT_FOUND" | "TASK_NOT_FOUND";

export type DbSessionStartArgs = DbSessionStartV1Args;
export type DbSessionStartData = DbSessionStartV1Data;
export type DbSessionStartErrorCode = DbSessionStartV1ErrorCode;

export type DbSessionUpdateContextUsageV1Args = {
  sessionId: number;
  usage: number;
};

export type DbSessionUpdateContextUsageV1Data = {
  session: EngineSessionRow;
};

export type DbSessionUpdateContextUsageV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbSessionUpdateContextUsageArgs = DbSessionUpdateContextUsageV1Args;
export type DbSessionUpdateContextUsageData = DbSessionUpdateContextUsageV1Data;
export type DbSessionUpdateContextUsageErrorCode = DbSessionUpdateContextUsageV1ErrorCode;

export type DbSessionUpdateLoadedFilesV1Args = {
  files: string[];
  sessionId: number;
};

export type DbSessionUpdateLoadedFilesV1Data = {
  session: EngineSessionRow;
};

export type DbSessionUpdateLoadedFilesV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbSessionUpdateLoadedFilesArgs = DbSessionUpdateLoadedFilesV1Args;
export type DbSessionUpdateLoadedFilesData = DbSessionUpdateLoadedFilesV1Data;
export type DbSessionUpdateLoadedFilesErrorCode = DbSessionUpdateLoadedFilesV1ErrorCode;

export type DbSkillsDeleteV1Args = {
  name: string;
  projectId: number;
};

export type DbSkillsDeleteV1Data = {
  deleted: boolean;
};

export type DbSkillsDeleteV1ErrorCode = BusErrorCode;

export type DbSkillsDeleteArgs = DbSkillsDeleteV1Args;
export type DbSkillsDeleteData = DbSkillsDeleteV1Data;
export type DbSkillsDeleteErrorCode = DbSkillsDeleteV1ErrorCode;

export type DbSkillsFindV1Args = {
  projectId: number;
  query: string;
};

export type DbSkillsFindV1Data = {
  skills: EngineSkillRow[];
};

export type DbSkillsFindV1ErrorCode = BusErrorCode;

export type DbSkillsFindArgs = DbSkillsFindV1Args;
export type DbSkillsFindData = DbSkillsFindV1Data;
export type DbSkillsFindErrorCode = DbSkillsFindV1ErrorCode;

export type DbSkillsGetV1Args = {
  name: string;
  projectId: number;
};

export type DbSkillsGetV1Data = {
  skill: EngineSkillRow | null;
};

export type DbSkillsGetV1ErrorCode = BusErrorCode;

export type DbSkillsGetArgs = DbSkillsGetV1Args;
export type DbSkillsGetData = DbSkillsGetV1Data;
export type DbSkillsGetErrorCode = DbSkillsGetV1ErrorCode;

export type DbSkillsListV1Args = {
  projectId: number;
};

export type DbSkillsListV1Data = {
  skills: EngineSkillRow[];
};

export type DbSkillsListV1ErrorCode = BusErrorCode;

export type DbSkillsListArgs = DbSkillsListV1Args;
export type DbSkillsListData = DbSkillsListV1Data;
export type DbSkillsListErrorCode = DbSkillsListV1ErrorCode;

export type DbSkillsUpsertV1Args = {
  cmdDependencies?: JsonValue;
  directives?: JsonValue;
  modes?: JsonValue;
  name: string;
  nextSkills?: JsonValue;
  phases?: {
    label: string;
    name: string;
  }[] | null;
  projectId: number;
  templates?: JsonValue;
};

export type DbSkillsUpsertV1Data = {
  skill: EngineSkillRow;
};

export type DbSkillsUpsertV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbSkillsUpsertV2Args = {
  cmdDependencies?: JsonValue;
  description?: string;
  directives?: JsonValue;
  modes?: JsonValue;
  name: string;
  nextSkills?: JsonValue;
  phases?: {
    label: string;
    name: string;
  }[] | null;
  projectId: number;
  templates?: JsonValue;
  version?: string;
};

export type DbSkillsUpsertV2Data = {
  skill: EngineVersionedSkillRow;
};

export type DbSkillsUpsertV2ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbSkillsUpsertArgs = DbSkillsUpsertV2Args;
export type DbSkillsUpsertData = DbSkillsUpsertV2Data;
export type DbSkillsUpsertErrorCode = DbSkillsUpsertV2ErrorCode;

export type DbTaskFindV1Args = {
  dirPath: string;
};

export type DbTaskFindV1Data = {
  task: EngineTaskActivityRow | null;
};

export type DbTaskFindV1ErrorCode = BusErrorCode;

export type DbTaskFindArgs = DbTaskFindV1Args;
export type DbTaskFindData = DbTaskFindV1Data;
export type DbTaskFindErrorCode = DbTaskFindV1ErrorCode;

export type DbTaskListV1Args = {
  limit?: number;
  projectId?: number;
};

export type DbTaskListV1Data = {
  tasks: EngineTaskActivityRow[];
};

export type DbTaskListV1ErrorCode = BusErrorCode;

export type DbTaskListArgs = DbTaskListV1Args;
export type DbTaskListData = DbTaskListV1Data;
export type DbTaskListErrorCode = DbTaskListV1ErrorCode;

export type DbTaskUpsertV1Args = {
  description?: string;
  dirPath: string;
  projectId: number;
  title?: string;
  workspace?: string;
};

export type DbTaskUpsertV1Data = {
  task: EngineTaskRow;
};

export type DbTaskUpsertV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbTaskUpsertV2Args = {
  description?: string;
  dirPath: string;
  keywords?: string;
  projectId: number;
  title?: string;
  workspace?: string;
};

export type DbTaskUpsertV2Data = {
  task: EngineTaskRow;
};

export type DbTaskUpsertV2ErrorCode = BusErrorCode | "NOT_FOUND";

export type DbTaskUpsertArgs = DbTaskUpsertV2Args;
export type DbTaskUpsertData = DbTaskUpsertV2Data;
export type DbTaskUpsertErrorCode = DbTaskUpsertV2ErrorCode;
