"""Contracts of the built-in commands. Times are epoch milliseconds."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from marshmallow import ValidationError

from bus import fields
from bus.contract import LOCAL, READ, WRITE, Contract, Schema
from bus.errors import Refusal
from bus.jobs.states import SCHEDULED, JobState
from bus.storable import json_fault

#: Every state a job is shown in.
STATES = (*sorted(JobState), SCHEDULED)


class JobNotFound(Refusal):
    """No job has this id, or it is somebody else's. Callers drop the id."""

    code = "job_not_found"
    message = "no job has the id {job_id}"


class JobHasEnded(Refusal):
    """The job has ended already. Callers read its envelope with ``job_get``."""

    code = "job_has_ended"
    message = "the job {job_id} has ended: it is {state}"


class JobNotRetryable(Refusal):
    """Only a job that is failed, dead or cancelled can be tried again."""

    code = "job_not_retryable"
    message = "the job {job_id} is {state}; only a failed, dead or cancelled job can be tried again"


class CommandNotFound(Refusal):
    """No plugin answers a command of this name in this version. Callers look into ``command_list``."""

    code = "command_not_found"
    message = "no plugin answers {command}"


class JobSummary(Schema):
    """One line about a job."""

    id = fields.Id(required=True)
    state = fields.Text(required=True, validate=fields.validate.OneOf(STATES))
    command = fields.Text(required=True)
    version = fields.Int64(required=True)
    queue = fields.Text(required=True)
    priority = fields.Int64(required=True)
    attempt = fields.Int64(required=True)
    correlation_id = fields.Text(required=True)
    is_cancelled = fields.Boolean(required=True)
    run_at = fields.EpochMillis(required=True)
    created_at = fields.EpochMillis(required=True)
    started_at = fields.EpochMillis(required=True, allow_none=True)
    finished_at = fields.EpochMillis(required=True, allow_none=True)


class StoredEnvelope(fields.Object):
    """An envelope; deeper than other JSON, because it holds some."""

    MAX_DEPTH: ClassVar[int] = 190

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        envelope = cast("dict[str, Any]", value)
        fault = json_fault(envelope, self.MAX_DEPTH)
        if fault:
            raise ValidationError(fault)
        return envelope

    def json_schema(self) -> dict[str, Any]:
        """Any object."""
        return {"type": "object"}


class Progress(Schema):
    """How far a long job is, as its handler told it."""

    done = fields.Int64(required=True)
    total = fields.Int64(required=True, allow_none=True)
    message = fields.Text(required=True, allow_none=True)
    at = fields.EpochMillis(required=True)


class Attempt(Schema):
    """One attempt that did not end well."""

    attempt = fields.Int64(required=True)
    owner = fields.Text(required=True)
    started_at = fields.EpochMillis(required=True)
    finished_at = fields.EpochMillis(required=True)
    code = fields.Text(required=True)
    message = fields.Text(required=True)


class JobDetail(JobSummary):
    """A job with the envelope of its last attempt (of the job itself once it has ended) and what went wrong before."""

    key = fields.Text(required=True, allow_none=True)
    progress = fields.Nested(Progress, required=True, allow_none=True)
    attempts = fields.List(fields.Nested(Attempt), required=True)
    envelope = StoredEnvelope(required=True, allow_none=True)


class JobGet(Contract):
    """Show one job and its envelope."""

    name, version = "job_get", 1
    effect, access = READ, LOCAL
    errors = (JobNotFound,)

    class Params(Schema):
        job_id = fields.Id(required=True)

    class Result(Schema):
        job = fields.Nested(JobDetail, required=True)


class JobList(Contract):
    """List jobs, newest first: a publisher's own, an operator's all."""

    name, version = "job_list", 1
    effect, access = READ, LOCAL

    class Params(Schema):
        state = fields.Text(validate=fields.validate.OneOf(STATES))
        queue = fields.Text()
        command = fields.Text()
        key = fields.Text()
        limit = fields.Int64(load_default=50, validate=fields.validate.Range(1, 500))
        # Id of the last job of the page before.
        before = fields.Id()

    class Result(Schema):
        items = fields.List(fields.Nested(JobSummary), required=True)
        total_count = fields.Int64(required=True)


class JobCancel(Contract):
    """Cancel a waiting job at once; ask a running one to stop at its next checkpoint."""

    name, version = "job_cancel", 1
    effect, access = WRITE, LOCAL
    errors = (JobNotFound, JobHasEnded)

    class Params(Schema):
        job_id = fields.Id(required=True)

    class Result(Schema):
        job = fields.Nested(JobSummary, required=True)


class JobRetry(Contract):
    """Put a failed, dead or cancelled job back into its queue, with all its attempts."""

    name, version = "job_retry", 1
    effect, access = WRITE, LOCAL
    errors = (JobNotFound, JobNotRetryable)

    class Params(Schema):
        job_id = fields.Id(required=True)

    class Result(Schema):
        job = fields.Nested(JobSummary, required=True)


class CommandSummary(Schema):
    """One line about a command."""

    name = fields.Text(required=True)
    versions = fields.List(fields.Int64(), required=True)
    plugin = fields.Text(required=True)
    summary = fields.Text(required=True)
    effect = fields.Text(required=True)
    access = fields.Text(required=True)


class CommandList(Contract):
    """List the commands of this bus by name."""

    name, version = "command_list", 1
    effect, access = READ, LOCAL

    class Result(Schema):
        items = fields.List(fields.Nested(CommandSummary), required=True)
        total_count = fields.Int64(required=True)


class FieldDescription(Schema):
    """One argument, or one member of the data."""

    name = fields.Text(required=True)
    type = fields.Text(required=True)
    is_required = fields.Boolean(required=True)
    is_nullable = fields.Boolean(required=True)
    code = fields.Text(required=True, allow_none=True)


class ErrorDescription(Schema):
    """One refusal."""

    code = fields.Text(required=True)
    meaning = fields.Text(required=True)


class CommandDescribe(Contract):
    """Describe one version of a command: arguments, data, refusals, and how it runs."""

    name, version = "command_describe", 1
    effect, access = READ, LOCAL
    errors = (CommandNotFound,)

    class Params(Schema):
        command = fields.Key(required=True)
        version = fields.Int64()

    class Result(CommandSummary):
        version = fields.Int64(required=True)
        roles = fields.List(fields.Text(), required=True)
        units = fields.Text(required=True)
        is_secret = fields.Boolean(required=True)
        deprecated = fields.Text(required=True, allow_none=True)
        queue = fields.Text(required=True)
        time_limit_ms = fields.Int64(required=True)
        params = fields.List(fields.Nested(FieldDescription), required=True)
        result = fields.List(fields.Nested(FieldDescription), required=True)
        errors = fields.List(fields.Nested(ErrorDescription), required=True)


class SystemHealth(Contract):
    """Tell whether the bus can work: database, plugins, and how many jobs stand where."""

    name, version = "system_health", 1
    effect, access = READ, LOCAL

    class Result(Schema):
        status = fields.Text(required=True, validate=fields.validate.OneOf(("ok", "degraded")))
        database = fields.Text(required=True)
        plugins = fields.List(fields.Text(), required=True)
        broken_plugins = fields.Object(required=True)
        jobs = fields.Object(required=True)
