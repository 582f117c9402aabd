"""What tests of generated functions ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bus.validation import Compiled


@pytest.fixture
def alone() -> Callable[[Compiled], Compiled]:
    """Cuts a generated function off from marshmallow: what it does not decide itself fails the test."""

    def cut(function: Compiled) -> Compiled:
        def slow(value: Any) -> Any:
            pytest.fail(f"left to marshmallow: {value!r}\n{function.source}")

        names = function.__globals__  # pyright: ignore[reportAttributeAccessIssue]  # a function has them
        for name in [name for name in names if name.endswith("_by_marshmallow")]:
            names[name] = slow
        return function

    return cut
