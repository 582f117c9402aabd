"""The shop that these tests play in, the desk where its quotes are written, and processes that race for them."""

from collections.abc import Iterator

import pytest

from tests.plugins.quotes.desk import Desk
from tests.plugins.quotes.racers import Racers
from tests.plugins.tasks.fixtures import bus, shop, shop_url, standing_shop
from tests.plugins.tasks.shop import Shop

__all__ = ["bus", "shop", "shop_url", "standing_shop"]


@pytest.fixture
def desk(shop: Shop) -> Desk:
    """A desk without quotes."""
    return Desk(shop)


@pytest.fixture(scope="package")
def racers() -> Iterator[Racers]:
    """Four processes."""
    racing = Racers()
    yield racing
    racing.close()
