"""Who calls, and may they? Session, then role; before any argument is looked at.

The bus knows no users. It asks the plugins that implement ``bus_authenticate``; without one, every command that needs
a session is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bus.errors import Forbidden, Unauthenticated
from bus.principal import LOCAL_CALLER, Principal

if TYPE_CHECKING:
    from bus.command import Command
    from bus.contract import Access
    from bus.database import Database
    from bus.envelope import Request

#: Callers of PUBLIC commands from the network, all together.
ANONYMOUS = Principal("anonymous")
#: Ids that stand for these two wherever they are stored; nobody else may have them.
RESERVED = (LOCAL_CALLER.id, ANONYMOUS.id)


class Admission:
    """The steps "authenticate" and "authorise".

    Args:
        database: handed to the hooks.
        authenticate: ``bus_authenticate`` of the plugins, or None when no plugin has it.
        reconsider: ``bus_principal`` of the plugins, or None when no plugin has it.
    """

    def __init__(
        self,
        database: Database,
        authenticate: Callable[..., Principal | None] | None,
        reconsider: Callable[..., Principal | None] | None,
    ) -> None:
        self._database = database
        self._authenticate = authenticate
        self._reconsider = reconsider

    def admit(self, command: Command, request: Request) -> Principal:
        """The principal behind a request, if it may run the command.

        Raises:
            Unauthenticated: a session is needed and there is none.
            Forbidden: the session's roles do not include one that the contract names.
        """
        access = command.contract.access
        if access.kind == "public":
            return LOCAL_CALLER if request.is_local else ANONYMOUS
        token = request.session_token
        if access.kind in ("local", "operators") and request.is_local and (token is None or self._authenticate is None):
            return LOCAL_CALLER
        principal = (
            None
            if token is None or self._authenticate is None
            else self._authenticate(token=token, database=self._database)
        )
        if principal is None:
            raise Unauthenticated(f"{command.name} needs a live session; log in and send its session_token")
        _authorise(command, access, principal)
        return principal

    def readmit(self, command: Command, principal_id: str) -> Principal:
        """Judge anew, when a queued command runs, whoever published it.

        Raises:
            Forbidden: the principal is gone, banned, or has lost the role.
        """
        if principal_id == LOCAL_CALLER.id:
            return LOCAL_CALLER
        if principal_id == ANONYMOUS.id:
            return ANONYMOUS
        principal = (
            None if self._reconsider is None else self._reconsider(principal_id=principal_id, database=self._database)
        )
        if principal is None:
            raise Forbidden(f"whoever queued {command.name} may no longer act")
        _authorise(command, command.contract.access, principal)
        return principal


def _authorise(command: Command, access: Access, principal: Principal) -> None:
    if not isinstance(principal, Principal) or principal.id in RESERVED:  # pyright: ignore[reportUnnecessaryIsInstance]  # made by plugins
        raise RuntimeError(
            f"a plugin named the principal {principal!r}; it must be a bus.Principal whose id is none of {RESERVED}"
        )
    if access.kind == "operators" and not principal.is_operator:
        raise Forbidden(f"{command.name} is for operators")
    if access.kind == "roles" and not access.roles & principal.roles:
        raise Forbidden(f"{command.name} needs one of the roles {', '.join(sorted(access.roles))}")
