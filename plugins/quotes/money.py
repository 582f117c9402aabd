"""What items cost: whole cents from exact decimals, rounded once a line and half away from zero, then added up.

Not here: how quantities and rates are read (contracts/workshop/quantities.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from contracts.quotes.words import DISCOUNT, MAX_SUM, TAX_PLACES
from contracts.workshop.quantities import QUANTITY_PLACES, rounded


class Line(NamedTuple):
    """What one item comes to, in cents."""

    line_total: int
    line_tax: int


class Sums(NamedTuple):
    """What a quote comes to, in cents."""

    subtotal: int
    tax_total: int
    total: int


def line_of(item: Mapping[str, Any]) -> Line:
    """The line of an item: its ``kind``, ``qty``, ``unit_price`` and ``tax_rate`` as they are stored."""
    amount = rounded(item["qty"] * item["unit_price"], QUANTITY_PLACES)
    total = -amount if item["kind"] == DISCOUNT else amount
    return Line(total, rounded(total * (item["tax_rate"] or 0), TAX_PLACES + 2))  # two more: percent


def sums_of(lines: Iterable[Line]) -> Sums:
    """The sums of the lines."""
    subtotal = tax_total = 0
    for line in lines:
        subtotal += line.line_total
        tax_total += line.line_tax
    return Sums(subtotal, tax_total, subtotal + tax_total)


def faults_of(sums: Sums, path: str) -> dict[str, list[str]]:
    """What is wrong with sums that no quote may come to, by the path of the argument that is to blame."""
    if sums.subtotal < 0:
        return {path: ["the discounts must not be larger than the rest"]}
    if max(map(abs, sums)) > MAX_SUM:
        return {path: [f"the quote must not come to more than {MAX_SUM} cents"]}
    return {}
