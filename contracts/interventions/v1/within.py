"""What other domains ask about interventions. To callers outside these commands do not exist."""

from bus.contract import INTERNAL, READ, WRITE, Contract, Schema
from bus.fields import Id, Int64, Nested, Text
from contracts.workshop.fields import Trimmed, text_or_null


class InterventionState(Schema):
    """An intervention, and who may do what with it."""

    id = Id(required=True)
    task_id = Id(required=True)
    status = Text(required=True)
    technician_id = Text(required=True)


class NumberedStep(Schema):
    """A step, and its place among the others."""

    id = Id(required=True)
    step_number = Int64(required=True)


class OfIntervention(Schema):
    """An intervention, and perhaps one of its steps."""

    intervention_id = Trimmed(required=True)
    step_id = text_or_null()


class InterventionAndStep(Schema):
    """What there is of what was asked for."""

    intervention = Nested(InterventionState, required=True, allow_none=True)
    step = Nested(NumberedStep, required=True, allow_none=True)  # null: none was asked for, or it has no such step


class InterventionFind(Contract):
    """Read the state of an intervention, and the number of one of its steps."""

    name, version = "intervention_find", 1
    effect, access = READ, INTERNAL

    Params = OfIntervention
    Result = InterventionAndStep


class InterventionHold(Contract):
    """As ``intervention_find``; the intervention stays as it is until the caller's transaction ends."""

    name, version = "intervention_hold", 1
    effect, access = WRITE, INTERNAL

    Params = OfIntervention
    Result = InterventionAndStep


class InterventionActiveOfTask(Contract):
    """Tell which intervention of a task has not ended."""

    name, version = "intervention_active_of_task", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        task_id = Trimmed(required=True)  # its id

    class Result(Schema):
        intervention_id = Text(required=True, allow_none=True)
