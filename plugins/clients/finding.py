"""Which client is meant."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, bindparam, select

from bus.context import Context
from contracts.workshop.errors import NotFound
from plugins.clients.rows import COLUMNS, IS_LIVE
from plugins.clients.tables import clients

_ROW = select(*COLUMNS).where(IS_LIVE, clients.c.id == bindparam("of_client"))
#: For whoever changes it.
_HELD = _ROW.with_for_update(key_share=True)
#: For whoever deletes it: waits for those who keep it from being deleted, too.
_HELD_ALONE = _ROW.with_for_update()
#: For whoever refers to it: as many as like.
_KEPT = _ROW.with_for_update(read=True, key_share=True)


def require(ctx: Context, client_id: str) -> Row[Any]:
    """The live client.

    Raises:
        NotFound: there is none.
    """
    return _required(ctx.db.execute(_ROW, {"of_client": client_id}).first(), client_id)


def require_held(ctx: Context, client_id: str, *, alone: bool = False) -> Row[Any]:
    """The live client, held until the commit.

    Raises:
        NotFound: there is none.
    """
    statement = _HELD_ALONE if alone else _HELD
    return _required(ctx.db.execute(statement, {"of_client": client_id}).first(), client_id)


def kept(ctx: Context, client_id: str) -> Row[Any] | None:
    """The live client, which nobody deletes before the commit."""
    return ctx.db.execute(_KEPT, {"of_client": client_id}).first()


def _required(row: Row[Any] | None, client_id: str) -> Row[Any]:
    if row is None:
        raise NotFound("client", client_id)
    return row
