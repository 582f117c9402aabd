"""Contracts of the commands that look after schedules. Times are epoch milliseconds."""

from bus import fields
from bus.builtins.contracts import CommandNotFound
from bus.contract import OPERATORS, READ, WRITE, Contract, Schema
from bus.errors import Refusal
from bus.requests import MAX_INT32
from bus.schedules.declared import MISSED, NAME, ONCE
from bus.schedules.faults import InvalidCron, InvalidScheduleArgs, UnknownZone

#: Ticks that ``schedule_next`` tells at most.
MOST_TICKS = 1_000


class ScheduleNotFound(Refusal):
    """No schedule has this name. Callers look into ``schedule_list``."""

    code = "schedule_not_found"
    message = "no schedule has the name {name}"


class ScheduleExists(Refusal):
    """A schedule has this name already. Callers take another name, or remove that one first."""

    code = "schedule_exists"
    message = "the name {name} is taken by a schedule of origin {origin}; take another one, or remove that one first"


class ScheduleDeclared(Refusal):
    """A loaded plugin declares the schedule: removed, it would come back. Callers pause it."""

    code = "schedule_declared"
    message = "{name} is declared by the plugin {plugin} and would come back when a scheduler starts; pause it instead"


class ScheduleForbidden(Refusal):
    """Scheduled commands run as a local caller; nobody gets around the roles of a command that way."""

    code = "schedule_forbidden"
    message = "{command} needs one of the roles {roles}"


class ScheduleItem(Schema):
    """One schedule."""

    name = fields.Text(required=True)
    # ``operator``, or ``plugin:NAME`` of the plugin that declares it.
    origin = fields.Text(required=True)
    command = fields.Text(required=True)
    version = fields.Int64(required=True)
    args = fields.Object(required=True)
    cron = fields.Text(required=True)
    zone = fields.Text(required=True)
    missed = fields.Text(required=True, validate=fields.validate.OneOf(MISSED))
    priority = fields.Int64(required=True, allow_none=True)
    is_paused = fields.Boolean(required=True)
    # Why a process with these plugins does not fire it; null: nothing is in the way.
    obstacle = fields.Text(required=True, allow_none=True)
    # Null while it is paused; in the past as long as nobody has seen to it.
    next_at = fields.EpochMillis(required=True, allow_none=True)
    # The last tick that was fired, and its job.
    last_at = fields.EpochMillis(required=True, allow_none=True)
    last_job = fields.Id(required=True, allow_none=True)
    principal = fields.Text(required=True)
    created_at = fields.EpochMillis(required=True)
    changed_at = fields.EpochMillis(required=True)


class OneSchedule(Schema):
    """What was done, as it is now."""

    schedule = fields.Nested(ScheduleItem, required=True)


class Named(Schema):
    """Which schedule."""

    name = fields.Key(required=True)


class ScheduleList(Contract):
    """List the schedules by name."""

    name, version = "schedule_list", 1
    effect, access = READ, OPERATORS

    class Result(Schema):
        items = fields.List(fields.Nested(ScheduleItem), required=True)
        total_count = fields.Int64(required=True)


class ScheduleAdd(Contract):
    """Queue a command whenever a cron expression is due; its jobs run as a local caller."""

    name, version = "schedule_add", 1
    effect, access = WRITE, OPERATORS
    errors = (ScheduleExists, CommandNotFound, ScheduleForbidden, InvalidCron, UnknownZone, InvalidScheduleArgs)

    class Params(Schema):
        name = fields.Text(
            required=True,
            validate=fields.validate.Regexp(
                NAME, error="must be up to 100 letters, digits and _ - . after a letter or a digit"
            ),
        )
        command = fields.Key(required=True)
        # Of the command; the newest when left out, and then that one for good.
        version = fields.Int64()
        args = fields.Object(load_default=dict)
        cron = fields.Key(required=True)
        zone = fields.Key(load_default="UTC")
        missed = fields.Text(load_default=ONCE, validate=fields.validate.OneOf(MISSED))
        priority = fields.Int64(validate=fields.validate.Range(-MAX_INT32, MAX_INT32))

    class Result(OneSchedule):
        pass


class SchedulePause(Contract):
    """Let a schedule rest; ticks that pass meanwhile are not made up for."""

    name, version = "schedule_pause", 1
    effect, access = WRITE, OPERATORS
    errors = (ScheduleNotFound,)

    class Params(Named):
        pass

    class Result(OneSchedule):
        pass


class ScheduleResume(Contract):
    """Let a paused schedule go on with its next tick."""

    name, version = "schedule_resume", 1
    effect, access = WRITE, OPERATORS
    errors = (ScheduleNotFound, InvalidCron, UnknownZone)

    class Params(Named):
        pass

    class Result(OneSchedule):
        pass


class ScheduleRemove(Contract):
    """Forget a schedule; the jobs it has queued stay."""

    name, version = "schedule_remove", 1
    effect, access = WRITE, OPERATORS
    errors = (ScheduleNotFound, ScheduleDeclared)

    class Params(Named):
        pass


class Tick(Schema):
    """One moment at which a schedule is due."""

    at = fields.EpochMillis(required=True)
    # As the clock of the schedule's zone shows it: ISO 8601 with the offset.
    local = fields.Text(required=True)


class ScheduleNext(Contract):
    """Tell when a schedule will be due next, paused or not."""

    name, version = "schedule_next", 1
    effect, access = READ, OPERATORS
    errors = (ScheduleNotFound, InvalidCron, UnknownZone)

    class Params(Named):
        count = fields.Int64(load_default=5, validate=fields.validate.Range(1, MOST_TICKS))

    class Result(Schema):
        items = fields.List(fields.Nested(Tick), required=True)
        total_count = fields.Int64(required=True)
