"""What tests of all domains share."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What rests on contracts and rules alone: `make test` asks SQLite, `make drill` PostgreSQL as well."""
    for item in items:
        is_asked_twice = isinstance(item, pytest.Function) and "postgresql" in item.name
        if is_asked_twice and item.get_closest_marker("any_database"):
            item.add_marker("drill")
