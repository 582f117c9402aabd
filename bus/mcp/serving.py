"""The life of ``bus mcp``: take the pipes, open the bus, speak the protocol until the input ends.

The end of the input, or SIGTERM, lets calls under way be answered; a second SIGTERM ends the process at once.

Not here: what is offered (bus/mcp/offer.py), how it looks (bus/mcp/tools.py).
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import anyio
from mcp import MCPError
from mcp.server.lowlevel import Server
from mcp.shared.message import SessionMessage
from mcp_types import INVALID_PARAMS, CallToolRequestParams, CallToolResult, ListToolsResult, Tool

from bus import logs
from bus.mcp.offer import LONGEST_NAME, Choice, Offer
from bus.mcp.pipes import Pipes
from bus.mcp.tools import result_of, tool_of
from bus.settings import Settings
from bus.stdio import TERMINATED, take_pipes

if TYPE_CHECKING:
    from bus.application import Bus

INSTRUCTIONS = (
    "Each tool is a command of a bus. The result is an envelope: with ok true the answer stands in data, with ok "
    "false error.code says why there is none. A tool that answers with a job was queued."
)


def run(choice: Choice) -> int:
    """Serve standard input until it ends, and return the exit status.

    Raises:
        SetupError: the bus cannot be opened, or there is no standard input or output.
    """
    source, target = take_pipes()
    from bus.application import Bus  # after the pipes: loading plugins runs code that may print

    settings = Settings.from_environment()
    logs.configure(settings.log_level, settings.log_format)
    logs.take_over()
    with Bus.open(settings=settings) as bus:
        return asyncio.run(_serve(server_of(bus, choice), source, target, settings.max_request_bytes))


async def _serve(server: Server[Any], source: int, target: int, max_bytes: int) -> int:
    pipes = Pipes(source, target, max_bytes)
    was_terminated = _stop_on_sigterm(pipes)
    to_server, requests = anyio.create_memory_object_stream[SessionMessage | Exception]()
    to_caller, answers = anyio.create_memory_object_stream[SessionMessage]()
    try:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(pipes.feed, to_server)
            tasks.start_soon(pipes.drain, answers)
            await server.run(requests, to_caller, server.create_initialization_options())
            tasks.cancel_scope.cancel()
    except* BrokenPipeError:  # nobody reads the answers any more
        pass
    return TERMINATED if was_terminated() else 0


def server_of(bus: Bus, choice: Choice) -> Server[Any]:
    """The protocol's server for what is offered of a bus."""
    offer = Offer(bus, choice)

    async def list_tools(_context: Any, _params: Any) -> ListToolsResult:
        return ListToolsResult(tools=await asyncio.to_thread(_described, offer))

    async def call_tool(_context: Any, params: CallToolRequestParams) -> CallToolResult:
        command = (await asyncio.to_thread(offer.tools)).get(params.name)
        if command is None:
            raise MCPError(
                INVALID_PARAMS, f"there is no tool {params.name[:LONGEST_NAME]!r}; tools/list names those there are"
            )
        return result_of(await bus.acall(command.name, params.arguments, session_token=choice.session_token))

    return Server(
        "charterbus",
        version=version("charterbus"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _described(offer: Offer) -> list[Tool]:
    return [tool_of(name, command) for name, command in offer.tools().items()]


def _stop_on_sigterm(pipes: Pipes) -> Callable[[], bool]:
    """Let SIGTERM end the reading; a second one ends the process. Tells whether it came."""
    received: list[int] = []
    loop = asyncio.get_running_loop()

    def stop() -> None:
        received.append(signal.SIGTERM)
        loop.remove_signal_handler(signal.SIGTERM)
        pipes.stop()

    loop.add_signal_handler(signal.SIGTERM, stop)
    return lambda: bool(received)
