"""What other domains and schedules ask of this one."""

from bus.contract import INTERNAL, MANY, READ, WRITE, Contract, QueuePolicy, Schema
from bus.fields import Boolean, Int64, List, Nested, Text, validate
from contracts.workshop.roles import ROLES


class UserName(Schema):
    """What other domains may know of a user."""

    id = Text(required=True)
    username = Text(required=True)
    full_name = Text(required=True)
    role = Text(required=True)
    is_active = Boolean(required=True)  # false: banned


class UserNames(Contract):
    """Name the users of these ids; those that nobody has, or who are deleted, are left out."""

    name, version = "user_names", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        user_ids = List(Text(), required=True, validate=validate.Length(max=1_000))

    class Result(Schema):
        items = List(Nested(UserName), required=True)


class UserIdsOfRoles(Contract):
    """Read who has one of these roles; banned and deleted users are left out."""

    name, version = "user_ids_of_roles", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        roles = List(Text(validate=validate.OneOf(ROLES)), required=True)

    class Result(Schema):
        user_ids = List(Text(), required=True)  # in order


class SecurityEventsForget(Contract):
    """Delete security events, resolved alerts and ended sessions that are older than the settings say."""

    name, version = "security_events_forget", 1
    effect, units, access = WRITE, MANY, INTERNAL
    queue = QueuePolicy(unique="security_events_forget")

    class Result(Schema):
        deleted_count = Int64(required=True)  # events
