"""The base of the shapes that contracts name: marshmallow's Schema, whose classes are made in a third of the time.

marshmallow looks for hooks (``@validates_schema``, ``@post_load``, …) among everything a class inherits, which is most
of what making a class costs. A class that brings none has its parent's. A process makes a hundred such classes before
it answers its first request.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, cast

from marshmallow import Schema as MarshmallowSchema
from marshmallow.schema import SchemaMeta

from bus.fields import WrongShape

#: What marshmallow's decorators leave on a function.
_HOOK = "__marshmallow_hook__"


class _SchemaMeta(SchemaMeta):
    """Finds the hooks of a class."""

    def resolve_hooks(cls: Any) -> dict[str, list[Any]]:  # noqa: N805  # the instances of a metaclass are classes
        """The hooks by kind: the parent's own where that is all there can be."""
        inherited: dict[str, list[Any]] | None = getattr(cls.__base__, "_hooks", None)
        if inherited is None or len(cls.__bases__) > 1 or _brings_hooks(cls, inherited):
            return cast("Any", SchemaMeta).resolve_hooks(cls)
        return defaultdict(list, {kind: list(hooks) for kind, hooks in inherited.items()})


def _brings_hooks(cls: Any, inherited: dict[str, list[Any]]) -> bool:
    """Whether a class adds a hook, or takes one away."""
    own = cast("dict[str, Any]", vars(cls))
    names = {hook[0] for hooks in inherited.values() for hook in hooks}
    return not names.isdisjoint(own) or any(hasattr(value, _HOOK) for value in own.values())


class Schema(MarshmallowSchema, metaclass=_SchemaMeta):
    """The fields of an object on the wire, checked when it is loaded and when it is dumped."""

    error_messages = {"type": WrongShape("Invalid input type.")}  # noqa: RUF012  # marshmallow's name for them
