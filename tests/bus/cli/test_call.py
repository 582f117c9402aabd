"""``bus call``: arguments from options, JSON and standard input; an envelope out; an exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bus.cli.entry import FAILED, OK, WRONG_USAGE
from tests.bus.cli.conftest import Bus


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch, bus: Bus) -> None:
    """The plugin that provides the queue is loaded too."""
    monkeypatch.setenv("BUS_PLUGINS_ALLOW", "sample,workers")


def given(bus: Bus, *arguments: str, stdin: bytes = b""):
    """What the handler got."""
    printed = bus("call", "sample_kinds", *arguments, stdin=stdin)
    assert printed.status == OK, printed
    return printed.json["data"]["given"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), {"text": "tea"}),
        (("--text", "7"), {"text": "7"}),
        (("--text", ""), {"text": ""}),
        (("--whole", "-5"), {"text": "tea", "whole": -5}),
        (("--whole=9223372036854775807",), {"text": "tea", "whole": 2**63 - 1}),
        (("--number", "5"), {"text": "tea", "number": 5}),
        (("--number", "-1.50e1"), {"text": "tea", "number": -15.0}),
        (("--is-flag",), {"text": "tea", "isFlag": True}),
        (("--no-is-flag",), {"text": "tea", "isFlag": False}),
        (("--texts", "a", "--texts", "b"), {"text": "tea", "texts": ["a", "b"]}),
        (("--wholes", "1"), {"text": "tea", "wholes": [1]}),
        (("--thing", '{"a":[1.0,null]}'), {"text": "tea", "thing": {"a": [1.0, None]}}),
        (("--things", "{}", "--things", '{"a":1}'), {"text": "tea", "things": [{}, {"a": 1}]}),
        (("--arg-queue", "a"), {"text": "tea", "queue": "a"}),
        (("--isFlag",), {"text": "tea", "isFlag": True}),
        (("--json", '{"text":"x"}', "--whole", "1"), {"text": "x", "whole": 1}),
    ],
)
def test_options_are_made_from_the_contract(bus: Bus, arguments, expected) -> None:
    found = given(bus, *arguments)
    assert repr(sorted(found.items())) == repr(sorted(expected.items()))


@pytest.mark.parametrize("arguments", [("-",), ("--json", "-")])
def test_a_dash_reads_standard_input(bus: Bus, arguments) -> None:
    assert given(bus, *arguments, stdin='{"text":"ü"}'.encode()) == {"text": "ü"}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--whole", "five"), "'five' is not a whole number"),
        (("--whole", "1.0"), "'1.0' is not a whole number"),
        (("--number", "nan"), "'nan' is not a number"),
        (("--number", "1e"), "'1e' is not a number"),
        (("--thing", "{"), "the text is not valid JSON"),
        (("--json", "[]"), "The arguments must be a JSON object."),
        (("--json", '{"a":1,"a":2}'), "the text gives the member 'a' twice"),
        (("--json", '{"text":"x"}', "--text", "y"), "Given twice, in JSON and as an option: text."),
        (("word",), "Got unexpected argument 'word'"),
        (("-", "--json", "{}"), "Got unexpected argument '-'"),
        (("--nonsense",), "No such option"),
        (("--output", "xml"), "'xml' is not one of 'json', 'pretty'"),
        (("--version", "x"), "'x' is not a whole number"),
    ],
)
def test_a_wrong_command_line_is_a_matter_of_usage(bus: Bus, arguments, why) -> None:
    status, out, err = bus("call", "sample_kinds", *arguments)
    assert (status, out) == (WRONG_USAGE, "")
    assert why in err


def test_what_the_contract_refuses_is_an_answer(bus: Bus) -> None:
    for arguments in (["--arg-queue", "c"], ["--whole", str(2**63)], ["--json", '{"text":null}']):
        printed = bus("call", "sample_kinds", *arguments)
        assert printed.status == FAILED
        assert printed.json["error"]["code"] == "VALIDATION_ERROR"


def test_help_shows_arguments_and_what_is_known_of_them(bus: Bus) -> None:
    status, out, _ = bus("call", "sample_kinds", "--help")
    assert status == OK
    for text in ("Answer arguments of every kind.", "--text TEXT", "What to drink. Default: tea.", "--whole INTEGER"):
        assert text in out
    for text in ("--is-flag / --no-is-flag", "Repeatable.", "--thing JSON", "One of: a, b.", "--wait", "--output"):
        assert text in out


def test_unknown_commands_and_versions_are_answers(bus: Bus) -> None:
    for arguments, code in (
        (["nobody", "--a", "1", "b", "-"], "UNKNOWN_COMMAND"),
        (["sample_echo", "--version", "9"], "UNKNOWN_VERSION"),
        (["sample_echo", "--version=9", "--value", "1"], "UNKNOWN_VERSION"),
        (["sample_echo@9"], "UNKNOWN_VERSION"),
    ):
        printed = bus("call", *arguments)
        assert (printed.status, printed.json["error"]["code"]) == (FAILED, code)
    assert bus("call", "sample_echo@1", "--version", "1").status == OK


def test_members_of_the_request_are_options(bus: Bus) -> None:
    assert bus("call", "sample_echo", "--correlation-id", "c-1").json["correlation_id"] == "c-1"
    printed = bus("call", "sample_echo", "--idempotency-key", "")
    assert printed.json["error"]["details"]["fields"] == {"idempotency_key": ["must have 1 to 200 characters"]}


def test_what_a_handler_prints_stays_out_of_the_data(bus: Bus) -> None:
    printed = bus("call", "sample_print")
    assert printed.json["ok"] is True
    assert "printed by a handler" in printed.err


def test_a_command_can_be_queued(bus: Bus, queue) -> None:
    printed = bus("call", "sample_fail", "--queue", "--delay-ms", "3600000", "--priority", "3")
    assert printed.status == OK
    job = printed.json["job"]
    found = bus("call", "job_get", "--job-id", job["id"]).json["data"]["job"]
    assert (found["state"], found["priority"]) == ("scheduled", 3)


def test_waiting_has_an_end(bus: Bus, queue) -> None:
    printed = bus("call", "sample_fail", "--wait", "--timeout-ms", "20")
    envelope = printed.json
    assert printed.status == FAILED
    assert (envelope["error"]["code"], envelope["job"]["state"]) == ("TIMEOUT", "queued")
    assert bus("call", "job_get", "--job-id", envelope["job"]["id"]).status == OK


def test_waiting_brings_the_jobs_envelope(bus: Bus, queue, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that is cancelled meanwhile has ended like any other."""
    from bus.application import Bus as Application

    wait = Application.wait

    def cancel_and_wait(self, job_id, **options):
        self.call("job_cancel", {"job_id": job_id})
        return wait(self, job_id, **options)

    monkeypatch.setattr(Application, "wait", cancel_and_wait)
    envelope = bus("call", "sample_fail", "--wait").json
    assert (envelope["error"]["code"], envelope["job"]["state"]) == ("CANCELLED", "cancelled")


def test_waiting_for_a_real_worker(bus: Bus, queue, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "sample"), "BUS_WORKER_PROCESSES": "1"}
    worker = subprocess.Popen([sys.executable, "-m", "bus", "worker"], env=environment, stderr=subprocess.DEVNULL)
    try:
        printed = bus("call", "sample_kinds", "--text", "x", "--wait", "--timeout-ms", "60000")
    finally:
        worker.terminate()
        status = worker.wait(60)
    envelope = printed.json
    assert (printed.status, status) == (OK, 0)
    assert (envelope["data"], envelope["job"]["state"]) == ({"given": {"text": "x"}}, "succeeded")


def test_output_is_readable_for_people(bus: Bus, terminal) -> None:
    status, out, _ = bus("call", "sample_echo", "--value", '{"a":"\u009b31m[bold]x"}', "--correlation-id", "c-1")
    assert status == OK
    assert out.splitlines()[0].split() == ["ok", "sample_echo@1", "c-1"]
    assert '"a": "\\x9b31m[bold]x"' in out
    status, out, _ = bus("call", "sample_kinds", "--json", '{"whole":"x"}')
    assert status == FAILED
    assert out.splitlines()[0].split()[:3] == ["failed", "sample_kinds@1", "VALIDATION_ERROR"]
    assert "whole: must be a whole number" in out


def test_output_can_be_chosen(bus: Bus, terminal) -> None:
    assert json.loads(bus("call", "sample_echo", "--output", "json").out)["ok"] is True


def test_pretty_output_in_a_pipe_has_no_colours(bus: Bus) -> None:
    out = bus("call", "sample_echo", "--value", "[1]", "--output", "pretty").out
    assert "\x1b" not in out
    assert out.startswith("ok     sample_echo@1")


def test_broken_plugins_are_named_where_a_command_is_missing(
    bus: Bus, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setenv("BUS_PLUGINS_ALLOW", "sample,bad")
    information = tmp_path / "sample" / "bad-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: bad\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[bus.plugins]\nbad = no_such_module:bad\n")
    printed = bus("call", "bad_command")
    assert printed.json["error"]["code"] == "UNKNOWN_COMMAND"
    assert "bus: the plugin bad is left out: " in printed.err
    assert "bus: the plugin bad is left out: " in bus("commands").err


def test_what_travels_whole_is_answered_as_accepted(open_bus):
    """There is no job to wait for: nobody keeps its answer."""
    from bus.cli.call import _awaited

    with open_bus("sqlite://", plugins=[]) as opened:
        accepted = opened.call("system_health")
        accepted.job = {"id": "01a20147-a341-76e0-ac6a-b114569f49cc", "state": "queued"}

        assert _awaited(opened, accepted, 1_000) is accepted
