"""What can be wrong with a flow is said when it is started."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from bus.flows import Flow, chain, result
from bus.flows.graph import resolved
from tests.bus.sample import N, Sample
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.fixture
def bus(sample: Sample) -> Bus:
    sample.command("put", params=N)(lambda ctx, n: {})
    sample.command("hushed", secret=True)(lambda ctx: {})
    return sample.open("sqlite://", workers)


def two(**options: object) -> Flow:
    return Flow("x").step("a", "put", {"n": 1}).step("b", "put", {"n": 2}, **options)


@pytest.mark.parametrize(
    ("flow", "message"),
    [
        (Flow("x"), "steps: "),
        (Flow("x").step("a", "put", {"n": 1}).step("a", "put", {"n": 1}), "steps.1.name: the name 'a' is taken"),
        (Flow("x").step("a.b", "put", {"n": 1}), "steps.0.name: must not hold a dot"),
        (two(after=["c"]), "steps.1.after: there is no step 'c'"),
        (two(after=["b"]), "steps: wait for each other: b -> b"),
        (
            Flow("x").step("a", "put", {"n": result("b")}),
            "steps.0.args: uses the result of 'b', which is no",
        ),
        (
            two(undo="put", undo_args={"n": result("a")}),
            "steps.1.undo: uses the result of 'a', which is no",
        ),
    ],
)
def test_a_graph_that_cannot_run_is_refused(bus: Bus, flow: Flow, message: str) -> None:
    answer = bus.call("flow_start", flow.args)
    assert answer.code == "VALIDATION_ERROR"
    assert answer.error is not None
    assert message in answer.error["message"]


@pytest.mark.parametrize(
    ("flow", "message"),
    [
        (chain("x", ("nothing", {})), "steps.0: "),
        (chain("x", ("put", {"n": "one"})), "steps.0: Invalid args for put: n: "),
        (chain("x", ("hushed", {})), "steps.0: hushed is secret and so never queued"),
        (two(undo="nothing"), "steps.1.undo: "),
        (two().on_failure("put", {}), "callbacks.failure: Invalid args for put: n: required"),
    ],
)
def test_a_command_that_cannot_be_queued_is_refused(bus: Bus, flow: Flow, message: str) -> None:
    answer = bus.call("flow_start", flow.args)
    assert answer.code == "command_unfit"
    assert answer.error is not None
    assert answer.error["message"].startswith(message)
    assert bus.call("flow_list").data["items"] == []
    assert bus.call("job_list").data["total_count"] == 0


def test_a_flow_starts_with_the_unit_of_work_that_starts_it(sample: Sample, database_url: str) -> None:
    sample.command("put", params=N)(lambda ctx, n: {})

    @sample.command("begin", params=N)
    def begin(ctx, n):
        ctx.call("flow_start", chain("x", ("put", {"n": n})).args)
        if n:
            raise RuntimeError("after all, no")
        return {}

    bus = sample.open(database_url, workers)
    assert bus.call("begin", {"n": 1}).code == "HANDLER_ERROR"
    assert bus.call("flow_list").data["items"] == []
    assert bus.call("begin", {"n": 0}).ok
    (flow,) = bus.call("flow_list").data["items"]
    assert flow["state"] == "running"
    assert bus.call("job_list").data["total_count"] == 1


def test_parts_of_results_take_their_places() -> None:
    data = {"a": {"items": [{"id": 7}], "n": 1}}
    assert resolved({"x": [result("a", "items.0.id"), 2], "y": result("a")}, data) == {"x": [7, 2], "y": data["a"]}
    for path in ("items.1", "m", "n.x", "items.x"):
        with pytest.raises(LookupError, match="has no"):
            resolved(result("a", path), data)


def test_somebody_elses_flow_does_not_exist(flows_of: Callable[[str], str], members: Bus) -> None:
    flow_id = flows_of("t-ann")
    for command in ("flow_get", "flow_cancel"):
        absent = members.call(command, {"flow_id": flow_id}, session_token="t-bob")
        assert absent.code == "flow_not_found"
    assert members.call("flow_list", session_token="t-bob").data["items"] == []
    assert members.call("flow_get", {"flow_id": flow_id}, session_token="t-ann").ok
    assert members.call("flow_get", {"flow_id": flow_id}).ok


@pytest.fixture
def members(sample: Sample, database_url: str) -> Bus:
    """A bus whose tokens ``t-NAME`` stand for NAME."""
    from bus import Principal

    sample.command("put", params=N)(lambda ctx, n: {})

    @sample.plugin.hook
    def bus_authenticate(token, database):
        return Principal(token.removeprefix("t-")) if token.startswith("t-") else None

    return sample.open(database_url, workers)


@pytest.fixture
def flows_of(members: Bus) -> Callable[[str], str]:
    def started(token: str) -> str:
        answer = members.call("flow_start", chain("x", ("put", {"n": 1})).args, session_token=token)
        assert answer.ok
        assert answer.data is not None
        return answer.data["flow"]["id"]

    return started
