"""``bus stdio`` as another program meets it: a process with two pipes."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bus import stdio as stdio_module
from bus.envelope import Envelope, Request
from bus.lines import Answers, Lines
from bus.settings import Settings
from bus.testing import wait_until
from tests.bus.installable import install_sample

KEYS = ["ok", "command", "version", "data", "error", "warnings", "correlation_id", "job"]
MEGABYTE = 2**20


class Stdio:
    """A running ``bus stdio``."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bus", "stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=folder,
        )
        assert self.process.stdin
        assert self.process.stdout
        assert self.process.stderr
        self.stdin, self.stdout = self.process.stdin, self.process.stdout
        self.stderr = b""
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def write(self, *lines: Any) -> None:
        """Send lines: bytes as they are, anything else as JSON."""
        texts = [
            line if isinstance(line, bytes) else json.dumps(line, separators=(",", ":")).encode() for line in lines
        ]
        self.stdin.write(b"".join(text + b"\n" for text in texts))
        self.stdin.flush()

    def read(self) -> dict[str, Any]:
        """The next envelope."""
        line = self.stdout.readline()
        assert line.endswith(b"\n"), (line, self.process.poll(), self.stderr)
        return json.loads(line)

    def ask(self, line: Any) -> dict[str, Any]:
        """Send one line and read its envelope."""
        self.write(line)
        return self.read()

    def end(self) -> int:
        """Close its input, see that nothing more comes, and return the exit status."""
        self.stdin.close()
        assert self.stdout.read() == b""
        return self.wait()

    def wait(self) -> int:
        """The exit status."""
        status = self.process.wait(60)
        self._listener.join()
        return status

    def _listen(self) -> None:
        assert self.process.stderr
        with self.process.stderr as stderr:
            for line in stderr:
                self.stderr += line

    def close(self) -> None:
        """Kill it, should it still run."""
        if self.process.poll() is None:
            self.process.kill()
        self.wait()
        with contextlib.suppress(BrokenPipeError):
            self.stdin.close()
        self.stdout.close()


@pytest.fixture
def environment(clean_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    return clean_environment | install_sample(tmp_path / "sample")


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Stdio]]:
    """Start a ``bus stdio``; keywords are further variables. It is killed at the end, should it still run."""
    started: list[Stdio] = []

    def begin(**variables: str) -> Stdio:
        started.append(Stdio(environment | variables, tmp_path))
        return started[-1]

    yield begin
    for stdio in started:
        stdio.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stdio]:
    """One process for all tests that a good process survives, each of them."""
    folder = tmp_path_factory.mktemp("shared")
    variables = {"HOME": str(folder), "BUS_HOME": str(folder / "home"), **install_sample(folder / "sample")}
    stdio = Stdio(variables, folder)
    yield stdio
    assert stdio.end() == 0, stdio.stderr
    stdio.close()


def test_a_request_gets_an_envelope(shared: Stdio) -> None:
    envelope = shared.ask({"command": "sample_echo", "args": {"value": "ü\u2028\x7f😀"}})
    assert list(envelope) == KEYS
    assert envelope["ok"] is True
    assert envelope["data"] == {"value": "ü\u2028\x7f😀"}


def test_answers_come_in_order_with_their_ids(shared: Stdio) -> None:
    ids = [*range(2_000), "x", None, 2**80, 1.5, [1], {"a": 1}]
    writer = threading.Thread(target=lambda: shared.write(*({"command": "sample_echo", "id": one} for one in ids)))
    writer.start()
    assert [shared.read()["id"] for _ in ids] == ids
    writer.join()


def test_output_is_utf_8_as_it_stands(shared: Stdio) -> None:
    shared.write({"command": "sample_echo", "args": {"value": "ü"}})
    assert '"ü"'.encode() in shared.stdout.readline()


def test_empty_lines_are_skipped(shared: Stdio) -> None:
    shared.write(b"", b"  \t\r", b'{"command":"sample_echo","id":1}\r', b"", {"command": "sample_echo", "id": 2})
    assert [shared.read()["id"], shared.read()["id"]] == [1, 2]


@pytest.mark.parametrize(
    "line",
    [
        *(b"nope", b"[]", b"1", b'"x"', b"null", b"{", b"\xff\xfe", b"[" * 500, b'{"command":"sample_echo","id":NaN}'),
        *(b'{"command":"\\ud800"}', b'{"command":"sample_echo","command":"sample_echo"}', b'{"a":1e999}', b"\0"),
    ],
)
def test_a_line_that_is_no_request_is_answered(shared: Stdio, line: bytes) -> None:
    envelope = shared.ask(line)
    assert list(envelope) == ["id", *KEYS]
    assert (envelope["id"], envelope["ok"], envelope["error"]["code"]) == (None, False, "VALIDATION_ERROR")


def test_a_lone_surrogate_is_refused_by_its_place_under_the_id_of_its_line(shared: Stdio) -> None:
    envelope = shared.ask(b'{"command":"sample_echo","args":{"value":"\\ud800"},"id":[7]}')
    assert (envelope["id"], envelope["command"], envelope["ok"]) == ([7], "sample_echo", False)
    assert envelope["error"]["code"] == "VALIDATION_ERROR"
    assert list(envelope["error"]["details"]["fields"]) == ["args.value"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("command", wrong) for wrong in (5, None, "", [], {"a": 1}, "a\0b", "x" * 201)],
        *[("version", wrong) for wrong in ("1", 1.0, True, 0, [], 10**30)],
        *[("args", wrong) for wrong in ([], "x", 5, False)],
        *[("idempotency_key", wrong) for wrong in (5, "", "\0", "x" * 201)],
        *[("mode", wrong) for wrong in ("later", 5, True)],
        *[(name, wrong) for name in ("delay_ms", "run_at", "priority") for wrong in ("5", 1.5, True, 10**30)],
        ("idempotencykey", "k"),
    ],
)
def test_a_wrong_member_is_named(shared: Stdio, name: str, value: Any) -> None:
    envelope = shared.ask({"command": "sample_echo", "id": 7, name: value})
    assert (envelope["id"], envelope["error"]["code"]) == (7, "VALIDATION_ERROR")
    assert list(envelope["error"]["details"]["fields"]) == [name]
    assert envelope["command"] == (None if name == "command" else "sample_echo")


def test_unknown_commands_and_versions_are_told_apart(shared: Stdio) -> None:
    assert shared.ask({"command": "nobody"})["error"]["code"] == "UNKNOWN_COMMAND"
    assert shared.ask({"command": "sample_echo", "version": 9})["error"]["code"] == "UNKNOWN_VERSION"
    assert shared.ask({"command": "sample_echo@9"})["error"]["code"] == "UNKNOWN_VERSION"
    assert shared.ask({"command": "sample_echo@1", "version": 2})["error"]["code"] == "VALIDATION_ERROR"


def test_nesting_beyond_the_limit_is_too_large(shared: Stdio) -> None:
    for depth in (101, 1_000, 10_000):
        line = b'{"command":"sample_echo","args":{"value":%b}}' % (b"[" * depth + b"]" * depth)
        assert shared.ask(line)["error"]["code"] == "PAYLOAD_TOO_LARGE"


def test_a_million_wrong_items_are_answered(shared: Stdio) -> None:
    for count, code in ((1_000_000, "PAYLOAD_TOO_LARGE"), (50_000, "VALIDATION_ERROR")):
        envelope = shared.ask({"command": "sample_kinds", "args": {"wholes": ["x"] * count}})
        assert envelope["error"]["code"] == code
        assert len(json.dumps(envelope)) < 100_000


def test_values_that_a_column_cannot_hold_are_refused(shared: Stdio) -> None:
    for name, value in (("text", b'"\\u0000"'), ("whole", b"18446744073709551616"), ("whole", b"-9223372036854775809")):
        envelope = shared.ask(b'{"command":"sample_kinds","args":{"%b":%b}}' % (name.encode(), value))
        assert envelope["error"]["code"] == "VALIDATION_ERROR"
        assert name in envelope["error"]["details"]["fields"]


def test_a_failing_handler_is_answered_without_inner_detail(shared: Stdio) -> None:
    envelope = shared.ask({"command": "sample_fail", "correlation_id": "find-me"})
    assert envelope["error"]["code"] == "HANDLER_ERROR"
    assert "foresaw" not in json.dumps(envelope)
    record = wait_until(
        lambda: next((line for line in shared.stderr.splitlines() if b"find-me" in line and b"foresaw" in line), None)
    )
    assert record
    assert "Traceback" in json.loads(record)["exception"]


def test_a_line_above_the_limit_is_skipped_in_little_memory(shared: Stdio) -> None:
    shared.ask({"command": "sample_echo"})
    before = _peak_kib(shared.process.pid)
    text = b"x" * MEGABYTE

    def write() -> None:
        shared.stdin.write(b'{"command":"sample_echo","args":{"value":"')
        for _ in range(100):
            shared.stdin.write(text)
        shared.write(b'"}}', {"command": "sample_echo", "id": "after"})

    writer = threading.Thread(target=write)
    writer.start()
    envelope = shared.read()
    assert (envelope["id"], envelope["error"]["code"]) == (None, "PAYLOAD_TOO_LARGE")
    assert envelope["error"]["details"] == {"max_bytes": 4 * MEGABYTE}
    assert shared.read()["id"] == "after"
    writer.join()
    assert _peak_kib(shared.process.pid) - before < 16 * 1024


def test_a_handler_cannot_disturb_the_answers(start: Callable[..., Stdio]) -> None:
    stdio = start()
    stdio.write({"command": "sample_noise", "id": 1}, {"command": "sample_echo", "id": 2})
    first, second = stdio.read(), stdio.read()
    assert (first["id"], first["ok"], second["id"]) == (1, True, 2), first
    assert stdio.end() == 0
    places = (b"while the plugin is imported", b"on stdout", b"on the first stdout", b"on descriptor 1", b"of a shell")
    for place in places:
        assert b"noise " + place in stdio.stderr


def test_an_answer_does_not_wait_for_the_next_command(start: Callable[..., Stdio], tmp_path: Path) -> None:
    stdio = start()
    begun, end = tmp_path / "begun", tmp_path / "end"
    wait = {"command": "sample_wait", "args": {"begun": str(begun), "end": str(end)}, "id": 2}
    stdio.write({"command": "sample_echo", "id": 1}, wait, {"command": "sample_echo", "id": 3})
    assert stdio.read()["id"] == 1
    end.touch()
    assert [stdio.read()["id"], stdio.read()["id"]] == [2, 3]
    assert stdio.end() == 0


def test_the_end_of_input_answers_what_is_left_and_ends_well(start: Callable[..., Stdio]) -> None:
    stdio = start()
    stdio.stdin.write(b'{"command":"sample_echo","id":1}\n\n{"command":"sample_echo","id":2}')
    stdio.stdin.close()
    assert [json.loads(line)["id"] for line in stdio.stdout] == [1, 2]
    assert stdio.wait() == 0


def test_sigterm_lets_the_line_in_hand_be_answered(start: Callable[..., Stdio], tmp_path: Path) -> None:
    stdio = start()
    begun, end = tmp_path / "begun", tmp_path / "end"
    wait = {"command": "sample_wait", "args": {"begun": str(begun), "end": str(end)}, "id": 1}
    stdio.write(wait, {"command": "sample_echo", "id": 2})
    wait_until(begun.exists, 30)
    stdio.process.send_signal(signal.SIGTERM)
    end.touch()
    assert stdio.read()["id"] == 1
    assert stdio.stdout.read() == b""
    assert stdio.wait() == 143


def test_sigterm_ends_a_process_that_waits_for_input(start: Callable[..., Stdio]) -> None:
    stdio = start()
    stdio.ask({"command": "sample_echo"})
    stdio.process.terminate()
    assert stdio.wait() == 143
    assert b"Traceback" not in stdio.stderr


def test_an_interrupt_ends_it_without_a_traceback(start: Callable[..., Stdio]) -> None:
    stdio = start()
    stdio.ask({"command": "sample_echo"})
    stdio.process.send_signal(signal.SIGINT)
    assert stdio.wait() == 130
    assert b"Traceback" not in stdio.stderr


def test_it_ends_quietly_when_nobody_reads(start: Callable[..., Stdio]) -> None:
    stdio = start()
    stdio.ask({"command": "sample_echo"})
    stdio.stdout.close()
    stdio.write({"command": "sample_echo"})
    assert stdio.wait() == 0
    assert b"Traceback" not in stdio.stderr
    assert b"Broken" not in stdio.stderr


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"BUS_MAX_DEPTH": "x"}, b"bus: BUS_MAX_DEPTH is 'x' but must be a whole number from 10 to 500"),
        ({"BUS_DATABASE_URL": "mysql://u:hunter2@h/d"}, b"bus: BUS_DATABASE_URL is 'mysql://u:***@h/d' but must be"),
        ({"BUS_HOME": "/dev/null/x"}, b"bus: "),
    ],
)
def test_a_wrong_set_up_is_one_sentence(
    start: Callable[..., Stdio], variables: dict[str, str], sentence: bytes
) -> None:
    stdio = start(**variables)
    assert stdio.end() == 1
    shown = stdio.stderr.replace(b"noise while the plugin is imported\n", b"")
    assert shown.startswith(sentence)
    assert shown.count(b"\n") == 1
    assert b"Traceback" not in shown


def test_it_says_when_it_has_no_streams(environment: dict[str, str], tmp_path: Path) -> None:
    for redirection in ("<&-", ">&-"):
        command = f"exec {sys.executable} -m bus stdio {redirection}"
        done = subprocess.run(
            ["sh", "-c", command],
            env=environment,
            cwd=tmp_path,
            input=b"",
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 1
        assert done.stderr.startswith(b"bus: this needs an open standard input and output")


def serve(answer: Callable[[Request], Envelope], *lines: bytes) -> list[dict[str, Any]]:
    """What the loop writes for these lines with a bus that answers so."""
    source, target = os.pipe(), os.pipe()
    os.write(source[1], b"\n".join(lines))
    os.close(source[1])
    stdio_module.serve(answer, Lines(source[0], MEGABYTE), Answers(target[1]), Settings())
    os.close(target[1])
    with os.fdopen(source[0]), os.fdopen(target[0], "rb") as written:
        return [json.loads(line) for line in written]


def test_a_fault_in_the_bus_itself_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_request: Request) -> Envelope:
        raise RuntimeError("a fault")

    (envelope,) = serve(fail, b'{"command":"x","id":1,"correlation_id":"c"}')
    assert (envelope["id"], envelope["command"], envelope["correlation_id"]) == (1, "x", "c")
    assert envelope["error"]["code"] == "HANDLER_ERROR"
    assert "RuntimeError: a fault" in json.loads(capsys.readouterr().err)["exception"]


@pytest.mark.parametrize("data", [{"a": object()}, {"a": "\ud800"}, {"a": 2**64, "b": float("nan")}])
def test_an_answer_that_is_no_json_is_answered(capsys: pytest.CaptureFixture[str], data: dict[str, Any]) -> None:
    good, bad = (Envelope(True, "x", 1, data, None, f"c{id}", id=id) for id, data in enumerate(({}, data)))
    answers = iter((bad, good))
    first, second = serve(lambda _request: next(answers), b'{"command":"x"}', b'{"command":"x"}')
    assert (first["id"], first["command"], first["error"]["code"]) == (1, "x", "HANDLER_ERROR")
    assert second == good.to_dict()
    assert "its answer is no JSON" in capsys.readouterr().err


def _peak_kib(pid: int) -> int:
    """The most memory a process has ever had resident, KiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0])
