"""Servers of the tests' own, which they may start, stop and crash."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import rabbitmq
from tests.rabbitmq import RabbitMQ


@pytest.fixture
def own_rabbitmq() -> Iterator[RabbitMQ]:
    """A server that no other test uses, not started yet."""
    if rabbitmq.is_left_out():
        pytest.skip(f"{rabbitmq.WITHOUT}=1")
    server = RabbitMQ()
    try:
        yield server
    finally:
        server.remove()
