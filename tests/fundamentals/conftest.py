"""A tea house, opened for one test."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.fundamentals.teahouse import spilled, teahouse
from workers import workers

if TYPE_CHECKING:
    from bus import Bus


@pytest.fixture
def bus(open_bus: Callable[..., Bus], sqlite_url: str) -> Bus:
    """A bus with the tea house and the embedded queue, on a fresh database."""
    spilled.clear()
    return open_bus(sqlite_url, plugins=[teahouse, workers])
