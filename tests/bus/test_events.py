"""Events: listeners hear at best, subscribed commands run once if and only if the unit of work commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bus import LOCAL, MANY, READ, Plugin, fields
from bus.contract import INTERNAL
from bus.errors import SetupError
from tests.bus.sample import TEXT, No, Sample, add, plugin, texts
from tests.workers.hand import Hand
from workers import workers

if TYPE_CHECKING:
    from bus.application import Bus

EVENT: dict[str, Any] = {"event": fields.Text(required=True), "payload": fields.Object(required=True)}


def ear(sample: Sample, name: str = "hear", **members: Any) -> None:
    """A command that writes down what it hears, subscribed to the event "told"."""

    @sample.command(name, **{"access": INTERNAL, "params": EVENT} | members)
    def hear(ctx, event, payload):
        add(ctx.db, f"{name} {event} {payload['text']} for {ctx.principal.id}")
        return {}

    sample.plugin.subscriptions["told"] = name


def teller(sample: Sample) -> None:
    @sample.command("tell", params=TEXT, errors=(No,))
    def tell(ctx, text):
        ctx.emit("told", {"text": text})
        if text == "no":
            raise No(why="untold")
        return {}


def queued(bus: Bus) -> list[str]:
    return [one["command"] for one in bus.call("job_list").data["items"]]


def test_a_subscribed_command_runs_once_for_every_event_that_was_committed(sample: Sample, database_url: str) -> None:
    """Whoever caused it: the bus itself runs it, so nobody's rights decide whether it is heard."""
    ear(sample)
    teller(sample)

    @sample.command("outer")
    def outer(ctx):
        ctx.call("tell", {"text": "a"})
        with pytest.raises(No):
            ctx.call("tell", {"text": "no"})
        ctx.emit("unheard")
        return {}

    bus = sample.open(database_url, workers)
    assert bus.call("tell", {"text": "no"}).code == "no"
    assert queued(bus) == []
    assert bus.call("outer").ok
    assert (queued(bus), texts(bus)) == (["hear"], [])
    Hand(bus).work()
    assert texts(bus) == ["hear told a for local"]


def test_every_plugin_that_subscribes_is_heard(sample: Sample) -> None:
    ear(sample)
    teller(sample)
    other = Sample(sample._open_bus, "other")
    ear(other, "hear_too")
    bus = sample.open("sqlite://", other.plugin, workers)
    assert bus.call("tell", {"text": "a"}).ok
    assert sorted(queued(bus)) == ["hear", "hear_too"]


def test_what_a_subscriber_cannot_take_is_the_failure_of_whoever_announced_it(sample: Sample) -> None:
    ear(sample, params=EVENT | {"payload": fields.Object(required=True, validate=fields.validate.Length(max=0))})
    teller(sample)
    bus = sample.open("sqlite://", workers)
    assert bus.call("tell", {"text": "a"}).code == "HANDLER_ERROR"
    assert queued(bus) == []


def test_events_with_subscribers_belong_into_units_that_write(sample: Sample) -> None:
    ear(sample)

    @sample.command("look", effect=READ)
    def look(ctx):
        ctx.emit("told", {"text": "x"})
        return {}

    @sample.command("long", units=MANY)
    def long(ctx):
        ctx.unit("u", lambda db: ctx.emit("told", {"text": "in a unit"}))
        with pytest.raises(RuntimeError, match=r"hear subscribe told: emit it inside ctx.unit\(...\)"):
            ctx.emit("told", {"text": "between units"})
        return {}

    bus = sample.open("sqlite://", workers)
    assert bus.call("look").code == "HANDLER_ERROR"
    assert queued(bus) == []
    assert bus.call("long").ok
    assert queued(bus) == ["hear"]


def test_a_command_that_callers_may_call_cannot_be_subscribed(sample: Sample) -> None:
    ear(sample, access=LOCAL)
    with pytest.raises(SetupError, match="plugin sample: hear, subscribed to told, must be INTERNAL: nobody else"):
        sample.open("sqlite://", workers)


def test_a_command_that_takes_something_else_cannot_be_subscribed(sample: Sample) -> None:
    sample.command("hear", access=INTERNAL, params=TEXT)(lambda ctx, text: {})
    sample.plugin.subscriptions["told"] = "hear"
    with pytest.raises(SetupError, match="hear, subscribed to told, must take exactly the arguments event and payload"):
        sample.open("sqlite://", workers)


def test_a_subscribed_command_must_be_there(sample: Sample) -> None:
    silent = Plugin("silent", subscriptions={"told": "nothing"})
    with pytest.raises(SetupError, match="plugin silent: nothing, subscribed to told, is no command of a loaded"):
        sample.open("sqlite://", silent, workers)


def test_who_subscribes_needs_a_queue(sample: Sample) -> None:
    ear(sample)
    with pytest.raises(SetupError, match="plugin sample subscribes to events, which takes a queue; load the plugin"):
        sample.open("sqlite://", plugin())


def test_events_come_after_the_commit_and_only_then(sample: Sample, database_url: str) -> None:
    """In their order; what a caught refusal undid is not announced."""
    heard: list[Any] = []

    @sample.plugin.hook
    def bus_event(name, payload):
        heard.append((name, payload, texts(bus)))

    @sample.command("tell", params=TEXT, errors=(No,))
    def tell(ctx, text):
        add(ctx.db, text)
        ctx.emit("told", {"text": text})
        if text == "no":
            raise No(why="untold")
        return {}

    @sample.command("outer")
    def outer(ctx):
        ctx.emit("begun")
        ctx.call("tell", {"text": "a"})
        with pytest.raises(No):
            ctx.call("tell", {"text": "no"})
        ctx.emit("done")
        assert heard == []
        return {}

    bus = sample.open(database_url)
    assert bus.call("tell", {"text": "no"}).code == "no"
    assert heard == []
    assert bus.call("outer").ok
    assert heard == [("begun", {}, ["a"]), ("told", {"text": "a"}, ["a"]), ("done", {}, ["a"])]


def test_the_payload_is_what_it_was_when_it_was_emitted(sample: Sample) -> None:
    heard = []
    sample.plugin.hook(_named("bus_event", lambda name, payload: heard.append(payload)))

    @sample.command("tell")
    def tell(ctx):
        payload = {"n": 1}
        ctx.emit("told", payload)
        payload["n"] = 2
        return {}

    sample.open().call("tell")
    assert heard == [{"n": 1}]


def test_events_of_many_come_with_their_unit_or_at_once(sample: Sample) -> None:
    heard = []
    sample.plugin.hook(_named("bus_event", lambda name: heard.append(name)))

    @sample.command("long", units=MANY)
    def long(ctx):
        def work(db):
            ctx.emit("inside")
            assert heard == []

        def fail(db):
            ctx.emit("never")
            raise KeyError

        ctx.unit("u", work)
        assert heard == ["inside"]
        with pytest.raises(KeyError):
            ctx.unit("v", fail)
        ctx.emit("outside")
        assert heard == ["inside", "outside"]
        return {}

    assert sample.open().call("long").ok


def _named(name: str, function: Any) -> Any:
    function.__name__ = name
    return function
