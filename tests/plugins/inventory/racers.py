"""The plugin as processes race with it: whoever calls is a supervisor, whatever their token."""

from __future__ import annotations

import copy

from bus import Principal
from plugins.inventory import inventory

racers = copy.copy(inventory)
# Those who race use nothing of another plugin.
racers.requires = ()


@racers.hook
def bus_authenticate(token: str) -> Principal:
    return Principal(token, frozenset({"supervisor"}))
