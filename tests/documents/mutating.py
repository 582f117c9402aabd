"""Arguments that are nearly what they were: one value is replaced by another spelling of it, or by something else."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from bus.documents.json_schema import args_schema
from bus.documents.samples import sample_args

#: White space of Python, of ECMAScript, and what is none.
BLANKS = (" ", "\t", "\n", "\x1c", "\x85", "\xa0", "\u2003", "\u3000", "\ufeff", "-")
PLAIN: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 5, 7, 100, 2026, 1_000_000, 2**31, 2**63 - 1, 2**63, 0.5, 1.5, 0.001, 1e9, -0.5),
    *("", " ", "a", "0", "1", "yes", "5", "2026", "é", "日本", "\u212a", "x" * 60, "x" * 300, "\0", "[]", '["a", "b"]'),
    *("2026-01-31", "2026-01-31T09:00:00Z", "2026-06-22T10:00", "09:30", "#00ffAA", "https://example.org/a?b#c", "UTC"),
    *(
        "HTTPS://é.org",
        "http\u017f://a",
        "Europe/Paris",
        "ada@example.org",
        "+33 (0)1 23-45 67",
        "12 34-56",
        "abcdefghij",
    ),
    *("0198c0de-0000-7000-8000-000000000001", "0198C0DE000070008000000000000001", "__uncategorized__", "eur", "ASC"),
    *([], ["a"], [" a "], [1], [None], {}, {"a": 1}, {"label": "a", "name": "b"}, [{"label": "a", "name": "b"}]),
)


def spellings(value: Any) -> Iterator[Any]:
    """Other ways to write a value, of which fields take some."""
    if isinstance(value, str):
        yield from (value.upper(), value.lower(), value.title(), value.replace("-", ""), value.replace("k", "\u212a"))
        for blank in BLANKS:
            yield from (blank + value, value + blank, blank.join(value))
    yield from (str(value), [value], json.dumps(value))


def words_in(schema: Any) -> list[Any]:
    """What stands as a choice or an example anywhere in a document."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    found = [word for part in parts for word in words_in(part)]
    if isinstance(schema, dict):
        found += [word for name in ("enum", "examples") for word in schema.get(name) or [] if word not in found]
    return found


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a value another one may be put."""
    if path:
        yield path
    for name, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places_in(part, (*path, name))


def widest(schema: dict[str, Any], definitions: dict[str, Any], open_names: tuple[str, ...] = ()) -> Any:
    """A value of a schema with every member that there may be, whether it goes with the others or not."""
    schema = schema.get("x-normalised", schema)
    if "anyOf" in schema:
        return widest(schema["anyOf"][0], definitions, open_names)
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return None if name in open_names else widest(definitions[name], definitions, (*open_names, name))
    if "properties" in schema:
        return {name: widest(part, definitions, open_names) for name, part in schema["properties"].items()}
    return [widest(schema["items"], definitions, open_names)] if "items" in schema else "a"


def grafted(value: Any, wide: Any, path: tuple[Any, ...], part: Any) -> Any:
    """A copy of a value with another one at a place, made up on the way where there is nothing."""
    if not path:
        return deepcopy(part)
    step, rest = path[0], path[1:]
    if isinstance(value, dict):
        return value | {step: grafted(value.get(step), wide[step], rest, part)}
    if isinstance(wide, dict):
        return {step: grafted(None, wide[step], rest, part)}
    return [grafted(value[0] if value else None, wide[0], rest, part)]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """What stands at a place."""
    for step in path:
        value = value[step]
    return value


def arguments(contract: Any, rng: random.Random, count: int | None) -> Iterator[dict[str, Any]]:
    """Arguments for a contract: the sample, and the sample with one member replaced or added, however deep.

    Args:
        contract: takes some of them.
        rng: chooses.
        count: of values tried at each place; None: all.
    """
    sample, schema = sample_args(contract), args_schema(contract)
    yield sample
    yield sample | {"unknown": 1}
    words = words_in(schema)
    wide = widest(schema, schema.get("$defs", {}))
    for path in places_in(wide):
        values = [
            *PLAIN,
            *words,
            *(s for word in [at(wide, path), "ada@example.org", *words[:3]] for s in spellings(word)),
        ]
        for part in values if count is None else rng.sample(values, min(count, len(values))):
            yield grafted(sample, wide, path, part)
