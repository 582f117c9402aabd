"""The shop that these tests play in, and its store of materials."""

import pytest

from tests.plugins.inventory.store import Store
from tests.plugins.tasks.fixtures import bus, shop, shop_url, standing_shop
from tests.plugins.tasks.shop import Shop

__all__ = ["bus", "shop", "shop_url", "standing_shop"]


@pytest.fixture
def store(shop: Shop) -> Store:
    """An empty store."""
    return Store(shop)
