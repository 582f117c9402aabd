"""A flow goes on whatever process dies, each of its commands takes effect once, and none before those it waits for."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from bus.flows import Flow, batch, chain, result
from bus.flows.store import ENDED
from bus.testing import wait_until
from tests.deeds import order_of


def start(queue: Any, flow: Flow, **options: Any) -> str:
    """Start a flow; answers its id."""
    answer = queue.bus.call("flow_start", flow.args, **options)
    assert answer.ok, answer
    return answer.data["flow"]["id"]


def shown(queue: Any, flow_id: str) -> dict[str, Any]:
    return queue.bus.call("flow_get", {"flow_id": flow_id}).data["flow"]


def ended(queue: Any, flow_id: str) -> dict[str, Any]:
    """The flow, once it has ended."""
    return wait_until(lambda: (found := shown(queue, flow_id))["state"] in ENDED and found, 60, "the flow's end")


def states(flow: dict[str, Any]) -> dict[str, str]:
    return {step["name"]: step["state"] for step in flow["steps"]}


def numbers_done(queue: Any, numbers: set[int]) -> list[int]:
    """Which of these numbers something was done for, in order; once all of them are there."""

    def done() -> list[int]:
        return [n for n, what in order_of(queue.bus) if what == "done" and n in numbers]

    wait_until(lambda: set(done()) == numbers, 30, "every effect")
    return done()


def test_a_chain_runs_in_order(queue):
    numbers = [queue.number() for _ in range(6)]
    flow_id = start(queue, chain("in order", *(("deed", {"n": n}) for n in numbers)))
    flow = ended(queue, flow_id)
    assert flow["state"] == "succeeded"
    assert numbers_done(queue, set(numbers)) == numbers


def test_a_batch_tells_of_its_end(queue):
    numbers, last = [queue.number() for _ in range(20)], queue.number()
    flow = batch("side by side", "deed", ({"n": n} for n in numbers)).on_success("deed", {"n": last})
    assert set(states(ended(queue, start(queue, flow))).values()) == {"succeeded"}
    done = numbers_done(queue, {*numbers, last})
    assert done[-1] == last
    assert Counter(done) == Counter([*numbers, last])


def test_results_are_passed_on(queue):
    n, sum_ = queue.number(), queue.number()
    flow = (
        Flow("results")
        .step("make", "deed", {"n": n})
        .step("count", "count", {"n": result("make", "n")}, after=["make"])
        .step("report", "deed", {"n": sum_}, after=["count"])
    )
    assert ended(queue, start(queue, flow))["state"] == "succeeded"
    assert queue.deeds(sum_) == {"done": 1}


def test_a_path_that_leads_nowhere_fails_the_step(queue):
    flow = (
        Flow("nowhere")
        .step("make", "deed", {"n": queue.number()})
        .step("use", "deed", {"n": result("make", "m")}, after=["make"])
    )
    found = ended(queue, start(queue, flow))
    assert (found["state"], found["steps"][1]["code"]) == ("failed", "VALIDATION_ERROR")
    assert found["steps"][1]["message"] == "the data of the step 'make' has no 'm'"


@pytest.mark.parametrize(("bad", "code"), [("refusing", "no"), ("failing", "HANDLER_ERROR")])
def test_what_was_done_before_a_failure_is_undone_backwards(queue, bad, code):
    a, b, c, undo_a, undo_b, told, never = (queue.number() for _ in range(7))
    flow = (
        Flow("undone")
        .step("a", "deed", {"n": a}, undo="deed", undo_args={"n": undo_a})
        .step("b", "deed", {"n": b}, after=["a"], undo="deed", undo_args={"n": undo_b})
        .step("c", "deed", {"n": c}, after=["b"])
        .step("bad", bad, {"n": queue.number()}, after=["c"])
        .step("never", "deed", {"n": never}, after=["bad"])
        .on_failure("deed", {"n": told})
        .on_success("deed", {"n": never})
    )
    found = ended(queue, start(queue, flow))
    assert found["state"] == "failed"
    assert states(found) == {"a": "undone", "b": "undone", "c": "succeeded", "bad": "failed", "never": "skipped"}
    assert found["steps"][3]["code"] == code
    assert numbers_done(queue, {a, b, c, undo_a, undo_b, told}) == [a, b, c, undo_b, undo_a, told]
    assert queue.deeds(never) == {}


def test_what_cannot_be_undone_is_said(queue):
    flow = (
        Flow("not undone")
        .step("a", "deed", {"n": queue.number()}, undo="refusing")
        .step("bad", "refusing", {"n": queue.number()}, after=["a"])
    )
    found = ended(queue, start(queue, flow))
    assert (found["state"], found["steps"][0]["state"], found["steps"][0]["code"]) == ("failed", "undo_failed", "no")


def test_a_cancelled_flow_stops_and_is_undone(queue):
    n, undo, never = (queue.number() for _ in range(3))
    flow = (
        Flow("cancelled")
        .step("a", "deed", {"n": n}, undo="deed", undo_args={"n": undo})
        .step("long", "steps", {"n": queue.number(), "ms": 400}, after=["a"])
        .step("never", "deed", {"n": never}, after=["long"])
    )
    flow_id = start(queue, flow)
    wait_until(lambda: states(shown(queue, flow_id))["long"] == "queued", 30, "the long step")
    assert queue.bus.call("flow_cancel", {"flow_id": flow_id}).ok
    found = ended(queue, flow_id)
    assert found["state"] == "cancelled"
    assert states(found)["a"] == "undone"
    assert states(found)["never"] == "skipped"
    assert queue.deeds(undo) == {"done": 1}
    assert queue.deeds(never) == {}
    assert queue.bus.call("flow_cancel", {"flow_id": flow_id}).code == "flow_has_ended"


def test_a_flow_outlives_its_workers(queue):
    """Killed again and again; every step once, none before those it waits for."""
    rng = random.Random(7)
    numbers = [queue.number() for _ in range(30)]
    flow = Flow("killed")
    for place, n in enumerate(numbers):
        after = rng.sample(range(place), min(place, rng.randrange(3)))
        flow.step(f"s{place}", "nap", {"n": n, "ms": 15}, after=[f"s{one}" for one in after])
    flow_id = start(queue, flow)
    for limit in (4, 11, 18):
        wait_until(lambda limit=limit: len(done_of(queue, numbers)) >= limit, 60, "some steps")
        queue.stop_workers()
        queue.start()
    assert ended(queue, flow_id)["state"] == "succeeded"
    done = numbers_done(queue, set(numbers))
    assert Counter(done) == Counter(numbers)
    place = {n: at for at, n in enumerate(done)}
    for n, step in zip(numbers, flow.args["steps"], strict=True):
        assert all(place[numbers[int(before[1:])]] < place[n] for before in step["after"])


def done_of(queue: Any, numbers: list[int]) -> list[int]:
    return [n for n, _ in order_of(queue.bus) if n in numbers]


def test_a_flow_is_started_once_for_a_key(queue):
    n = queue.number()
    flow = chain("once", ("deed", {"n": n}))
    ids = {start(queue, flow, idempotency_key=f"flow {n}") for _ in range(3)}
    assert len(ids) == 1
    assert ended(queue, ids.pop())["state"] == "succeeded"
    assert queue.deeds(n) == {"done": 1}
