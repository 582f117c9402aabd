"""What the domain's public contracts share: one limit of calls, counted over all of them together."""

from bus.contract import AUTHENTICATED, READ, WRITE, CallLimit, Contract, roles
from contracts.workshop.roles import ADMIN, SUPERVISOR, TECHNICIAN


class CalendarRead(Contract):
    """A command that everybody with a session may call."""

    effect, access = READ, AUTHENTICATED
    limit = CallLimit("calendar", count=200, per_ms=60_000)


class CalendarWrite(CalendarRead):
    """A command that viewers may not call."""

    effect, access = WRITE, roles(ADMIN, SUPERVISOR, TECHNICIAN)
