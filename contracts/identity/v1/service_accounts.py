"""Service accounts: programs that call commands with a key of their own, in place of a session token."""

from bus.contract import READ, WRITE, Contract, Schema
from bus.fields import Int64, List, Nested, Text, validate
from contracts.identity.errors import ServiceAccountNameTaken
from contracts.identity.fields import Name, reference, role
from contracts.workshop.errors import NotFound
from contracts.workshop.roles import ADMINS

#: Days a key may live, and minutes the key before it may outlive a rotation.
MAX_DAYS, MAX_GRACE_MIN = 3_650, 24 * 60


class ServiceAccount(Schema):
    """A program that may call some commands."""

    id = Text(required=True)
    name = Text(required=True)
    role = Text(required=True)
    scope = List(Text(), required=True)  # names of commands, and "plugin:*" for all of a plugin's
    key_hint = Text(required=True)  # how its key begins
    created_at = Text(required=True)
    created_by = Text(required=True)
    last_used_at = Text(required=True, allow_none=True)  # to the minute
    expires_at = Text(required=True, allow_none=True)
    revoked_at = Text(required=True, allow_none=True)


class WithKey(Schema):
    """A service account with its key, which is shown once."""

    account = Nested(ServiceAccount, required=True)
    key = Text(required=True)


class ServiceAccountCreate(Contract):
    """Make a key for a program; whatever its role, it opens the commands of its scope alone."""

    name, version = "service_account_create", 1
    effect, access, secret = WRITE, ADMINS, True
    errors = (ServiceAccountNameTaken,)

    class Params(Schema):
        name = Name(required=True)
        role = role()
        scope = List(Text(validate=validate.Length(1, 210)), required=True, validate=validate.Length(1, 100))
        expires_in_days = Int64(load_default=None, allow_none=True, validate=validate.Range(1, MAX_DAYS))

    Result = WithKey


class ServiceAccountList(Contract):
    """List all service accounts, the newest first; revoked ones too."""

    name, version = "service_account_list", 1
    effect, access = READ, ADMINS

    class Result(Schema):
        items = List(Nested(ServiceAccount), required=True)
        total_count = Int64(required=True)


class ServiceAccountRotate(Contract):
    """Give a service account another key; the one before it opens nothing, or a little longer."""

    name, version = "service_account_rotate", 1
    effect, access, secret = WRITE, ADMINS, True
    errors = (NotFound,)

    class Params(Schema):
        account_id = reference()
        grace_minutes = Int64(load_default=0, validate=validate.Range(0, MAX_GRACE_MIN))

    Result = WithKey


class ServiceAccountRevoke(Contract):
    """End a service account for good; its keys open nothing from now on."""

    name, version = "service_account_revoke", 1
    effect, access = WRITE, ADMINS
    errors = (NotFound,)

    class Params(Schema):
        account_id = reference()

    Result = ServiceAccount
