"""Commands that only other commands call: for everybody else there are none."""

from __future__ import annotations

import pytest

from bus import AUTHENTICATED, INTERNAL, LOCAL, READ, Principal
from tests.bus.sample import TEXT, Sample

ANN = Principal("ann", scope=frozenset({"outer"}))


@pytest.fixture
def hidden(sample: Sample) -> Sample:
    """One that is internal, and one that calls it."""

    @sample.plugin.hook
    def bus_authenticate(token):
        return ANN

    @sample.command("inner", params=TEXT, result=TEXT, access=INTERNAL, effect=READ)
    def inner(ctx, text):
        return {"text": f"{text} from {ctx.principal.id}"}

    @sample.command("outer", params=TEXT, result=TEXT, access=AUTHENTICATED, effect=READ)
    def outer(ctx, text):
        return ctx.call("inner", {"text": text})

    return sample


def test_other_commands_call_it(hidden: Sample) -> None:
    """Whatever the scope of who called them."""
    assert hidden.open().call("outer", {"text": "hi"}, session_token="t").data == {"text": "hi from ann"}


@pytest.mark.parametrize("spelling", ["inner", "inner@1"])
@pytest.mark.parametrize("mode", ["sync", "queue"])
@pytest.mark.parametrize("token", [None, "t"])
def test_callers_are_told_what_they_are_told_of_no_command(
    hidden: Sample, spelling: str, mode: str, token: str | None
) -> None:
    bus = hidden.open()
    refused = bus.call(spelling, {"text": "x"}, mode=mode, session_token=token)
    unknown = bus.call("nothing", {"text": "x"}, mode=mode, session_token=token)
    assert (refused.command, refused.version, refused.code) == ("inner", None, unknown.code)
    assert refused.error["message"] == unknown.error["message"].replace("nothing", "inner")
    assert bus.submit_many("inner", [{"text": "x"}], session_token=token)[0].error == refused.error


def test_a_program_on_this_machine_may(hidden: Sample) -> None:
    """The command line of a plugin, say; no way in from outside calls this."""
    bus = hidden.open()
    assert bus.call_internal("inner", {"text": "hi"}).data == {"text": "hi from local"}
    assert bus.call_internal("inner").code == "VALIDATION_ERROR"
    assert bus.call("inner", {"text": "hi", "is_internal": True}).code == "UNKNOWN_COMMAND"


def test_it_is_not_on_the_lists(hidden: Sample) -> None:
    hidden.command("open", access=LOCAL)(lambda ctx: {})
    bus = hidden.open()
    names = {item["name"] for item in bus.call("command_list").data["items"]}
    assert ("open" in names, "inner" in names) == (True, False)
    assert bus.call("command_describe", {"command": "inner"}).code == "command_not_found"


def test_no_flow_and_no_schedule_of_a_caller_reaches_it(hidden: Sample) -> None:
    bus = hidden.open()
    steps = [{"name": "a", "command": "inner", "args": {"text": "x"}}]
    flow = bus.call("flow_start", {"name": "f", "steps": steps})
    assert (flow.code, "no plugin answers" in flow.error["message"]) == ("command_unfit", True)
    schedule = {"name": "s", "command": "inner", "args": {"text": "x"}, "cron": "* * * * *"}
    assert bus.call("schedule_add", schedule).code == "command_not_found"


def test_a_scope_keeps_a_session_to_its_commands(sample: Sample) -> None:
    scopes = {"one": {"read"}, "all": {"sample:*"}, "other": {"bus:*", "readx"}, "none": set()}

    @sample.plugin.hook
    def bus_authenticate(token):
        return Principal(token, is_operator=True, scope=frozenset(scopes[token]))

    for name in ("read", "write"):
        sample.command(name, access=AUTHENTICATED)(lambda ctx: {})
    bus = sample.open()
    codes = {
        token: [bus.call(name, session_token=token).code for name in ("read", "write", "system_health")]
        for token in scopes
    }
    no = "FORBIDDEN"
    assert codes == {"one": [None, no, no], "all": [None, None, no], "other": [no, no, None], "none": [no, no, no]}
