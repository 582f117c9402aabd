"""The shop that these tests play in, and the work that is done there."""

import pytest

from tests.plugins.interventions.work import Work
from tests.plugins.tasks.fixtures import bus, shop, shop_url, standing_shop
from tests.plugins.tasks.shop import Shop

__all__ = ["bus", "shop", "shop_url", "standing_shop", "work"]


@pytest.fixture
def work(shop: Shop) -> Work:
    """Nothing has been begun yet."""
    return Work(shop)
