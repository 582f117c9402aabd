"""Whether a JSON value fits a schema, as far as contracts write schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

from bus.lock.views import View, kind_of


def fits(value: Any, schema: View) -> bool:
    """Whether the schema accepts the value; formats and keywords that are not understood refuse nothing.

    Of several spellings only the one counts that they are turned into: what is said of it holds for sure.
    """
    if kind_of(value) not in schema.kinds:
        return False
    if value is None:
        return True
    if schema.choices is not None and json.dumps(value, sort_keys=True) not in schema.choices:
        return False
    if schema.normalised is not None and not fits(value, schema.normalised):
        return False
    if schema.branches and not any(fits(value, one) for one in schema.alternatives):
        return False
    if isinstance(value, dict):
        return _object_fits(cast("dict[str, Any]", value), schema)
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return _is_within(len(items), schema.rules, "Items") and all(fits(item, schema.items) for item in items)
    if isinstance(value, str):
        return _text_fits(value, schema)
    return isinstance(value, bool) or _number_fits(value, schema.rules)


def _object_fits(value: dict[str, Any], schema: View) -> bool:
    named = schema.schema.get("properties", {})
    if not _is_within(len(value), schema.rules, "Properties") or not set(schema.schema.get("required", ())) <= {*value}:
        return False
    others = schema.others
    for name, member in value.items():
        place = schema.members[name] if name in named else others
        if place is None or not fits(member, place):
            return False
    return True


def _text_fits(value: str, schema: View) -> bool:
    pattern = schema.rules.get("pattern")
    refused = schema.rules.get("not", {}).get("enum", ())
    is_matched = pattern is None or re.search(pattern, value) is not None
    return is_matched and value not in refused and _is_within(len(value), schema.rules, "Length")


def _is_within(count: int, rules: Mapping[str, Any], what: str) -> bool:
    return rules.get(f"min{what}", 0) <= count <= rules.get(f"max{what}", count)


def _number_fits(value: float, rules: Mapping[str, Any]) -> bool:
    return (
        rules.get("minimum", value) <= value <= rules.get("maximum", value)
        and ("exclusiveMinimum" not in rules or value > rules["exclusiveMinimum"])
        and ("exclusiveMaximum" not in rules or value < rules["exclusiveMaximum"])
    )
