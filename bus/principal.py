"""Who calls: the trusted local caller, or whoever a session token stands for."""

from typing import NamedTuple


class Principal(NamedTuple):
    """Whoever is behind a call. Stored jobs keep the id alone; rights are judged anew when they run."""

    #: Stable and opaque; never a token.
    id: str
    #: What ``roles(...)`` of a contract asks for.
    roles: frozenset[str] = frozenset()
    #: May see and steer everybody's jobs.
    is_operator: bool = False
    #: What it may call at all: names of commands, and ``plugin:*`` for all of a plugin's. None: whatever its roles may.
    scope: frozenset[str] | None = None


#: A caller in this process, on stdio or at the command line: trusted, without a session.
LOCAL_CALLER = Principal("local", is_operator=True)
#: Callers of PUBLIC commands from the network, all together.
ANONYMOUS = Principal("anonymous")
