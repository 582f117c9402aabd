"""What the mirror tests of the core share: a plugin that each test puts together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.bus.sample import Sample
from tests.servers import PostgreSQL

if TYPE_CHECKING:
    from bus.application import Bus


@pytest.fixture
def sample(open_bus: Callable[..., Bus]) -> Sample:
    """A plugin without commands yet."""
    return Sample(open_bus)


@pytest.fixture
def own_server() -> Iterator[PostgreSQL]:
    """A server of this test alone, which it may stop."""
    server = PostgreSQL()
    try:
        server.start()
        yield server
    finally:
        server.remove()
