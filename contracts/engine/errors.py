"""The refusals of this domain. Callers branch on the code; the message is for people and may change.

NOT_FOUND               a project, effort, session or agent is missing
TASK_NOT_FOUND          a task is missing
ALREADY_FINISHED        an effort is finished once
EFFORT_FINISHED         a finished effort takes no phase
UNKNOWN_PHASE           the phase is not declared and may not be appended
PHASE_NOT_SEQUENTIAL    the phase is declared but is not the next one
ALREADY_ENDED           a session is ended once
"""

from bus.errors import Refusal


class NotFound(Refusal):
    """Nothing has this key. Callers check it, or create what is missing first."""

    code = "NOT_FOUND"
    message = "{what} {key} not found"
    shown = ()


class TaskNotFound(Refusal):
    """No task has this directory path. Callers create it with ``db.task.upsert`` first."""

    code = "TASK_NOT_FOUND"
    message = "Task {task} not found"
    shown = ()


class AlreadyFinished(Refusal):
    """The effort was finished before, perhaps by somebody else. Callers take it as done."""

    code = "ALREADY_FINISHED"
    message = "Effort {effort} is already finished"
    shown = ()


class EffortFinished(Refusal):
    """A finished effort takes no phase. Callers start another effort."""

    code = "EFFORT_FINISHED"
    message = "Effort {effort} is finished; start another one to go on"
    shown = ()


class UnknownPhase(Refusal):
    """The phase is not declared and cannot be appended to those that are. Callers use a declared one."""

    code = "UNKNOWN_PHASE"
    message = (
        "Phase '{phase}' is not declared for this effort; use a declared phase, or a sub-phase above the current one"
    )
    shown = ()


class PhaseNotSequential(Refusal):
    """The phase is declared but not the next one. Callers take the expected one, or give a reason."""

    code = "PHASE_NOT_SEQUENTIAL"
    message = "Expected '{expected}', got '{actual}'; give a reason for a non-sequential step"
    shown = ("expected", "actual")


class AlreadyEnded(Refusal):
    """The session was ended before, perhaps by the next one of its effort. Callers take it as done."""

    code = "ALREADY_ENDED"
    message = "Session {session} has already ended"
    shown = ()
