"""What operators do at the command line of the machine: for them there is no session, and no way in from outside."""

from bus.contract import INTERNAL, MANY, READ, WRITE, Contract, Schema
from bus.fields import Id, Int64, List, Nested, Text
from contracts.identity.errors import EmailTaken, UsernameTaken
from contracts.identity.fields import Email, Name, Username, new_password
from contracts.identity.rows import SessionView
from contracts.identity.v1.users import User
from contracts.workshop.errors import NotFound


class OperatorCreateAdmin(Contract):
    """Make an account that is an admin's."""

    name, version = "operator_create_admin", 1
    effect, units, access, secret = WRITE, MANY, INTERNAL, True
    errors = (EmailTaken, UsernameTaken)

    class Params(Schema):
        email = Email(required=True)
        password = new_password()
        first_name = Name(required=True)
        last_name = Name(required=True)
        username = Username(load_default=None, allow_none=True)  # left out: made from the names

    Result = User


class OfOne(Schema):
    """Whose account it is about."""

    email = Email(required=True)


class Ended(Schema):
    """Whose sessions have ended."""

    user_id = Id(required=True)
    revoked_sessions = Int64(required=True)


class OperatorResetPassword(Contract):
    """Set another password for somebody who has lost theirs; failures are forgotten, sessions end."""

    name, version = "operator_reset_password", 1
    effect, units, access, secret = WRITE, MANY, INTERNAL, True
    errors = (NotFound,)

    class Params(OfOne):
        new_password = new_password()

    Result = Ended


class OperatorResetSecondFactor(Contract):
    """Remove the second factor of somebody who has lost it; sessions end."""

    name, version = "operator_reset_second_factor", 1
    effect, access = WRITE, INTERNAL
    errors = (NotFound,)

    Params = OfOne
    Result = Ended


class OperatorListSessions(Contract):
    """List somebody's live sessions, the last used first."""

    name, version = "operator_list_sessions", 1
    effect, access = READ, INTERNAL
    errors = (NotFound,)

    Params = OfOne

    class Result(Schema):
        items = List(Nested(SessionView), required=True)
        total_count = Int64(required=True)


class OperatorEndSessions(Contract):
    """End one of somebody's sessions, or all of them."""

    name, version = "operator_end_sessions", 1
    effect, access = WRITE, INTERNAL
    errors = (NotFound,)

    class Params(OfOne):
        session_id = Text(load_default=None, allow_none=True)  # left out: all

    Result = Ended
