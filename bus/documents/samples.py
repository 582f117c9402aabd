"""Examples: arguments that a contract takes, and data that it may answer with, both as small as they get.

They are made from the schemas, the same ones each time, and tried on the contract itself: rules that no schema tells
(two members that go together) are met by adding members, few at a time.

Not here: texts of a pattern (bus/documents/smallest.py).
"""

# A schema is JSON, and what is inside of it is not known.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bus.contract import Contract
from bus.documents.json_schema import args_schema, data_schema
from bus.documents.kinds import NORMALISED, Shape
from bus.documents.smallest import smallest_text
from bus.errors import SetupError

#: What stands for a text of a format.
_FORMATS = {
    "uuid": "0198c0de-0000-7000-8000-000000000001",
    "date": "2026-01-31",
    "date-time": "2026-01-31T09:00:00Z",
    "email": "ada@example.org",
    "idn-email": "ada@example.org",
    "uri": "https://example.org/",
    "iri": "https://example.org/",
    "ipv4": "192.0.2.1",
}
#: Members that are added at a time before all are.
_MOST_ADDED = 2


def sample_args(contract: type[Contract]) -> dict[str, Any]:
    """Arguments that the contract takes.

    Raises:
        SetupError: none were found; a field needs ``examples`` in its ``json_schema``.
    """
    params = contract.Params(unknown=contract.unknown)
    return _first(args_schema(contract), lambda args: not params.validate(args), f"arguments of {_key(contract)}")


def sample_data(contract: type[Contract]) -> dict[str, Any]:
    """Data that an answer may hold.

    Raises:
        SetupError: as above.
    """
    result = contract.Result()
    return _first(data_schema(contract), lambda data: not result.validate(data), f"data of {_key(contract)}")


def _key(contract: type[Contract]) -> str:
    return f"{contract.name}@{contract.version}"


def _first(document: Shape, is_taken: Callable[[dict[str, Any]], bool], what: str) -> dict[str, Any]:
    maker = _Maker(document.get("$defs", {}))
    for sample in maker.objects(document.get(NORMALISED, document)):
        if is_taken(sample):
            return sample
    raise SetupError(f"no example of the {what} could be made; let the json_schema of a field give examples")


class _Maker:
    """Makes values of the schemas in one document."""

    def __init__(self, definitions: Shape) -> None:
        self._definitions = definitions
        self._open: list[str] = []
        #: How often each row of examples was used: the end of something lies behind its start.
        self._uses: Counter[str] = Counter()

    def objects(self, schema: Shape) -> Iterator[dict[str, Any]]:
        """Objects with the required members, then with more and more others."""
        members: Shape = schema.get("properties", {})
        required = schema.get("required", [])
        others = [name for name in members if name not in required]
        few = (names for count in range(_MOST_ADDED + 1) for names in itertools.combinations(others, count))
        values = {name: self.value(member) for name, member in members.items()}
        for added in itertools.chain(few, [tuple(others)]):
            yield {name: values[name] for name in members if name in required or name in added}

    def value(self, schema: Shape) -> Any:
        """A small value of a schema."""
        schema = schema.get(NORMALISED, schema)
        for keyword in ("const", "default"):
            if schema.get(keyword) is not None:
                return schema[keyword]
        if schema.get("examples"):
            return self._next_of(schema["examples"])
        if schema.get("enum"):
            return schema["enum"][0]
        if "$ref" in schema:
            return self._referred(schema["$ref"].rpartition("/")[2])
        if "anyOf" in schema:
            return self.value(schema["anyOf"][0])
        types = schema.get("type", "null")
        return self._of_type(types if isinstance(types, str) else types[0], schema)

    def _next_of(self, examples: list[Any]) -> Any:
        row = str(examples)
        self._uses[row] += 1
        return examples[(self._uses[row] - 1) % len(examples)]

    def _referred(self, name: str) -> Any:
        if name in self._open:
            return None
        self._open.append(name)
        try:
            schema = self._definitions[name]
            return next(self.objects(schema)) if "properties" in schema else self.value(schema)
        finally:
            self._open.pop()

    def _of_type(self, kind: str, schema: Shape) -> Any:
        match kind:
            case "string":
                return _text(schema)
            case "integer" | "number":
                return _number(schema)
            case "array":
                items = [self.value(part) for part in schema.get("prefixItems", [])]
                return items or [self.value(schema.get("items", {}))] * max(schema.get("minItems", 1), 1)
            case "object":
                return next(self.objects(schema))
            case "boolean":
                return True
            case _:
                return None


def _number(schema: Shape) -> float:
    low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + ("exclusiveMinimum" in schema))
    high = schema.get("maximum", 1)
    return 1 if low <= 1 <= high else max(low, min(high, 1))


def _text(schema: Shape) -> str:
    return next((text for text in _texts(schema) if _fits(schema, text)), "")


def _texts(schema: Shape) -> Iterable[str]:
    """What may do, the nicest first."""
    if schema.get("format") in _FORMATS:
        yield _FORMATS[schema["format"]]
    yield "a" * max(schema.get("minLength", 1), 1)
    if "pattern" in schema:
        yield smallest_text(schema["pattern"]) or ""


def _fits(schema: Shape, text: str) -> bool:
    if not schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text)):
        return False
    return "pattern" not in schema or re.search(schema["pattern"], text) is not None
