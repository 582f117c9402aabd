"""The plugin as processes race with it: whoever calls is a supervisor, whatever their token."""

from __future__ import annotations

import copy

from bus import Principal
from plugins.sync import sync

racers = copy.copy(sync)


@racers.hook
def bus_authenticate(token: str) -> Principal:
    return Principal(token, frozenset({"supervisor"}))
