"""Text, identifiers, booleans and verbatim JSON."""

from __future__ import annotations

import uuid
from binascii import unhexlify
from typing import Any

from bus import fields
from bus.validation.checks import allows_clean_text_only
from bus.validation.plan import Code, Lines, Plan, Unusual, indented
from bus.validation.values import dumped_by_methods, dumping_method

_UUID_SLOTS = {name: uuid.UUID.__dict__.get(name) for name in ("int", "is_safe")}


def text(field: Any, var: str, plan: Plan) -> Code:
    """marshmallow's String takes all text, ours and every result only what can be stored and sent everywhere."""
    conditions = [f"type({var}) is not str"]
    if isinstance(field, fields.Key):
        conditions.append(f"not {var}")
    if (plan.is_dumping or isinstance(field, fields.String)) and not allows_clean_text_only(field):
        is_clean = plan.constant("is_clean", fields.is_clean)
        conditions.append(f'"\\0" in {var} or not ({var}.isascii() or {is_clean}({var}))')
    return Code([f"if {' or '.join(conditions)}: raise Odd"], is_plain=True, loaded=var)


def id_text(_field: Any, var: str, plan: Plan) -> Code:
    """A UUID that stays text."""
    matches = plan.constant("matches_uuid", fields.UUID_TEXT.match)
    return Code([f"if type({var}) is not str or {matches}({var}) is None: raise Odd"], is_plain=True, loaded=var)


def uuid_object(_field: Any, var: str, plan: Plan) -> Code:
    """A UUID: an object for the handler, text on the wire."""
    digits = f"{plan.constant('unhexlify', unhexlify)}({var}.replace('-', ''))"
    uuid_class = plan.constant("uuid_class", uuid.UUID)
    if plan.is_dumping:
        hexadecimal = plan.variable("hexadecimal")
        groups = ("[:8]", "[8:12]", "[12:16]", "[16:20]", "[20:]")
        text_ = "-".join(f"{{{hexadecimal}{group}}}" for group in groups)
        lines = [
            f"if type({var}) is {uuid_class}:",
            f"    {hexadecimal} = '%032x' % {var}.int",
            f"    {var} = f'{text_}'",
            f"elif type({var}) is not str or len({digits}) != 16: raise Odd",
        ]
        return Code(lines, keeps=False)
    read = _read_slots(var, digits, uuid_class, plan) if HAS_KNOWN_UUID_SLOTS else [f"    {var} = {uuid_class}({var})"]
    return Code([f"if type({var}) is str:", *read, f"elif type({var}) is not {uuid_class}: raise Odd"], keeps=False)


def _read_slots(var: str, digits: str, uuid_class: str, plan: Plan) -> Lines:
    # UUID() costs three times as much. What it accepts beyond hyphens and 32 digits is marshmallow's to read.
    int_slot, safe_slot = (slot.__set__ for slot in _UUID_SLOTS.values() if slot is not None)
    octets = plan.variable("octets")
    return [
        f"    {octets} = {digits}",
        f"    if len({octets}) != 16: raise Odd",
        f"    {var} = {plan.constant('new', object.__new__)}({uuid_class})",
        f"    {plan.constant('set_int', int_slot)}({var}, {plan.constant('from_bytes', int.from_bytes)}({octets}))",
        f"    {plan.constant('set_safe', safe_slot)}({var}, {plan.constant('unknown', uuid.SafeUUID.unknown)})",
    ]


def _has_known_uuid_slots() -> bool:
    """Whether a UUID is its two slots, as it is in Python 3.11 to 3.13."""
    if any(slot is None for slot in _UUID_SLOTS.values()) or hasattr(uuid.UUID(int=0), "__dict__"):
        return False
    sample = object.__new__(uuid.UUID)
    try:
        for slot, value in zip(_UUID_SLOTS.values(), (1, uuid.SafeUUID.unknown), strict=True):
            slot.__set__(sample, value)  # pyright: ignore[reportOptionalMemberAccess]  # checked above
        return sample == uuid.UUID(int=1) and sample.is_safe is uuid.SafeUUID.unknown and str(sample).endswith("1")
    except (AttributeError, TypeError):
        return False


HAS_KNOWN_UUID_SLOTS = _has_known_uuid_slots()


def boolean(field: Any, var: str, plan: Plan) -> Code:
    """True and False; their other spellings are marshmallow's to read."""
    if True not in field.truthy or False in field.truthy or False not in field.falsy:
        raise Unusual("it spells true and false its own way")
    is_other = f"{var} is not True and {var} is not False"
    lines = [f"if {is_other}: raise Odd"]
    if plan.is_dumping and isinstance(field, fields.Boolean):
        dump = plan.constant("dump_Boolean", dumping_method(field))
        lines = [f"if {is_other}:", f"    {var} = {dump}({var}, None, None)", *indented(lines)]
        return Code(lines, keeps=False, is_plain=True, loaded=var)
    return Code(lines, is_plain=True, loaded=var)


def raw(_field: Any, var: str, plan: Plan) -> Code:
    """Any value, as it is."""
    plan.has_doubtful_values = True
    return Code([f"if {var} is missing: raise Odd"], refuses_none=False, loaded=var)


def json_value(field: Any, var: str, plan: Plan) -> Code:
    """Any JSON, or any JSON object, as it is."""
    fault = f"{plan.constant('json_fault', fields.json_fault)}({var}) is not None"
    if isinstance(field, fields.Object):
        return Code([f"if type({var}) is not dict or {fault}: raise Odd"], loaded=var)
    return Code([f"if {fault}: raise Odd"], refuses_none=False, loaded=var)


def by_methods(_field: Any, _var: str, _plan: Plan) -> Code:
    """A kind of marshmallow's that is called, not written out."""
    raise Unusual("it has no code of its own")


def enum_member(field: Any, var: str, plan: Plan) -> Code:
    """Called, too, unless another field stands between the enum and the wire."""
    if plan.is_dumping and isinstance(field.by_value, bool):
        return dumped_by_methods(field, var, plan)
    raise Unusual("it has no code of its own")
