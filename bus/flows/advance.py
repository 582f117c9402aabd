"""Moving a flow on: what has ended, what goes wrong, what is next. Runs in one unit of work, as often as anybody likes.

A failed or cancelled step ends the flow: steps that wait are skipped, those that run are let end, and then whatever
has an undo is undone, the latest first, one after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bus import wire
from bus.errors import BusError
from bus.flows.graph import resolved
from bus.flows.store import ENDED, FlowRow, FlowStore, StepRow
from bus.jobs.states import ENDED as JOB_ENDED

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.context import Context


class Advance:
    """One look at a flow."""

    def __init__(self, bus: Bus, ctx: Context, flow_id: str) -> None:
        self._bus = bus
        self._ctx = ctx
        self._store = FlowStore(bus.database)
        self._kept = ctx.transaction.kept
        self._id = flow_id
        self._read_job = bus.database.sql("SELECT state, result FROM bus_job WHERE id=?")

    def run(self) -> None:
        """Move the flow as far as it goes now."""
        flow = self._store.flow(self._kept, self._id, lock=True)
        if flow is None or flow.state in ENDED:
            return
        steps = {step.name: step for step in self._store.steps(self._kept, self._id)}
        self._collect(steps)
        while self._step(flow, steps):
            flow = self._store.flow(self._kept, self._id) or flow

    def _step(self, flow: FlowRow, steps: dict[str, StepRow]) -> bool:
        """Do what the state asks for; whether the state has changed."""
        if flow.state == "running":
            return self._go_on(steps)
        if flow.state == "ending":
            return self._wind_up(flow, steps)
        if flow.state == "undoing":
            return self._undo(flow, steps)
        return False

    def _collect(self, steps: dict[str, StepRow]) -> None:
        """Take over how jobs have ended."""
        for step in list(steps.values()):
            job_id = {"queued": step.job, "undoing": step.undo_job}.get(step.state)
            row = None if job_id is None else self._kept.raw.execute(self._read_job, (job_id,)).fetchone()
            if row is None or row[0] not in JOB_ENDED:
                continue
            self._take(steps, step, row[0], {} if row[1] is None else wire.decode_stored(row[1]))

    def _take(self, steps: dict[str, StepRow], step: StepRow, state: str, answer: dict[str, Any]) -> None:
        error: dict[str, Any] = answer.get("error") or {}
        code, message = error.get("code"), error.get("message")
        if step.state == "undoing":
            self._change(
                steps, step, state="undone" if state == "succeeded" else "undo_failed", code=code, message=message
            )
        elif state == "succeeded":
            self._end(steps, step, state="succeeded", result=answer.get("data"))
        else:
            ended = "cancelled" if state == "cancelled" else "failed"
            self._end(steps, step, state=ended, code=code, message=message)

    def _go_on(self, steps: dict[str, StepRow]) -> bool:
        """Queue what is ready."""
        for step in list(steps.values()):
            if step.state == "waiting" and all(steps[name].state == "succeeded" for name in step.after):
                self._begin(steps, step)
        states = {step.state for step in steps.values()}
        if states & {"failed", "cancelled"}:
            outcome = "failed" if "failed" in states else "cancelled"
            self._store.move(self._kept, self._id, "ending", outcome)
            return True
        if states <= {"succeeded"}:
            self._finish("succeeded", steps)
        return False

    def _begin(self, steps: dict[str, StepRow], step: StepRow) -> None:
        try:
            args = resolved(step.args, _data(steps))
            job_id = self._ctx.submit(step.command, args)
        except BusError as error:
            self._end(steps, step, state="failed", code=error.code, message=error.message)
        except LookupError as error:
            self._end(steps, step, state="failed", code="VALIDATION_ERROR", message=str(error.args[0]))
        else:
            if self._store.link(self._kept, self._id, job_id):
                self._change(steps, step, state="queued", job=job_id)
            else:
                taken = "the job that has its unique key is another flow's"
                self._end(steps, step, state="failed", code="IDEMPOTENCY_CONFLICT", message=taken)

    def _wind_up(self, flow: FlowRow, steps: dict[str, StepRow]) -> bool:
        """Skip what waits, and let what runs end."""
        for step in list(steps.values()):
            if step.state == "waiting":
                self._change(steps, step, state="skipped")
        if any(step.state == "queued" for step in steps.values()):
            return False
        self._store.move(self._kept, self._id, "undoing", flow.outcome)
        return True

    def _undo(self, flow: FlowRow, steps: dict[str, StepRow]) -> bool:
        """Undo the latest step that is not undone; the flow ends when there is none."""
        while not any(step.state == "undoing" for step in steps.values()):
            left = [step for step in steps.values() if step.state == "succeeded" and step.undo is not None]
            if not left:
                self._finish(flow.outcome or "failed", steps)
                return False
            self._begin_undoing(steps, max(left, key=lambda step: step.ended_as or 0))
        return False

    def _begin_undoing(self, steps: dict[str, StepRow], step: StepRow) -> None:
        undo = step.undo or {}
        try:
            job_id = self._ctx.submit(undo["command"], resolved(undo["args"], _data(steps)))
        except (BusError, LookupError) as error:
            code = error.code if isinstance(error, BusError) else "VALIDATION_ERROR"
            self._change(steps, step, state="undo_failed", code=code, message=str(error))
            return
        self._store.link(self._kept, self._id, job_id)
        self._change(steps, step, state="undoing", undo_job=job_id)

    def _finish(self, state: str, steps: dict[str, StepRow]) -> None:
        """End the flow and queue what its author wants to hear."""
        flow = self._store.flow(self._kept, self._id)
        assert flow is not None
        self._store.end(self._kept, self._id, state)
        for event in ("success" if state == "succeeded" else "failure", "completion"):
            wanted = flow.callbacks.get(event)
            if wanted is None:
                continue
            try:
                self._ctx.submit(wanted["command"], resolved(wanted["args"], _data(steps)))
            except (BusError, LookupError) as error:
                self._ctx.log.warning("flow_callback_refused", flow=self._id, callback=event, why=str(error))

    def _end(self, steps: dict[str, StepRow], step: StepRow, **values: Any) -> None:
        """A step has ended, after all those that ended before."""
        last = max((each.ended_as or 0 for each in steps.values()), default=0)
        self._change(steps, step, ended_as=last + 1, **values)

    def _change(self, steps: dict[str, StepRow], step: StepRow, **values: Any) -> None:
        self._store.change(self._kept, self._id, step.name, **values)
        steps[step.name] = step._replace(**values)


def _data(steps: dict[str, StepRow]) -> dict[str, Any]:
    """What steps can take from each other."""
    return {name: step.result for name, step in steps.items() if step.result is not None}
