"""Exact decimals: numbers on the wire, whole numbers of their last place everywhere else, never binary fractions.

The wire reads 0.1 as the nearest binary fraction; among numbers of up to 15 digits that is the nearest one of no other
decimal, so the decimal that was written is known, and so is whether it has more digits than there may be. Answers go
the way back.

Not here: prices in whole cents, which are whole numbers already.
"""

# marshmallow's annotations leave the parameters of its generics open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from collections.abc import Mapping
from typing import Any

from bus.fields import Number

#: Fractional digits of a quantity.
QUANTITY_PLACES = 3
#: Largest magnitude of a quantity, and of any other such number that has no limit of its own.
MAX_AMOUNT = 1_000_000_000
MAX_THOUSANDTHS = MAX_AMOUNT * 10**QUANTITY_PLACES


def scaled(number: float, places: int) -> int | None:
    """How many units of its last place a number is; None: it has more fractional digits.

    Args:
        number: as the wire reads it, of up to 15 digits together with ``places``.
        places: fractional digits it may have.
    """
    unit = 10**places
    count = round(number * unit)
    return count if count / unit == number else None


def number_of(count: int, places: int) -> float:
    """The number as answers show it, whole ones without a point: 1500 thousandths are 1.5, 2000 are 2."""
    whole, rest = divmod(count, 10**places)
    return count / 10**places if rest else whole


def quantity_of(thousandths: int) -> float:
    """A quantity as answers show it."""
    return number_of(thousandths, QUANTITY_PLACES)


def rounded(count: int, places: int) -> int:
    """The units of a last place that lies ``places`` further left; halves go away from zero.

    Args:
        count: of the finer units.
        places: digits to drop.
    """
    unit = 10**places
    nearest = (2 * abs(count) + unit) // (2 * unit)
    return nearest if count >= 0 else -nearest


class Exact(Number):
    """A number with few fractional digits, loaded as a whole number of its last place.

    Args:
        places: fractional digits it may have; zeros at the end do not count.
        most: largest magnitude, itself allowed.
        takes_zero: whether it may be 0.
        takes_negative: whether it may be below 0.
    """

    default_error_messages = {  # noqa: RUF012  # marshmallow collects this name along the class tree
        "zero": "must not be 0",
        "negative": "must not be negative",
        "large": "must be at most {most}",
        "digits": "must have at most {places} fractional digits",
    }

    def __init__(
        self,
        *,
        places: int,
        most: int = MAX_AMOUNT,
        takes_zero: bool = True,
        takes_negative: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.places, self.most = places, most
        self.takes_zero, self.takes_negative = takes_zero, takes_negative

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        number = super()._deserialize(value, attr, data, **kwargs)
        if number < 0 and not self.takes_negative:
            raise self.make_error("negative")
        if number == 0 and not self.takes_zero:
            raise self.make_error("zero")
        if abs(number) > self.most:
            raise self.make_error("large", most=self.most)
        count = scaled(number, self.places)
        if count is None:
            raise self.make_error("digits", places=self.places)
        return count

    def json_schema(self) -> dict[str, Any]:
        """The number as it is written."""
        least = {"minimum": -self.most if self.takes_negative else 0}
        if not self.takes_zero:
            least = least | {"not": {"const": 0}} if self.takes_negative else {"exclusiveMinimum": 0}
        # multipleOf would be reckoned in binary fractions, and 0.3 be none of 0.1.
        return {"type": "number", **least, "maximum": self.most, "x-places": self.places}


class Quantity(Exact):
    """How much of something, loaded as thousandths."""

    def __init__(self, **options: Any) -> None:
        super().__init__(places=QUANTITY_PLACES, **options)
