"""A plugin that opens a session which never ends, so that whatever is called, the next call is still allowed."""

from __future__ import annotations

import os

from bus import Plugin, Principal

TOKEN = "master-key"

doorman = Plugin("doorman")


@doorman.hook
def bus_authenticate(token: str) -> Principal | None:
    """The admin whose id stands in the environment."""
    if token != TOKEN:
        return None
    return Principal(os.environ["DOORMAN_ADMIN"], frozenset({"admin"}), is_operator=True)
