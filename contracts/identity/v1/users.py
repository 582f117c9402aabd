"""The accounts: who sees them, who changes them, and what ends their sessions at once."""

from bus.contract import AUTHENTICATED, MANY, PUBLIC, READ, WRITE, Contract, Schema
from bus.fields import Boolean, Flag, Id, Int64, List, Nested, Text, validate
from contracts.identity.errors import (
    AdminExists,
    AuthInvalid,
    AuthLocked,
    EmailTaken,
    LastAdmin,
    NoSession,
    SelfActionForbidden,
    UserAlreadyBanned,
    UsernameTaken,
    UserNotBanned,
)
from contracts.identity.fields import Email, Name, Phone, Username, new_password, reference, role
from contracts.identity.rows import User
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import ADMIN, ADMINS, STAFF


class OneUser(Schema):
    """Which account."""

    user_id = reference()


class CreateUser(Contract):
    """Make an account for somebody; no session is opened."""

    name, version = "create_user", 1
    effect, units, access, secret = WRITE, MANY, ADMINS, True
    errors = (EmailTaken, UsernameTaken)

    class Params(Schema):
        email = Email(required=True)
        password = new_password()
        first_name = Name(required=True)
        last_name = Name(required=True)
        role = role()
        username = Username(load_default=None, allow_none=True)  # left out: made from the names
        phone = Phone(load_default=None, allow_none=True)

    Result = User


class GetUsers(Contract):
    """Read a page of the accounts, the newest first."""

    name, version = "get_users", 1
    effect, access = READ, STAFF

    class Params(Schema):
        page = Int64(load_default=1, allow_none=True)  # below 1: the first
        page_size = Int64(load_default=50, allow_none=True)  # 1 to 200; what lies outside is moved to the nearer end
        search = Text(load_default=None, allow_none=True, validate=validate.Length(max=100))  # part of a name or email
        role = role(required=False)
        is_active = Flag(load_default=None, allow_none=True)

    class Result(Schema):
        items = List(Nested(User), required=True)
        total_count = Int64(required=True)  # of all pages
        page = Int64(required=True)
        page_size = Int64(required=True)


class GetUser(Contract):
    """Read one account: the own one, or, as an admin or supervisor, anybody's."""

    name, version = "get_user", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    Params = OneUser
    Result = User


class UpdateUser(Contract):
    """Change what an account says about its owner; never what they may do."""

    name, version = "update_user", 1
    effect, units, access, secret = WRITE, MANY, AUTHENTICATED, True
    errors = (NotFound, AuthLocked, AuthInvalid, EmailTaken, NoSession)

    class Params(Schema):
        user_id = reference()
        email = Email(allow_none=True)
        first_name = Name(allow_none=True)
        last_name = Name(allow_none=True)
        phone = Phone(allow_none=True)  # null clears it
        current_password = Text(allow_none=True, validate=validate.Length(min=1, max=128))  # to change the own email

    Result = User


class ChangeUserRole(Contract):
    """Give an account another role; its sessions end."""

    name, version = "change_user_role", 1
    effect, access = WRITE, ADMINS
    errors = (SelfActionForbidden, NotFound, LastAdmin)

    class Params(Schema):
        user_id = reference()
        new_role = role()

    class Result(Schema):
        user_id = Id(required=True)
        old_role = Text(required=True)
        new_role = Text(required=True)
        revoked_sessions = Int64(required=True)


class BanAnswer(Schema):
    """Whether the account may be used."""

    user_id = Id(required=True)
    is_active = Boolean(required=True)
    revoked_sessions = Int64(required=True)


class BanUser(Contract):
    """Shut an account; its sessions end."""

    name, version = "ban_user", 1
    effect, access = WRITE, ADMINS
    errors = (SelfActionForbidden, NotFound, UserAlreadyBanned, LastAdmin)

    Params = OneUser
    Result = BanAnswer


class UnbanUser(Contract):
    """Open a shut account; it has no sessions."""

    name, version = "unban_user", 1
    effect, access = WRITE, ADMINS
    errors = (NotFound, UserNotBanned)

    Params = OneUser
    Result = BanAnswer


class DeleteUser(Contract):
    """Delete an account; its sessions end, its email and username stay taken."""

    name, version = "delete_user", 1
    effect, access = WRITE, ADMINS
    errors = (SelfActionForbidden, NotFound, LastAdmin)

    Params = OneUser

    class Result(Schema):
        user_id = Id(required=True)
        deleted = Boolean(required=True)
        revoked_sessions = Int64(required=True)


class ResetUserPassword(Contract):
    """Set somebody's password; their sessions end and their failures are forgotten."""

    name, version = "reset_user_password", 1
    effect, units, access, secret = WRITE, MANY, ADMINS, True
    errors = (SelfActionForbidden, NotFound)

    class Params(Schema):
        user_id = reference()
        new_password = new_password()

    class Result(Schema):
        changed = Boolean(required=True)
        revoked_sessions = Int64(required=True)


class HasAdmins(Contract):
    """Tell whether anybody is an active admin."""

    name, version = "has_admins", 1
    effect, access = READ, PUBLIC

    class Result(Schema):
        has_admins = Boolean(required=True)


class BootstrapFirstAdmin(Contract):
    """Become an admin where there is none, as after an import."""

    name, version = "bootstrap_first_admin", 1
    effect = WRITE
    errors = (AdminExists,)

    Params = OneUser

    class Result(Schema):
        user_id = Id(required=True)
        role = Text(required=True, validate=validate.Equal(ADMIN))
        message = Text(required=True)
