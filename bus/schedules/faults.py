"""What can be wrong with a schedule: operators read it in an answer, plugin authors when their start is stopped."""

from typing import ClassVar

from bus.errors import Refusal


class InvalidCron(Refusal):
    """The cron expression cannot be read, or is never due. Callers correct it."""

    code = "invalid_cron"
    message = (
        "{cron!r} is no cron expression: {why}; write five fields (minute, hour, day of month, month, day of week), "
        "or six with the seconds in front"
    )


class UnknownZone(Refusal):
    """There is no such time zone. Callers give an IANA name such as ``Europe/Berlin``."""

    code = "unknown_zone"
    message = "{zone!r} is no time zone; write an IANA name such as Europe/Berlin, or UTC"


class InvalidScheduleArgs(Refusal):
    """The command would refuse the arguments. Callers correct them; ``details.fields`` maps each bad field to why."""

    code = "invalid_schedule_args"
    message = "{command} cannot be scheduled like this: {why}"
    shown: ClassVar[tuple[str, ...] | None] = ("command", "fields")
