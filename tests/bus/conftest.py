"""What the mirror tests of the core share: a plugin that each test puts together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.bus.sample import Sample

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.fixture
def sample(open_bus: Callable[..., Bus]) -> Sample:
    """A plugin without commands yet."""
    return Sample(open_bus)
