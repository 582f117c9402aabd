"""The refusals of this domain. Callers branch on the code; the message is for people and may change."""

from bus.errors import Refusal


class SyncInvalidState(Refusal):
    """The operation is not in the state that this needs. Callers read it again; ``details.status`` is what it has."""

    code = "SYNC_INVALID_STATE"
    message = "The operation {operation_id} is {status}, not {wanted}."
    shown = ("operation_id", "status")

    def __init__(self, operation_id: int, status: str, wanted: str) -> None:
        super().__init__(operation_id=operation_id, status=status, wanted=wanted)


class SyncUnavailable(Refusal):
    """No remote is configured, or it cannot be reached; the queue is as it was. Callers try again later."""

    code = "SYNC_UNAVAILABLE"
    message = "{why}"
    shown = ()


class SyncAlreadyRunning(Refusal):
    """The background service is started already. Callers take it as done."""

    code = "SYNC_ALREADY_RUNNING"
    message = "The background service is already running."
