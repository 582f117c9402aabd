// generated, do not edit (bus types sync, sha256 of manifest.json: ee89e58f11c0e6583844a8986fb312be33cc414b42b0de18b9fcb8bce9d3daed)
import type { BusErrorCode } from "../codes.js";
import type { JsonObject } from "../wire.js";

export type IdentityDeviceInfo = {
  browser?: string | null;
  device_name?: string | null;
  device_type: "desktop" | "mobile" | "tablet";
  os: string;
};

export type IdentityListedSession = {
  created_at: string;
  device_info: IdentityDeviceInfo | null;
  email: string;
  expires_at: string;
  id: string;
  ip_address: string | null;
  is_current: boolean;
  last_activity: string;
  location: string | null;
  refresh_expires_at: string;
  role: "admin" | "supervisor" | "technician" | "viewer";
  session_timeout_minutes: number;
  two_factor_verified: boolean;
  user_agent: string | null;
  user_id: string;
  username: string;
};

export type IdentitySecurityAlert = {
  acknowledged: boolean;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  actions_taken: string[];
  description: string;
  event_id: string;
  id: string;
  resolved: boolean;
  resolved_at: string | null;
  severity: "low" | "medium" | "high" | "critical";
  timestamp: string;
  title: string;
};

export type IdentitySecurityEvent = {
  correlation_id: string;
  details: JsonObject;
  event_type: string;
  id: string;
  ip_address: string | null;
  mitigated: boolean;
  session_id: string | null;
  severity: "low" | "medium" | "high" | "critical";
  source: string;
  target_user_id: string | null;
  timestamp: string;
  user_agent: string | null;
  user_id: string | null;
};

export type IdentityServiceAccount = {
  created_at: string;
  created_by: string;
  expires_at: string | null;
  id: string;
  key_hint: string;
  last_used_at: string | null;
  name: string;
  revoked_at: string | null;
  role: string;
  scope: string[];
};

export type IdentityUser = {
  created_at: string;
  email: string;
  first_name: string;
  full_name: string;
  id: string;
  is_active: boolean;
  last_login_at: string | null;
  last_name: string;
  login_count: number;
  phone: string | null;
  role: "admin" | "supervisor" | "technician" | "viewer";
  two_factor_enabled: boolean;
  updated_at: string;
  username: string;
};

export type AcknowledgeSecurityAlertV1Args = {
  alert_id: string;
};

export type AcknowledgeSecurityAlertV1Data = {
  acknowledged: boolean;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  actions_taken: string[];
  description: string;
  event_id: string;
  id: string;
  resolved: boolean;
  resolved_at: string | null;
  severity: "low" | "medium" | "high" | "critical";
  timestamp: string;
  title: string;
};

export type AcknowledgeSecurityAlertV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type AcknowledgeSecurityAlertArgs = AcknowledgeSecurityAlertV1Args;
export type AcknowledgeSecurityAlertData = AcknowledgeSecurityAlertV1Data;
export type AcknowledgeSecurityAlertErrorCode = AcknowledgeSecurityAlertV1ErrorCode;

export type AuthCreateAccountV1Args = {
  email: string;
  first_name: string;
  last_name: string;
  password: string;
  role?: "admin" | "supervisor" | "technician" | "viewer" | null;
  username?: string | null;
};

export type AuthCreateAccountV1Data = {
  created_at: string;
  device_info: IdentityDeviceInfo | null;
  email: string;
  expires_at: string;
  id: string;
  ip_address: string | null;
  last_activity: string;
  location: string | null;
  refresh_expires_at: string;
  refresh_token: string;
  role: "admin" | "supervisor" | "technician" | "viewer";
  session_timeout_minutes: number;
  token: string;
  two_factor_verified: boolean;
  user_agent: string | null;
  user_id: string;
  username: string;
};

export type AuthCreateAccountV1ErrorCode = BusErrorCode | "EMAIL_TAKEN" | "SIGNUP_CLOSED" | "USERNAME_TAKEN";

export type AuthCreateAccountArgs = AuthCreateAccountV1Args;
export type AuthCreateAccountData = AuthCreateAccountV1Data;
export type AuthCreateAccountErrorCode = AuthCreateAccountV1ErrorCode;

export type AuthLoginV1Args = {
  code?: string | null;
  device_info?: IdentityDeviceInfo | null;
  email: string;
  password: string;
};

export type AuthLoginV1Data = {
  created_at: string;
  device_info: IdentityDeviceInfo | null;
  email: string;
  expires_at: string;
  id: string;
  ip_address: string | null;
  last_activity: string;
  location: string | null;
  refresh_expires_at: string;
  refresh_token: string;
  role: "admin" | "supervisor" | "technician" | "viewer";
  session_timeout_minutes: number;
  token: string;
  two_factor_verified: boolean;
  user_agent: string | null;
  user_id: string;
  username: string;
};

export type AuthLoginV1ErrorCode = BusErrorCode | "AUTH_INVALID" | "AUTH_LOCKED" | "TWO_FACTOR_INVALID" | "TWO_FACTOR_REQUIRED";

export type AuthLoginArgs = AuthLoginV1Args;
export type AuthLoginData = AuthLoginV1Data;
export type AuthLoginErrorCode = AuthLoginV1ErrorCode;

export type AuthLogoutV1Args = Record<string, never>;

export type AuthLogoutV1Data = {
  logged_out: boolean;
  message: string;
};

export type AuthLogoutV1ErrorCode = BusErrorCode | "UNAUTHENTICATED";

export type AuthLogoutArgs = AuthLogoutV1Args;
export type AuthLogoutData = AuthLogoutV1Data;
export type AuthLogoutErrorCode = AuthLogoutV1ErrorCode;

export type AuthRefreshTokenV1Args = {
  refresh_token: string;
};

export type AuthRefreshTokenV1Data = {
  created_at: string;
  device_info: IdentityDeviceInfo | null;
  email: string;
  expires_at: string;
  id: string;
  ip_address: string | null;
  last_activity: string;
  location: string | null;
  refresh_expires_at: string;
  refresh_token: string;
  role: "admin" | "supervisor" | "technician" | "viewer";
  session_timeout_minutes: number;
  token: string;
  two_factor_verified: boolean;
  user_agent: string | null;
  user_id: string;
  username: string;
};

export type AuthRefreshTokenV1ErrorCode = BusErrorCode | "AUTH_INVALID";

export type AuthRefreshTokenArgs = AuthRefreshTokenV1Args;
export type AuthRefreshTokenData = AuthRefreshTokenV1Data;
export type AuthRefreshTokenErrorCode = AuthRefreshTokenV1ErrorCode;

export type AuthValidateSessionV1Args = Record<string, never>;

export type AuthValidateSessionV1Data = {
  created_at: string;
  device_info: IdentityDeviceInfo | null;
  email: string;
  expires_at: string;
  id: string;
  ip_address: string | null;
  last_activity: string;
  location: string | null;
  refresh_expires_at: string;
  role: "admin" | "supervisor" | "technician" | "viewer";
  session_timeout_minutes: number;
  two_factor_verified: boolean;
  user_agent: string | null;
  user_id: string;
  username: string;
};

export type AuthValidateSessionV1ErrorCode = BusErrorCode | "UNAUTHENTICATED";

export type AuthValidateSessionArgs = AuthValidateSessionV1Args;
export type AuthValidateSessionData = AuthValidateSessionV1Data;
export type AuthValidateSessionErrorCode = AuthValidateSessionV1ErrorCode;

export type BanUserV1Args = {
  user_id: string;
};

export type BanUserV1Data = {
  is_active: boolean;
  revoked_sessions: number;
  user_id: string;
};

export type BanUserV1ErrorCode = BusErrorCode | "LAST_ADMIN" | "NOT_FOUND" | "SELF_ACTION_FORBIDDEN" | "USER_ALREADY_BANNED";

export type BanUserArgs = BanUserV1Args;
export type BanUserData = BanUserV1Data;
export type BanUserErrorCode = BanUserV1ErrorCode;

export type BootstrapFirstAdminV1Args = {
  user_id: string;
};

export type BootstrapFirstAdminV1Data = {
  message: string;
  role: "admin";
  user_id: string;
};

export type BootstrapFirstAdminV1ErrorCode = BusErrorCode | "ADMIN_EXISTS";

export type BootstrapFirstAdminArgs = BootstrapFirstAdminV1Args;
export type BootstrapFirstAdminData = BootstrapFirstAdminV1Data;
export type BootstrapFirstAdminErrorCode = BootstrapFirstAdminV1ErrorCode;

export type ChangeUserPasswordV1Args = {
  current_password: string;
  new_password: string;
};

export type ChangeUserPasswordV1Data = {
  changed: boolean;
  revoked_sessions: number;
};

export type ChangeUserPasswordV1ErrorCode = BusErrorCode | "AUTH_INVALID" | "AUTH_LOCKED" | "UNAUTHENTICATED";

export type ChangeUserPasswordArgs = ChangeUserPasswordV1Args;
export type ChangeUserPasswordData = ChangeUserPasswordV1Data;
export type ChangeUserPasswordErrorCode = ChangeUserPasswordV1ErrorCode;

export type ChangeUserRoleV1Args = {
  new_role: "admin" | "supervisor" | "technician" | "viewer";
  user_id: string;
};

export type ChangeUserRoleV1Data = {
  new_role: string;
  old_role: string;
  revoked_sessions: number;
  user_id: string;
};

export type ChangeUserRoleV1ErrorCode = BusErrorCode | "LAST_ADMIN" | "NOT_FOUND" | "SELF_ACTION_FORBIDDEN";

export type ChangeUserRoleArgs = ChangeUserRoleV1Args;
export type ChangeUserRoleData = ChangeUserRoleV1Data;
export type ChangeUserRoleErrorCode = ChangeUserRoleV1ErrorCode;

export type CreateUserV1Args = {
  email: string;
  first_name: string;
  last_name: string;
  password: string;
  phone?: string | null;
  role: "admin" | "supervisor" | "technician" | "viewer";
  username?: string | null;
};

export type CreateUserV1Data = {
  created_at: string;
  email: string;
  first_name: string;
  full_name: string;
  id: string;
  is_active: boolean;
  last_login_at: string | null;
  last_name: string;
  login_count: number;
  phone: string | null;
  role: "admin" | "supervisor" | "technician" | "viewer";
  two_factor_enabled: boolean;
  updated_at: string;
  username: string;
};

export type CreateUserV1ErrorCode = BusErrorCode | "EMAIL_TAKEN" | "USERNAME_TAKEN";

export type CreateUserArgs = CreateUserV1Args;
export type CreateUserData = CreateUserV1Data;
export type CreateUserErrorCode = CreateUserV1ErrorCode;

export type DeleteUserV1Args = {
  user_id: string;
};

export type DeleteUserV1Data = {
  deleted: boolean;
  revoked_sessions: number;
  user_id: string;
};

export type DeleteUserV1ErrorCode = BusErrorCode | "LAST_ADMIN" | "NOT_FOUND" | "SELF_ACTION_FORBIDDEN";

export type DeleteUserArgs = DeleteUserV1Args;
export type DeleteUserData = DeleteUserV1Data;
export type DeleteUserErrorCode = DeleteUserV1ErrorCode;

export type Disable2faV1Args = {
  password: string;
};

export type Disable2faV1Data = {
  enabled: boolean;
  message: string;
};

export type Disable2faV1ErrorCode = BusErrorCode | "AUTH_INVALID" | "AUTH_LOCKED" | "TWO_FACTOR_NOT_ENABLED" | "UNAUTHENTICATED";

export type Disable2faArgs = Disable2faV1Args;
export type Disable2faData = Disable2faV1Data;
export type Disable2faErrorCode = Disable2faV1ErrorCode;

export type Enable2faV1Args = Record<string, never>;

export type Enable2faV1Data = {
  backup_codes: string[];
  qr_code_svg: string;
  qr_code_url: string;
  secret: string;
};

export type Enable2faV1ErrorCode = BusErrorCode | "TWO_FACTOR_ALREADY_ENABLED" | "UNAUTHENTICATED";

export type Enable2faArgs = Enable2faV1Args;
export type Enable2faData = Enable2faV1Data;
export type Enable2faErrorCode = Enable2faV1ErrorCode;

export type GetActiveSessionsV1Args = {
  user_id?: string | null;
};

export type GetActiveSessionsV1Data = {
  items: IdentityListedSession[];
  total_count: number;
};

export type GetActiveSessionsV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type GetActiveSessionsArgs = GetActiveSessionsV1Args;
export type GetActiveSessionsData = GetActiveSessionsV1Data;
export type GetActiveSessionsErrorCode = GetActiveSessionsV1ErrorCode;

export type GetSecurityAlertsV1Args = Record<string, never>;

export type GetSecurityAlertsV1Data = {
  items: IdentitySecurityAlert[];
  total_count: number;
};

export type GetSecurityAlertsV1ErrorCode = BusErrorCode;

export type GetSecurityAlertsArgs = GetSecurityAlertsV1Args;
export type GetSecurityAlertsData = GetSecurityAlertsV1Data;
export type GetSecurityAlertsErrorCode = GetSecurityAlertsV1ErrorCode;

export type GetSecurityEventsV1Args = {
  event_correlation_id?: string | null;
  event_type?: string | null;
  limit?: number | null;
  offset?: number | null;
  severity?: string | null;
  user_id?: string | null;
};

export type GetSecurityEventsV1Data = {
  items: IdentitySecurityEvent[];
  total_count: number;
};

export type GetSecurityEventsV1ErrorCode = BusErrorCode;

export type GetSecurityEventsArgs = GetSecurityEventsV1Args;
export type GetSecurityEventsData = GetSecurityEventsV1Data;
export type GetSecurityEventsErrorCode = GetSecurityEventsV1ErrorCode;

export type GetSecurityMetricsV1Args = Record<string, never>;

export type GetSecurityMetricsV1Data = {
  active_brute_force_attempts: number;
  blocked_ips: number;
  critical_alerts_today: number;
  failed_auth_attempts_last_hour: number;
  suspicious_activities_detected: number;
  total_events_today: number;
};

export type GetSecurityMetricsV1ErrorCode = BusErrorCode;

export type GetSecurityMetricsArgs = GetSecurityMetricsV1Args;
export type GetSecurityMetricsData = GetSecurityMetricsV1Data;
export type GetSecurityMetricsErrorCode = GetSecurityMetricsV1ErrorCode;

export type GetSessionTimeoutConfigV1Args = Record<string, never>;

export type GetSessionTimeoutConfigV1Data = {
  default_timeout_minutes: number;
  enforce_timeout: boolean;
  max_timeout_minutes: number;
};

export type GetSessionTimeoutConfigV1ErrorCode = BusErrorCode;

export type GetSessionTimeoutConfigArgs = GetSessionTimeoutConfigV1Args;
export type GetSessionTimeoutConfigData = GetSessionTimeoutConfigV1Data;
export type GetSessionTimeoutConfigErrorCode = GetSessionTimeoutConfigV1ErrorCode;

export type GetUserV1Args = {
  user_id: string;
};

export type GetUserV1Data = {
  created_at: string;
  email: string;
  first_name: string;
  full_name: string;
  id: string;
  is_active: boolean;
  last_login_at: string | null;
  last_name: string;
  login_count: number;
  phone: string | null;
  role: "admin" | "supervisor" | "technician" | "viewer";
  two_factor_enabled: boolean;
  updated_at: string;
  username: string;
};

export type GetUserV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type GetUserArgs = GetUserV1Args;
export type GetUserData = GetUserV1Data;
export type GetUserErrorCode = GetUserV1ErrorCode;

export type GetUsersV1Args = {
  is_active?: boolean | null;
  page?: number | null;
  page_size?: number | null;
  role?: "admin" | "supervisor" | "technician" | "viewer" | null;
  search?: string | null;
};

export type GetUsersV1Data = {
  items: IdentityUser[];
  page: number;
  page_size: number;
  total_count: number;
};

export type GetUsersV1ErrorCode = BusErrorCode;

export type GetUsersArgs = GetUsersV1Args;
export type GetUsersData = GetUsersV1Data;
export type GetUsersErrorCode = GetUsersV1ErrorCode;

export type HasAdminsV1Args = Record<string, never>;

export type HasAdminsV1Data = {
  has_admins: boolean;
};

export type HasAdminsV1ErrorCode = BusErrorCode;

export type HasAdminsArgs = HasAdminsV1Args;
export type HasAdminsData = HasAdminsV1Data;
export type HasAdminsErrorCode = HasAdminsV1ErrorCode;

export type Is2faEnabledV1Args = Record<string, never>;

export type Is2faEnabledV1Data = {
  backup_codes_remaining: number;
  enabled: boolean;
  pending: boolean;
};

export type Is2faEnabledV1ErrorCode = BusErrorCode;

export type Is2faEnabledArgs = Is2faEnabledV1Args;
export type Is2faEnabledData = Is2faEnabledV1Data;
export type Is2faEnabledErrorCode = Is2faEnabledV1ErrorCode;

export type RegenerateBackupCodesV1Args = {
  password: string;
};

export type RegenerateBackupCodesV1Data = {
  backup_codes: string[];
};

export type RegenerateBackupCodesV1ErrorCode = BusErrorCode | "AUTH_INVALID" | "AUTH_LOCKED" | "TWO_FACTOR_NOT_ENABLED" | "UNAUTHENTICATED";

export type RegenerateBackupCodesArgs = RegenerateBackupCodesV1Args;
export type RegenerateBackupCodesData = RegenerateBackupCodesV1Data;
export type RegenerateBackupCodesErrorCode = RegenerateBackupCodesV1ErrorCode;

export type ResetUserPasswordV1Args = {
  new_password: string;
  user_id: string;
};

export type ResetUserPasswordV1Data = {
  changed: boolean;
  revoked_sessions: number;
};

export type ResetUserPasswordV1ErrorCode = BusErrorCode | "NOT_FOUND" | "SELF_ACTION_FORBIDDEN";

export type ResetUserPasswordArgs = ResetUserPasswordV1Args;
export type ResetUserPasswordData = ResetUserPasswordV1Data;
export type ResetUserPasswordErrorCode = ResetUserPasswordV1ErrorCode;

export type ResolveSecurityAlertV1Args = {
  actions_taken: string[];
  alert_id: string;
};

export type ResolveSecurityAlertV1Data = {
  acknowledged: boolean;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  actions_taken: string[];
  description: string;
  event_id: string;
  id: string;
  resolved: boolean;
  resolved_at: string | null;
  severity: "low" | "medium" | "high" | "critical";
  timestamp: string;
  title: string;
};

export type ResolveSecurityAlertV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type ResolveSecurityAlertArgs = ResolveSecurityAlertV1Args;
export type ResolveSecurityAlertData = ResolveSecurityAlertV1Data;
export type ResolveSecurityAlertErrorCode = ResolveSecurityAlertV1ErrorCode;

export type RevokeAllSessionsExceptCurrentV1Args = Record<string, never>;

export type RevokeAllSessionsExceptCurrentV1Data = {
  revoked_count: number;
};

export type RevokeAllSessionsExceptCurrentV1ErrorCode = BusErrorCode | "UNAUTHENTICATED";

export type RevokeAllSessionsExceptCurrentArgs = RevokeAllSessionsExceptCurrentV1Args;
export type RevokeAllSessionsExceptCurrentData = RevokeAllSessionsExceptCurrentV1Data;
export type RevokeAllSessionsExceptCurrentErrorCode = RevokeAllSessionsExceptCurrentV1ErrorCode;

export type RevokeSessionV1Args = {
  session_id: string;
};

export type RevokeSessionV1Data = {
  revoked: boolean;
  session_id: string;
};

export type RevokeSessionV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type RevokeSessionArgs = RevokeSessionV1Args;
export type RevokeSessionData = RevokeSessionV1Data;
export type RevokeSessionErrorCode = RevokeSessionV1ErrorCode;

export type ServiceAccountCreateV1Args = {
  expires_in_days?: number | null;
  name: string;
  role: "admin" | "supervisor" | "technician" | "viewer";
  scope: string[];
};

export type ServiceAccountCreateV1Data = {
  account: IdentityServiceAccount;
  key: string;
};

export type ServiceAccountCreateV1ErrorCode = BusErrorCode | "SERVICE_ACCOUNT_NAME_TAKEN";

export type ServiceAccountCreateArgs = ServiceAccountCreateV1Args;
export type ServiceAccountCreateData = ServiceAccountCreateV1Data;
export type ServiceAccountCreateErrorCode = ServiceAccountCreateV1ErrorCode;

export type ServiceAccountListV1Args = Record<string, never>;

export type ServiceAccountListV1Data = {
  items: IdentityServiceAccount[];
  total_count: number;
};

export type ServiceAccountListV1ErrorCode = BusErrorCode;

export type ServiceAccountListArgs = ServiceAccountListV1Args;
export type ServiceAccountListData = ServiceAccountListV1Data;
export type ServiceAccountListErrorCode = ServiceAccountListV1ErrorCode;

export type ServiceAccountRevokeV1Args = {
  account_id: string;
};

export type ServiceAccountRevokeV1Data = {
  created_at: string;
  created_by: string;
  expires_at: string | null;
  id: string;
  key_hint: string;
  last_used_at: string | null;
  name: string;
  revoked_at: string | null;
  role: string;
  scope: string[];
};

export type ServiceAccountRevokeV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type ServiceAccountRevokeArgs = ServiceAccountRevokeV1Args;
export type ServiceAccountRevokeData = ServiceAccountRevokeV1Data;
export type ServiceAccountRevokeErrorCode = ServiceAccountRevokeV1ErrorCode;

export type ServiceAccountRotateV1Args = {
  account_id: string;
  grace_minutes?: number;
};

export type ServiceAccountRotateV1Data = {
  account: IdentityServiceAccount;
  key: string;
};

export type ServiceAccountRotateV1ErrorCode = BusErrorCode | "NOT_FOUND";

export type ServiceAccountRotateArgs = ServiceAccountRotateV1Args;
export type ServiceAccountRotateData = ServiceAccountRotateV1Data;
export type ServiceAccountRotateErrorCode = ServiceAccountRotateV1ErrorCode;

export type UnbanUserV1Args = {
  user_id: string;
};

export type UnbanUserV1Data = {
  is_active: boolean;
  revoked_sessions: number;
  user_id: string;
};

export type UnbanUserV1ErrorCode = BusErrorCode | "NOT_FOUND" | "USER_NOT_BANNED";

export type UnbanUserArgs = UnbanUserV1Args;
export type UnbanUserData = UnbanUserV1Data;
export type UnbanUserErrorCode = UnbanUserV1ErrorCode;

export type UpdateSessionTimeoutV1Args = {
  timeout_minutes: number;
};

export type UpdateSessionTimeoutV1Data = {
  timeout_minutes: number;
};

export type UpdateSessionTimeoutV1ErrorCode = BusErrorCode;

export type UpdateSessionTimeoutArgs = UpdateSessionTimeoutV1Args;
export type UpdateSessionTimeoutData = UpdateSessionTimeoutV1Data;
export type UpdateSessionTimeoutErrorCode = UpdateSessionTimeoutV1ErrorCode;

export type UpdateUserV1Args = {
  current_password?: string | null;
  email?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  phone?: string | null;
  user_id: string;
};

export type UpdateUserV1Data = {
  created_at: string;
  email: string;
  first_name: string;
  full_name: string;
  id: string;
  is_active: boolean;
  last_login_at: string | null;
  last_name: string;
  login_count: number;
  phone: string | null;
  role: "admin" | "supervisor" | "technician" | "viewer";
  two_factor_enabled: boolean;
  updated_at: string;
  username: string;
};

export type UpdateUserV1ErrorCode = BusErrorCode | "AUTH_INVALID" | "AUTH_LOCKED" | "EMAIL_TAKEN" | "NOT_FOUND" | "UNAUTHENTICATED";

export type UpdateUserArgs = UpdateUserV1Args;
export type UpdateUserData = UpdateUserV1Data;
export type UpdateUserErrorCode = UpdateUserV1ErrorCode;

export type Verify2faCodeV1Args = {
  code: string;
};

export type Verify2faCodeV1Data = {
  valid: boolean;
};

export type Verify2faCodeV1ErrorCode = BusErrorCode | "AUTH_LOCKED" | "UNAUTHENTICATED";

export type Verify2faCodeArgs = Verify2faCodeV1Args;
export type Verify2faCodeData = Verify2faCodeV1Data;
export type Verify2faCodeErrorCode = Verify2faCodeV1ErrorCode;

export type Verify2faSetupV1Args = {
  code: string;
};

export type Verify2faSetupV1Data = {
  enabled: boolean;
  message: string;
  revoked_sessions: number;
};

export type Verify2faSetupV1ErrorCode = BusErrorCode | "TWO_FACTOR_ALREADY_ENABLED" | "TWO_FACTOR_INVALID" | "TWO_FACTOR_SETUP_NOT_STARTED" | "UNAUTHENTICATED";

export type Verify2faSetupArgs = Verify2faSetupV1Args;
export type Verify2faSetupData = Verify2faSetupV1Data;
export type Verify2faSetupErrorCode = Verify2faSetupV1ErrorCode;
