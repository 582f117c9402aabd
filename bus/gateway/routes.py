"""Every route of the gateway but the hot path, as a Starlette application.

Paths and methods that are not ours get a short plain answer.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bus.gateway import health
from bus.gateway.catalogue import Catalogue
from bus.gateway.commands import command_reply
from bus.gateway.dispatching import batch_reply, dispatch_reply
from bus.gateway.events import stream_events
from bus.gateway.jobs import job_reply
from bus.gateway.replies import Reply, plain, send_reply

if TYPE_CHECKING:
    from bus.gateway.application import Gateway

Endpoint = Callable[[Any, Any, Any], Awaitable[None]]


def routes(gateway: Gateway) -> Starlette:
    """The application."""
    bus = gateway.bus

    catalogue = Catalogue(bus)

    def shown(answer: Callable[..., Reply], *args: str) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            return _response(await gateway.answer(answer, request.scope, *args))

        return endpoint

    async def page(request: Request) -> Response:
        return _response(await gateway.answer(catalogue.page, request.scope, request.path_params["path"]))

    async def livez(_request: Request) -> Response:
        return _response(health.livez())

    async def readyz(_request: Request) -> Response:
        ready = functools.partial(health.readyz, bus, is_draining=gateway.is_draining)
        return _response(await gateway.answer(ready))

    async def job(request: Request) -> Response:
        return _response(await job_reply(gateway, request.scope, request.path_params["job_id"]))

    paths = [
        Route("/commands", shown(catalogue.commands)),
        Route("/commands/{name:path}", _Command(gateway, catalogue), methods=["GET", "POST"]),
        Route("/dispatch", _Posted(gateway, dispatch_reply), methods=["POST"]),
        Route("/dispatch/batch", _Posted(gateway, batch_reply), methods=["POST"]),
        Route("/jobs/{job_id}", job),
        Route("/jobs/{job_id}/events", _Events(gateway), methods=["GET"]),
        Route("/openapi.json", shown(catalogue.document, "openapi")),
        Route("/asyncapi.json", shown(catalogue.document, "asyncapi")),
        Route("/docs", shown(catalogue.page, "")),
        Route("/docs/{path:path}", page),
        Route("/livez", livez),
        Route("/readyz", readyz),
    ]
    application = Starlette(routes=paths, exception_handlers={HTTPException: _not_ours})
    application.router.redirect_slashes = False  # a command that is sent twice could run twice
    return application


class _Posted:
    """An endpoint that reads the body as the hot path does.

    Args:
        gateway: reads it.
        answer: takes the bus, the scope, parts of the path and the body.
        parts: names of the parts of the path.
    """

    def __init__(self, gateway: Gateway, answer: Callable[..., Reply], *parts: str) -> None:
        self._gateway = gateway
        self._answer = answer
        self._parts = parts

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        parts = [scope["path_params"][name] for name in self._parts]
        await self._gateway.post(scope, receive, send, self._answer, *parts)


class _Command:
    """A command: described, or run where the hot path was missed because the gateway is mounted below a path."""

    def __init__(self, gateway: Gateway, catalogue: Catalogue) -> None:
        self._gateway = gateway
        self._catalogue = catalogue
        self._posted = _Posted(gateway, command_reply, "name")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["method"] == "POST":
            await self._posted(scope, receive, send)
            return
        name = scope["path_params"]["name"]
        await send_reply(await self._gateway.answer(self._catalogue.command, scope, name), send)


class _Events:
    """The endpoint that goes on: events of a job."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        reply = await stream_events(self._gateway, scope["path_params"]["job_id"], scope, receive, send)
        if reply is not None:
            await send_reply(reply, send)


def _response(reply: Reply) -> Response:
    response = Response(reply.body, reply.status)
    response.raw_headers = reply.headers
    return response


async def _not_ours(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentences = {404: "there is nothing at this path", 405: "this path does not take this method"}
    headers = [(name.lower().encode(), value.encode()) for name, value in (error.headers or {}).items()]
    return _response(plain(error.status_code, sentences.get(error.status_code, error.detail), *headers))
