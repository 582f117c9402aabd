"""The refusals of this domain. Callers branch on the code; the message is for people and may change."""

from bus.errors import Refusal


class MaterialDuplicateSku(Refusal):
    """Another material has the SKU, perhaps an inactive one. Callers choose another one."""

    code = "MATERIAL_DUPLICATE_SKU"
    message = "the SKU {sku} is taken"


class MaterialInactive(Refusal):
    """The material is discontinued. Callers choose another one."""

    code = "MATERIAL_INACTIVE"
    message = "the material is discontinued"


class MaterialExpired(Refusal):
    """The material may not be used any more. Callers book it as waste."""

    code = "MATERIAL_EXPIRED"
    message = "the material has expired"


class InsufficientStock(Refusal):
    """There is less than was asked for. Callers ask for at most ``details.available``."""

    code = "INSUFFICIENT_STOCK"
    message = "there are {available}, which is less than {requested}"

    def __init__(self, available: float, requested: float) -> None:
        super().__init__(available=available, requested=requested)


class StockLimitExceeded(Refusal):
    """There would be more than ``details.maximum_stock``. Callers store less, or raise the maximum."""

    code = "STOCK_LIMIT_EXCEEDED"
    message = "a stock of {requested} is more than the {maximum_stock} allowed"

    def __init__(self, requested: float, maximum_stock: float) -> None:
        super().__init__(requested=requested, maximum_stock=maximum_stock)
