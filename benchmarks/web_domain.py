"""The plugin that is measured over HTTP: a command that does nothing, and a caller with a session.

The peers (benchmarks/web_raw.py, benchmarks/web_fastapi.py) read the same arguments and answer the same members.
"""

from __future__ import annotations

from typing import Any

from bus import PUBLIC, READ, Context, Contract, Plugin, Principal, Schema, fields

#: The session token of the one caller who has a session.
TOKEN = "bench"  # noqa: S105  # it opens nothing but a benchmark
#: Arguments of ``nothing``.
ARGS = {"text": "tea"}


class Nothing(Contract):
    """Do nothing with a short text."""

    name, version = "nothing", 1
    effect, access = READ, PUBLIC

    class Params(Schema):
        text = fields.Text(required=True, validate=fields.validate.Length(max=200))

    class Result(Schema):
        pass


web = Plugin("web", contracts=[Nothing])


@web.handles(Nothing)
def nothing(ctx: Context, text: str) -> dict[str, Any]:
    """What it says."""
    return {}


@web.hook
def bus_authenticate(token: str) -> Principal | None:
    """Know the one caller, who may see every job."""
    return Principal("bench", is_operator=True) if token == TOKEN else None
