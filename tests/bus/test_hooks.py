"""What plugins may see and wrap, and that it costs nothing when nobody does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pluggy
import pytest

from bus import Envelope, Plugin, Request, SetupError
from bus.dispatch import Dispatcher
from tests.bus.sample import TEXT, No, Sample, add, texts


def hook(plugin: Plugin, name: str) -> Callable[[Callable[..., Any]], None]:
    """Register a function as this hook, whatever its own name."""

    def register(function: Callable[..., Any]) -> None:
        function.__name__ = name
        plugin.hook(function)

    return register


@pytest.fixture
def puts(sample: Sample) -> Sample:
    """A command that writes its text, or refuses."""

    @sample.command("put", params=TEXT, result=TEXT, errors=(No,))
    def put(ctx, text):
        add(ctx.db, text)
        if text == "no":
            raise No(why="asked to")
        return {"text": text}

    return sample


def test_without_hooks_answering_is_the_dispatchers_own_function(puts: Sample) -> None:
    """Nothing stands between, however many plugins are loaded."""
    bus = puts.open("sqlite://", *(Plugin(f"idle{n}") for n in range(20)))
    assert bus.answer.__func__ is Dispatcher.answer


def test_no_command_calls_pluggy(puts: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with every hook implemented: the functions are taken out once, when the bus opens."""
    calls: list[str] = []

    @puts.plugin.hook
    def bus_around_command(request, proceed):
        calls.append("around")
        return proceed(request)

    @puts.plugin.hook
    def bus_after_command(envelope):
        calls.append("after")

    @puts.plugin.hook
    def bus_event():
        calls.append("event")

    @puts.plugin.hook
    def bus_authenticate():
        calls.append("authenticate")

    bus = puts.open()

    def refuse(*_args: Any, **_values: Any) -> None:
        raise AssertionError("pluggy was called")

    with monkeypatch.context() as patched:
        patched.setattr(pluggy.HookCaller, "__call__", refuse)
        assert bus.call("put", {"text": "a"}).ok
        assert bus.call("put", {"text": "a"}, session_token="t").code == "UNAUTHENTICATED"
    assert calls == ["around", "after", "around", "authenticate", "after"]


def test_a_wrapper_sees_the_request_and_may_change_it_and_the_answer(puts: Sample) -> None:
    @hook(puts.plugin, "bus_around_command")
    def around(request: Request, proceed: Any) -> Envelope:
        envelope = proceed(Request(request.command, {"text": request.args["text"] + "!"}))
        envelope.warnings.append("wrapped")
        return envelope

    envelope = puts.open().call("put", {"text": "a"})
    assert (envelope.data, envelope.warnings) == ({"text": "a!"}, ["wrapped"])


def test_a_wrapper_may_answer_itself(puts: Sample) -> None:
    """Then the command does not run."""

    @hook(puts.plugin, "bus_around_command")
    def around(request: Request) -> Envelope:
        return Envelope(True, request.command, 1, {"text": "cached"}, None, "c")

    bus = puts.open()
    assert bus.call("put", {"text": "a"}).data == {"text": "cached"}
    assert texts(bus) == []


def test_wrappers_of_several_plugins_nest(puts: Sample) -> None:
    """Whoever requires another plugin stands outside of it."""
    order: list[str] = []

    def wrapper(plugin: Plugin) -> None:
        @hook(plugin, "bus_around_command")
        def around(request: Request, proceed: Any) -> Envelope:
            order.append(f"{plugin.name} before")
            envelope = proceed(request)
            order.append(f"{plugin.name} after")
            return envelope

    outer = Plugin("outer", requires=["sample"])
    wrapper(outer)
    wrapper(puts.plugin)
    assert puts.open("sqlite://", outer).call("put", {"text": "a"}).ok
    assert order == ["outer before", "sample before", "sample after", "outer after"]


@pytest.mark.parametrize("wrong", [lambda request, proceed: None, lambda request, proceed: proceed(request).data])
def test_a_wrapper_that_answers_no_envelope_is_a_failure(puts: Sample, wrong: Any) -> None:
    hook(puts.plugin, "bus_around_command")(lambda request, proceed: wrong(request, proceed))
    envelope = puts.open().answer(Request("put", {"text": "a"}, correlation_id="c1", id=7))
    assert (envelope.code, envelope.correlation_id, envelope.id) == ("HANDLER_ERROR", "c1", 7)


def test_a_wrapper_that_raises_is_a_failure(puts: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    @hook(puts.plugin, "bus_around_command")
    def around(request: Request) -> Envelope:
        raise ZeroDivisionError

    envelope = puts.open().call("put@1", {"text": "a"})
    assert (envelope.code, envelope.command) == ("HANDLER_ERROR", "put")
    record = json.loads(capsys.readouterr().err)
    assert (record["event"], record["correlation_id"]) == ("around_command_failed", envelope.correlation_id)


def test_after_a_command_its_answer_is_seen(puts: Sample, database_url: str) -> None:
    """After the commit, and whatever the answer was; what it raises changes nothing."""
    seen: list[Any] = []

    @hook(puts.plugin, "bus_after_command")
    def look(request: Request, envelope: Envelope) -> None:
        seen.append((request.command, envelope.code, texts(bus)))
        raise ZeroDivisionError

    bus = puts.open(database_url)
    assert bus.call("put", {"text": "a"}).ok
    assert bus.call("put", {"text": "no"}).code == "no"
    assert bus.call("nowhere").code == "UNKNOWN_COMMAND"
    assert seen == [("put", None, ["a"]), ("put", "no", ["a"]), ("nowhere", "UNKNOWN_COMMAND", ["a"])]


def test_plugins_see_no_token_among_the_arguments(puts: Sample) -> None:
    """Callers put it there, and whoever writes arguments down would write it down; the correlation id is settled."""
    seen: list[Any] = []
    hook(puts.plugin, "bus_around_command")(lambda request, proceed: seen.append(request) or proceed(request))
    hook(puts.plugin, "bus_after_command")(lambda request, envelope: seen.append(request))
    bus = puts.open()
    envelope = bus.call("put", {"text": "a", "session_token": "t", "correlation_id": "c1"})
    assert envelope.correlation_id == "c1"
    shown = [(request.args, request.session_token, request.correlation_id) for request in seen]
    assert shown == [({"text": "a"}, "t", "c1")] * 2
    seen.clear()
    assert bus.call("put", {"text": "a"}).correlation_id == seen[0].correlation_id == seen[1].correlation_id
    seen.clear()
    assert bus.call("put", {"text": "a", "session_token": 5}).ok
    assert [request.session_token for request in seen] == ["", ""]


def test_a_queue_that_cannot_be_opened_stops_the_start(puts: Sample) -> None:
    @hook(puts.plugin, "bus_queue")
    def provide(database: Any) -> None:
        raise PermissionError("/run")

    with pytest.raises(SetupError, match="the queue cannot be opened: PermissionError: /run"):
        puts.open()


def test_a_failing_listener_changes_nothing(puts: Sample, capsys: pytest.CaptureFixture[str]) -> None:
    """The commit stands, the others hear of it, the log has the failure."""
    heard: list[Any] = []
    other = Plugin("other", requires=["sample"])
    hook(other, "bus_event")(lambda name: heard.append(1 / 0))
    hook(puts.plugin, "bus_event")(lambda name: heard.append(name))

    @puts.command("tell")
    def tell(ctx):
        ctx.emit("told")
        return {}

    assert puts.open("sqlite://", other).call("tell").ok
    assert heard == ["told"]
    assert json.loads(capsys.readouterr().err)["event"] == "event_listener_failed"


def test_plugins_stop_in_the_opposite_order_and_one_failure_stops_nobody(
    puts: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    order: list[str] = []
    other = Plugin("other", requires=["sample"])
    for plugin in (puts.plugin, other):
        hook(plugin, "bus_start")(lambda bus, name=plugin.name: order.append(f"start {name}"))

    @hook(other, "bus_stop")
    def stop(bus: Any) -> None:
        order.append("stop other")
        raise ZeroDivisionError

    @hook(puts.plugin, "bus_stop")
    def stop_sample(bus: Any) -> None:
        order.append(f"stop sample, which still answers: {bus.call('put', {'text': 'a'}).ok}")

    bus = puts.open("sqlite://", other)
    bus.close()
    bus.close()
    assert order == ["start sample", "start other", "stop other", "stop sample, which still answers: True"]
    record = json.loads(capsys.readouterr().err)
    assert (record["event"], record["plugin"]) == ("plugin_stop_failed", "other")
