"""Our Schema finds the same hooks as marshmallow's."""

from __future__ import annotations

from typing import Any

import pytest
from marshmallow import Schema as MarshmallowSchema
from marshmallow import post_load, pre_load, validates, validates_schema

from bus import Schema, fields


def family(base: type[Any]) -> list[type[Any]]:
    """Classes with hooks of their own, of their parents, of mixins, and with hooks taken away."""

    class Plain(base):
        n = fields.Int64()

    class Own(Plain):
        @validates("n")
        def _n(self, value: int, **_options: Any) -> None: ...

        @pre_load(pass_collection=True)
        def _many(self, data: Any, **_options: Any) -> Any:
            return data

    class Heir(Own):
        m = fields.Int64()

    class More(Heir):
        @validates_schema
        def _all(self, data: Any, **_options: Any) -> None: ...

    class Less(More):
        _all = None

    class Mixin:
        @post_load
        def _made(self, data: Any, **_options: Any) -> Any:
            return data

    class Mixed(Mixin, Plain):
        pass

    class MixedHeir(Mixed):
        pass

    class Both(More, Mixed):
        pass

    return [Plain, Own, Heir, More, Less, Mixed, MixedHeir, Both]


@pytest.mark.parametrize("place", range(8))
def test_hooks_are_marshmallows(place: int) -> None:
    ours, theirs = family(Schema)[place], family(MarshmallowSchema)[place]
    assert dict(ours._hooks) == dict(theirs._hooks)


def test_a_child_does_not_share_its_parents_list() -> None:
    parent = family(Schema)[2]
    child = type("Child", (parent,), {})
    assert child._hooks is not parent._hooks
    assert all(child._hooks[kind] is not parent._hooks[kind] for kind in parent._hooks)
