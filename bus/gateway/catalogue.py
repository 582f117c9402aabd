"""What there is to call: ``/commands``, ``/commands/{name}``, the documents made of the contracts, and their pages.

Everything here shows what the commands ``command_list`` and ``command_describe`` show, to whom they show it: to
everybody where the documents are open, else to whoever has a session.

Not here: making the documents (bus/documents).
"""

from __future__ import annotations

import hashlib
import ipaddress
import threading
from typing import TYPE_CHECKING, Any

from bus.envelope import Envelope
from bus.errors import InvalidArguments
from bus.gateway.commands import answered
from bus.gateway.headers import Head, read_head
from bus.gateway.queries import read_query, whole
from bus.gateway.replies import JSON, NO_SNIFF, Reply, plain, reply, sized
from bus.requests import MAX_INT32, refused_envelope
from bus.wire import encode

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.settings import Settings

#: They change when plugins do; whoever kept one asks whether it is still the same.
_REVALIDATE = (b"cache-control", b"no-cache")
#: Pages run what lies beside them, and nothing else.
_STRICT = (
    b"content-security-policy",
    b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
)
NOT_MODIFIED = 304


class Catalogue:
    """Answers what can be called.

    Args:
        bus: whose commands they are.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._is_open = is_open(bus.settings)
        self._documents: dict[str, bytes] = {}
        self._making = threading.Lock()

    def commands(self, scope: Any) -> Reply:
        """Every command in a line: ``command_list``."""
        head = read_head(scope)
        if isinstance(head, str):
            return plain(400, head)
        return self._reply(self._asked("command_list", {}, head), head, scope)

    def command(self, scope: Any, name: str) -> Reply:
        """One command: what ``command_describe`` tells, with the JSON Schemas of its arguments and data."""
        head = read_head(scope)
        if isinstance(head, str):
            return plain(400, head)
        try:
            version = whole(read_query(scope, "version"), "version", 1, MAX_INT32)
        except InvalidArguments as error:
            return self._reply(refused_envelope({"command": "command_describe", **head.members}, error), head, scope)
        args = {"command": name} if version is None else {"command": name, "version": version}
        envelope = self._asked("command_describe", args, head)
        if envelope.data is not None:
            from bus.documents.json_schema import args_schema, data_schema

            contract = self._bus.registry.find(name, version).contract
            envelope.data |= {"args_schema": args_schema(contract), "data_schema": data_schema(contract)}
        return self._reply(envelope, head, scope)

    def document(self, scope: Any, name: str) -> Reply:
        """``openapi`` or ``asyncapi``, as JSON."""
        head = read_head(scope)
        if isinstance(head, str):
            return plain(400, head)
        return self._refusal(head, scope) or _kept(self._document(name), [JSON], head, scope)

    def page(self, scope: Any, path: str) -> Reply:
        """A page of the documents, or what lies beside it."""
        from bus.documents.pages import page_for

        head = read_head(scope)
        if isinstance(head, str):
            return plain(400, head)
        found = page_for(path)
        if found is None:
            return plain(404, "there is nothing at this path")
        body, content_type = found
        headers = [(b"content-type", content_type.encode()), _STRICT, NO_SNIFF]
        return self._refusal(head, scope) or _kept(body, headers, head, scope)

    def _document(self, name: str) -> bytes:
        """Made once: the contracts of all plugins are imported for it."""
        from bus.documents.asyncapi import asyncapi_document
        from bus.documents.openapi import openapi_document

        registry, plugins = self._bus.registry, self._bus.plugins
        make = {
            "openapi": lambda: openapi_document(registry),
            "asyncapi": lambda: asyncapi_document(registry, plugins),
        }[name]
        with self._making:
            if name not in self._documents:
                self._documents[name] = encode(make())
            return self._documents[name]

    def _refusal(self, head: Head, scope: Any) -> Reply | None:
        """The answer to somebody who may not list the commands; None: they may."""
        envelope = self._asked("command_list", {}, head)
        return None if envelope.ok else self._reply(envelope, head, scope)

    def _asked(self, command: str, args: dict[str, Any], head: Head) -> Envelope:
        members = {name: value for name, value in head.members.items() if name != "idempotency_key"}
        return answered(self._bus, {"command": command, "args": args, **members}, head, is_local=self._is_open)

    def _reply(self, envelope: Envelope, head: Head, scope: Any) -> Reply:
        return reply(envelope, self._bus.registry, head, scope.get("root_path", ""))


def is_open(settings: Settings) -> bool:
    """Whether everybody may see what can be called: as set, else only where nobody from outside can ask."""
    if settings.http_documents is not None:
        return settings.http_documents
    if settings.http_host == "localhost":
        return True
    try:
        return ipaddress.ip_address(settings.http_host).is_loopback
    except ValueError:
        return False


def _kept(body: bytes, headers: list[tuple[bytes, bytes]], head: Head, scope: Any) -> Reply:
    """Something that its reader may keep, and ask whether it is still the same."""
    tag = b'W/"%s"' % hashlib.sha256(body).hexdigest()[:32].encode()
    headers = [*headers, _REVALIDATE, (b"etag", tag)]
    if dict(scope["headers"]).get(b"if-none-match") == tag:
        return Reply(NOT_MODIFIED, headers, b"")
    return sized(200, headers, body, may_shrink=head.takes_gzip)
