"""Contracts of the commands about flows. Times are epoch milliseconds."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from bus import fields
from bus.contract import LOCAL, READ, WRITE, Contract, QueuePolicy, Schema
from bus.errors import Refusal
from bus.flows.graph import graph_faults

#: Steps of one flow.
MAX_STEPS = 1_000
STATES = ("running", "ending", "undoing", "succeeded", "failed", "cancelled")
STEP_STATES = (
    *("waiting", "queued", "succeeded", "failed", "cancelled", "skipped"),
    *("undoing", "undone", "undo_failed"),
)


class FlowNotFound(Refusal):
    """No flow has this id, or it is somebody else's. Callers drop the id."""

    code = "flow_not_found"
    message = "no flow has the id {flow_id}"


class FlowHasEnded(Refusal):
    """The flow has ended already. Callers read how with ``flow_get``."""

    code = "flow_has_ended"
    message = "the flow {flow_id} has ended: it is {state}"


class CommandUnfit(Refusal):
    """A step names a command that cannot be queued. Callers correct the step."""

    code = "command_unfit"
    message = "{where}: {why}"


class Planned(Schema):
    """A command with its arguments."""

    command = fields.Key(required=True)
    args = fields.Object(load_default=dict)


class PlannedStep(Planned):
    """One step of a flow."""

    name = fields.Key(required=True)
    after = fields.List(fields.Key(), load_default=list)
    undo = fields.Nested(Planned)


class Callbacks(Schema):
    """Commands to queue at the end."""

    success = fields.Nested(Planned)
    failure = fields.Nested(Planned)
    completion = fields.Nested(Planned)


class FlowSummary(Schema):
    """One line about a flow."""

    id = fields.Id(required=True)
    name = fields.Text(required=True)
    state = fields.Text(required=True, validate=fields.validate.OneOf(STATES))
    correlation_id = fields.Text(required=True)
    created_at = fields.EpochMillis(required=True)
    finished_at = fields.EpochMillis(required=True, allow_none=True)


class StepDetail(Schema):
    """One step, and how it went."""

    name = fields.Text(required=True)
    command = fields.Text(required=True)
    after = fields.List(fields.Text(), required=True)
    state = fields.Text(required=True, validate=fields.validate.OneOf(STEP_STATES))
    job = fields.Id(required=True, allow_none=True)
    undo_job = fields.Id(required=True, allow_none=True)
    code = fields.Text(required=True, allow_none=True)
    message = fields.Text(required=True, allow_none=True)


class FlowDetail(FlowSummary):
    """A flow with its steps."""

    steps = fields.List(fields.Nested(StepDetail), required=True)


class FlowStart(Contract):
    """Start a flow: a graph of commands that goes on whatever process dies."""

    name, version = "flow_start", 1
    effect, access = WRITE, LOCAL
    errors = (CommandUnfit,)

    class Params(Schema):
        name = fields.Key(required=True)
        steps = fields.List(fields.Nested(PlannedStep), required=True, validate=fields.validate.Length(1, MAX_STEPS))
        callbacks = fields.Nested(Callbacks, load_default=dict)

        @validates_schema
        def _graph(self, data: dict[str, Any], **_options: Any) -> None:
            faults: dict[str, list[str]] = {}
            for where, why in graph_faults(data["steps"]):
                faults.setdefault(where, []).append(why)
            if faults:
                raise ValidationError(faults)

    class Result(Schema):
        flow = fields.Nested(FlowSummary, required=True)


class FlowGet(Contract):
    """Show a flow and how each of its steps went."""

    name, version = "flow_get", 1
    effect, access = READ, LOCAL
    errors = (FlowNotFound,)

    class Params(Schema):
        flow_id = fields.Id(required=True)

    class Result(Schema):
        flow = fields.Nested(FlowDetail, required=True)


class FlowList(Contract):
    """List flows, newest first: a publisher's own, an operator's all."""

    name, version = "flow_list", 1
    effect, access = READ, LOCAL

    class Params(Schema):
        limit = fields.Int64(load_default=50, validate=fields.validate.Range(1, 500))
        # Id of the last flow of the page before.
        before = fields.Id()

    class Result(Schema):
        items = fields.List(fields.Nested(FlowSummary), required=True)


class FlowCancel(Contract):
    """Cancel a flow: what waits is skipped, what runs is asked to stop, and what can be undone is undone."""

    name, version = "flow_cancel", 1
    effect, access = WRITE, LOCAL
    errors = (FlowNotFound, FlowHasEnded)

    class Params(Schema):
        flow_id = fields.Id(required=True)

    class Result(Schema):
        flow = fields.Nested(FlowSummary, required=True)


class FlowAdvance(Contract):
    """Move a flow on; the bus queues this whenever a step has ended, and calling it once more changes nothing."""

    name, version = "flow_advance", 1
    effect, access = WRITE, LOCAL
    queue = QueuePolicy(attempts=20)

    class Params(Schema):
        flow_id = fields.Id(required=True)
