"""Chance-made contracts in pairs: a released one, and what somebody made of it."""

from __future__ import annotations

import random
from typing import Any

from bus import EXCLUDE, RAISE, Contract, Schema, fields
from bus.fields import validate

#: How a member may be: name of its kind, then options. Lists and nested objects hold further ones.
Spec = dict[str, Any]
KINDS = ("text", "word", "key", "id", "int64", "number", "flag", "boolean", "integer", "list", "row", "map", "object")
WORDS = ("open", "done", "late", "lost")


def spec_of(rng: random.Random, depth: int = 2) -> Spec:
    """One member."""
    kind = rng.choice(KINDS if depth else KINDS[:9])
    spec: Spec = {"kind": kind, "null": rng.random() < 0.2, "required": rng.random() < 0.4}
    if kind in {"text", "int64", "number", "list", "integer"}:
        low = rng.choice((None, None, 0, 1, 2))
        spec |= {"min": low, "max": rng.choice((None, None, 2, 3, 5))}
    if kind == "word":
        spec["words"] = rng.sample(WORDS, rng.randint(1, 3))
    if kind in {"list", "map"}:
        spec["inner"] = spec_of(rng, depth - 1)
    if kind == "row":
        spec["members"] = members_of(rng, depth - 1)
    if not spec["required"] and rng.random() < 0.2 and kind == "text":
        spec["default"] = rng.choice(("aa", "aaa"))
    return spec


def members_of(rng: random.Random, depth: int = 2) -> dict[str, Spec]:
    """Some members by name."""
    return {name: spec_of(rng, depth) for name in rng.sample("abcd", rng.randint(1, 3))}


def edited(rng: random.Random, members: dict[str, Spec]) -> dict[str, Spec]:
    """The same members after one edit somewhere."""
    made = {name: dict(spec) for name, spec in members.items()}
    chance = rng.random()
    name = rng.choice(list(made))
    if chance < 0.1:
        del made[name]
    elif chance < 0.25:
        made[rng.choice("abcdef")] = spec_of(rng, 1)
    else:
        made[name] = _edited_member(rng, made[name])
    return made


def _edited_member(rng: random.Random, spec: Spec) -> Spec:
    if "inner" in spec and rng.random() < 0.6:
        return spec | {"inner": _edited_member(rng, spec["inner"])}
    if "members" in spec and rng.random() < 0.7:
        return spec | {"members": edited(rng, spec["members"])}
    name = rng.choice([name for name in spec if name not in {"inner", "members", "default"}])
    if name == "kind":
        return spec_of(rng, 1)
    if name in {"min", "max"}:
        return spec | {name: rng.choice((None, 1, 2, 4))}
    if name == "words":
        return spec | {"words": rng.sample(WORDS, rng.randint(1, 4))}
    return spec | {name: not spec[name]}


def contract_of(members: dict[str, Spec], **facts: Any) -> type[Contract]:
    """A contract whose arguments and data have these members."""
    shape = _schema(members)
    return type("Made", (Contract,), {"name": "made", "Params": shape, "Result": shape, **facts})


def unknown_of(rng: random.Random) -> Any:
    """What becomes of arguments that nobody knows."""
    return RAISE if rng.random() < 0.8 else EXCLUDE


def _schema(members: dict[str, Spec]) -> type[Schema]:
    return Schema.from_dict({name: _field(spec) for name, spec in members.items()}, name="Made")


def _field(spec: Spec, *, is_inner: bool = False) -> Any:
    options: dict[str, Any] = {"allow_none": spec["null"]}
    if not is_inner:
        options["required"] = spec["required"]
    if "default" in spec and not spec["required"] and not is_inner:
        options["load_default"] = spec["default"]
    low, high = spec.get("min"), spec.get("max")
    has_limits = low is not None or high is not None
    match spec["kind"]:
        case "text":
            return fields.Text(validate=validate.Length(low, high) if has_limits else None, **options)
        case "word":
            return fields.Text(validate=validate.OneOf(spec["words"]), **options)
        case "int64" | "number" | "integer" as kind:
            made = {"int64": fields.Int64, "number": fields.Number, "integer": fields.Integer}[kind]
            return made(validate=validate.Range(low, high) if has_limits else None, **options)
        case "list":
            limits = validate.Length(low, high) if has_limits else None
            return fields.List(_field(spec["inner"], is_inner=True), validate=limits, **options)
        case "row":
            return fields.Nested(_schema(spec["members"]), **options)
        case "map":
            return fields.Dict(fields.Text(), _field(spec["inner"], is_inner=True), **options)
        case kind:
            plain = {"key": fields.Key, "id": fields.Id, "flag": fields.Flag, "boolean": fields.Boolean}
            return plain.get(kind, fields.Object)(**options)
