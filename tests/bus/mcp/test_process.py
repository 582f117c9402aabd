"""``bus mcp`` as a program that speaks the protocol meets it: the kit's own client, and bare lines."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, MCPError, StdioServerParameters, stdio_client

from bus.testing import wait_until
from tests.bus.gateway.web_server import WebServer
from tests.bus.installable import install_sample

KEYS = ["ok", "command", "version", "data", "error", "warnings", "correlation_id", "job"]
#: What opens a connection of the handshake's kind.
HELLO = (
    {
        "jsonrpc": "2.0",
        "id": 0,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    },
    {"jsonrpc": "2.0", "method": "notifications/initialized"},
)


@pytest.fixture
def environment(clean_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    return clean_environment | install_sample(tmp_path / "sample")


def calling(name: str, arguments: dict[str, Any], number: int = 1) -> dict[str, Any]:
    params = {"name": name, "arguments": arguments}
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "bus", "mcp", *arguments]
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)


def lines(*messages: Any) -> bytes:
    return b"".join((one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n" for one in messages)


def with_client(
    environment: dict[str, str], tmp_path: Path, use: Callable[[Client], Awaitable[None]], *arguments: str
) -> str:
    """Let the kit's client use a process; what that wrote to standard error."""
    parameters = StdioServerParameters(command=sys.executable, args=["-m", "bus", "mcp", *arguments], env=environment)

    async def session(errors: Any) -> None:
        async with Client(stdio_client(parameters, errlog=errors)) as client:
            await use(client)

    with (tmp_path / "errors").open("w+") as errors:
        asyncio.run(session(errors))
    return (tmp_path / "errors").read_text()


def test_the_kits_client_lists_and_calls_what_reads(environment: dict[str, str], tmp_path: Path) -> None:
    async def use(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert {"sample_echo", "sample_kinds", "job_get", "system_health"} <= tools.keys()
        assert tools.keys().isdisjoint(("sample_fail", "job_cancel", "worker_count"))
        kinds = tools["sample_kinds"]
        assert (kinds.description or "").startswith("Answer arguments of every kind.")
        assert kinds.input_schema["properties"]["queue"]["enum"] == ["a", "b"]
        assert kinds.annotations is not None
        assert kinds.annotations.read_only_hint

        well = await client.call_tool("sample_echo", {"value": {"ü": [1, None]}})
        assert (well.is_error, list(well.structured_content)) == (False, KEYS)
        assert well.structured_content["data"] == {"value": {"ü": [1, None]}}
        assert json.loads(well.content[0].text) == well.structured_content  # type: ignore[union-attr]

        wrong = await client.call_tool("sample_kinds", {"whole": "x", "nom": 1})
        assert wrong.is_error
        assert wrong.structured_content["error"]["code"] == "VALIDATION_ERROR"
        assert sorted(wrong.structured_content["error"]["details"]["fields"]) == ["nom", "whole"]

        assert not (await client.call_tool("sample_noise")).is_error
        for unknown in ("sample_fail", "nobody", "worker_count", "sample_echo@1"):
            with pytest.raises(MCPError, match=f"there is no tool '{unknown}'"):
                await client.call_tool(unknown, {})

    errors = with_client(environment, tmp_path, use)
    for noise in ("while the plugin is imported", "on stdout", "on descriptor 1", "of a shell"):
        assert f"noise {noise}" in errors


def test_what_writes_what_is_left_out_and_who_calls_is_the_operators_choice(tmp_path: Path) -> None:
    async def use(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools.keys() == {"house_add", "house_fail", "house_mine"}
        annotations = tools["house_add"].annotations
        assert annotations is not None
        assert (annotations.read_only_hint, annotations.destructive_hint) == (False, True)
        assert (await client.call_tool("house_add", {"text": "tea"})).structured_content["data"] == {"count": 1}
        assert (await client.call_tool("house_mine")).structured_content["data"]["id"] == "ann"
        failed = await client.call_tool("house_fail")
        assert (failed.is_error, failed.structured_content["error"]["code"]) == (True, "HANDLER_ERROR")

    environment = WebServer(tmp_path, BUS_MCP_SESSION_TOKEN="ann's")._environment
    # The last one is for operators, and Ann is none.
    allowed = ("house_a*", "house_fail", "house_mine", "house_steer")
    arguments = ("--allow-writes", *(word for name in allowed for word in ("--allow", name)))
    assert "nobody foresaw this" in with_client(environment, tmp_path, use, *arguments)


def test_what_was_asked_is_answered_though_lines_are_broken_and_the_input_has_ended(
    environment: dict[str, str],
) -> None:
    bad = (b"nonsense", b"\xff", b"[]", b'"' + b"x" * 2**21 + b'"', b"")
    asked = [calling("sample_echo", {"value": number}, number) for number in range(1, 21)]
    process = start(environment | {"BUS_MAX_REQUEST_BYTES": str(2**20)})
    output, errors = process.communicate(lines(*HELLO, *bad, *asked), timeout=60)
    assert process.returncode == 0, errors
    answers = {one.get("id"): one.get("result") for one in map(json.loads, output.splitlines())}
    assert answers[0]["serverInfo"]["name"] == "charterbus"
    assert [answers[number]["structuredContent"]["data"]["value"] for number in range(1, 21)] == list(range(1, 21))


def test_sigterm_lets_the_call_under_way_be_answered(environment: dict[str, str], tmp_path: Path) -> None:
    files = {"begun": str(tmp_path / "begun"), "end": str(tmp_path / "end")}
    process = start(environment)
    assert process.stdin
    process.stdin.write(lines(*HELLO, calling("sample_wait", files)))
    process.stdin.flush()
    wait_until((tmp_path / "begun").exists, 30)
    process.send_signal(signal.SIGTERM)
    (tmp_path / "end").touch()
    assert process.stdout
    answers = [json.loads(line) for line in process.stdout]
    assert answers[-1]["result"]["structuredContent"]["ok"]
    assert process.wait(60) == 128 + signal.SIGTERM
    process.communicate()


def test_without_the_kit_one_sentence_says_what_to_install(run_python: Callable[..., Any]) -> None:
    program = "import sys; sys.modules['mcp'] = None; from bus.cli.entry import run; sys.exit(run(['mcp']))"
    done = run_python(program, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "bus: bus mcp needs the package mcp; install it with: pip install 'charterbus[mcp]'\n"
