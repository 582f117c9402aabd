"""How deep and how long arguments may be, looked at before anything else reads them.

Not here: the size of a request in bytes (bus/wire.py).
"""

# A caller's value may hold anything, and a cast in the loops below would cost more than they do.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from typing import Any

from bus.errors import PayloadTooLarge

#: Objects and lists inside one another.
MAX_DEPTH = 100
#: Members of objects and items of lists, all together.
MAX_ITEMS = 100_000

#: Members of an object, and items of each list in it, that are looked through on the short way.
_SMALL = 100

_SCALARS = frozenset({str, int, float, bool, type(None)})
_CONTAINERS: tuple[type[Any], ...] = (dict, list, tuple)


def check_shape(value: Any, *, max_depth: int = MAX_DEPTH, max_items: int = MAX_ITEMS) -> None:
    """Nothing, when the value is neither too deep nor too long; time grows with its length alone.

    Other types than dict, list and tuple are not looked into: no field goes through them without refusing them.

    Raises:
        PayloadTooLarge: more than ``max_depth`` objects and lists inside one another, or more than ``max_items``
            members and items in all.
    """
    # Nearly every call has one small object of scalars and short lists of texts: this loop costs it least.
    if type(value) is dict and len(value) <= _SMALL and max_depth > 1 and max_items >= _SMALL * (_SMALL + 1):
        for part in value.values():
            kind = type(part)
            if kind is str or kind is int or part is None or kind is bool or kind is float:
                continue
            if kind is not list or len(part) > _SMALL:
                break
            for item in part:
                if type(item) is not str and type(item) not in _SCALARS:
                    break
            else:
                continue
            break
        else:
            return
    _check_levels(value, max_depth, max_items)


def _check_levels(value: Any, max_depth: int, max_items: int) -> None:
    """Level by level, so that the depth of a structure costs no stack."""
    level = [part for part in (value,) if isinstance(part, _CONTAINERS)]
    items = 0
    for _ in range(max_depth):
        deeper: list[Any] = []
        for container in level:
            parts: Any = container.values() if isinstance(container, dict) else container
            items += len(parts)
            if items > max_items:
                raise PayloadTooLarge(
                    f"the arguments hold more than {max_items} items and members; send them in several calls",
                    {"max_items": max_items},
                )
            deeper += [part for part in parts if type(part) not in _SCALARS and isinstance(part, _CONTAINERS)]
        level = deeper
        if not level:
            return
    raise PayloadTooLarge(
        f"the arguments are nested more than {max_depth} deep; send a flatter structure", {"max_depth": max_depth}
    )
