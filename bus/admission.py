"""Who calls, and may they? Session, then role; before any argument is looked at.

The bus knows no users. It asks the plugins that implement ``bus_authenticate``; without one, every command that needs
a session is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bus.errors import Forbidden, Unauthenticated, UnknownCommand
from bus.principal import ANONYMOUS, LOCAL_CALLER, Principal

if TYPE_CHECKING:
    from bus.clock import Clock
    from bus.command import Command
    from bus.database import Database
    from bus.envelope import Request

#: Ids that stand for these two wherever they are stored; nobody else may have them.
RESERVED = (LOCAL_CALLER.id, ANONYMOUS.id)


class Admission:
    """The steps "authenticate" and "authorise".

    Args:
        database: handed to the hooks.
        clock: tells the hooks the time.
        authenticate: ``bus_authenticate`` of the plugins, or None when no plugin has it.
        reconsider: ``bus_principal`` of the plugins, or None when no plugin has it.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        authenticate: Callable[..., Principal | None] | None,
        reconsider: Callable[..., Principal | None] | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._authenticate = authenticate
        self._reconsider = reconsider

    def identify(self, command: Command, request: Request) -> Principal:
        """The principal behind a request.

        Raises:
            UnknownCommand: callers are not to know the command.
            Unauthenticated: a session is needed and there is none.
        """
        kind, token = command.contract.access.kind, request.session_token
        if kind == "public":
            return LOCAL_CALLER if request.is_local else ANONYMOUS
        if kind == "internal":
            if request.is_internal:
                return LOCAL_CALLER
            raise UnknownCommand.named(command.name)
        if kind in ("local", "operators") and request.is_local and (token is None or self._authenticate is None):
            return LOCAL_CALLER
        principal = None
        if token and self._authenticate is not None:
            principal = self._authenticate(token=token, database=self._database, now_ms=self._clock.now_ms())
        if principal is None:
            raise Unauthenticated(f"{command.name} needs a live session; log in and send its session_token")
        return _checked(principal)

    def readmit(self, command: Command, principal_id: str) -> Principal:
        """Judge anew, when a queued command runs, whoever published it.

        Raises:
            Forbidden: the principal is gone, banned, or has lost the role.
        """
        if principal_id == LOCAL_CALLER.id:
            return LOCAL_CALLER
        if principal_id == ANONYMOUS.id:
            require_role(command, ANONYMOUS)
            return ANONYMOUS
        principal = (
            None
            if self._reconsider is None
            else self._reconsider(principal_id=principal_id, database=self._database, now_ms=self._clock.now_ms())
        )
        if principal is None:
            raise Forbidden(f"whoever queued {command.name} may no longer act")
        authorise(command, _checked(principal))
        return principal


def authorise(command: Command, principal: Principal) -> None:
    """Go on if a principal may run the command.

    Raises:
        Forbidden: its scope leaves the command out, or its roles do not include one that the contract names.
    """
    scope = principal.scope
    # What a command in scope hands on to INTERNAL ones is its own affair.
    if (
        scope is not None
        and command.contract.access.kind != "internal"
        and scope.isdisjoint((command.name, f"{command.plugin}:*"))
    ):
        raise Forbidden(f"{command.name} is not among the commands that this key may call")
    require_role(command, principal)


def require_role(command: Command, principal: Principal) -> None:
    """Go on if a principal has a role that the command asks for; nested commands ask no more than that.

    Raises:
        Forbidden: it has none; or nobody has logged in, and the command is not for everybody.
    """
    access = command.contract.access
    if principal.id == ANONYMOUS.id and access.kind not in ("public", "internal"):
        raise Forbidden(f"{command.name} needs a session, and whoever called has none")
    if access.kind == "operators" and not principal.is_operator:
        raise Forbidden(f"{command.name} is for operators")
    if access.kind == "roles" and not access.roles & principal.roles:
        raise Forbidden(f"{command.name} needs one of the roles {', '.join(sorted(access.roles))}")


def _checked(principal: Principal) -> Principal:
    if not isinstance(principal, Principal) or principal.id in RESERVED:  # pyright: ignore[reportUnnecessaryIsInstance]  # made by plugins
        raise RuntimeError(
            f"a plugin named the principal {principal!r}; it must be a bus.Principal whose id is none of {RESERVED}"
        )
    return principal
