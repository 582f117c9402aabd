"""The shop that these tests play in."""

from tests.plugins.tasks.fixtures import bus, shop, shop_url, standing_shop

__all__ = ["bus", "shop", "shop_url", "standing_shop"]
