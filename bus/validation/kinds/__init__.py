"""The kinds of fields whose behaviour generated code repeats, each with the function that writes it.

A field belongs to the first class of its class tree that stands here, if it changes nothing of it.
"""

from typing import Any

from marshmallow import fields as plain

from bus import fields
from bus.validation.kinds import amounts, containers, scalars
from bus.validation.plan import Kind

KINDS: dict[type[Any], Kind] = {
    kind.field: kind
    for kind in (
        Kind(plain.String, scalars.text),
        Kind(plain.Email, scalars.text),
        Kind(plain.Url, scalars.text),
        Kind(fields.String, scalars.text),
        Kind(fields.Email, scalars.text),
        Kind(fields.Text, scalars.text),
        Kind(fields.Key, scalars.text),
        Kind(fields.Id, scalars.id_text),
        Kind(plain.UUID, scalars.uuid_object),
        Kind(plain.Boolean, scalars.boolean),
        Kind(fields.Boolean, scalars.boolean),
        Kind(plain.Raw, scalars.raw),
        Kind(fields.Json, scalars.json_value),
        Kind(fields.Object, scalars.json_value),
        Kind(plain.Integer, amounts.integer),
        Kind(plain.Float, amounts.float_number),
        Kind(fields.Int64, amounts.int64),
        Kind(fields.Number, amounts.number),
        Kind(plain.List, containers.list_of, is_scalar=False),
        Kind(plain.Dict, containers.dict_of, is_scalar=False),
        Kind(plain.Nested, containers.nested, is_scalar=False),
        *(
            Kind(field, scalars.by_methods)
            for field in (
                plain.AwareDateTime,
                plain.Date,
                plain.DateTime,
                plain.Decimal,
                plain.IP,
                plain.IPInterface,
                plain.IPv4,
                plain.IPv4Interface,
                plain.IPv6,
                plain.IPv6Interface,
                plain.NaiveDateTime,
                plain.Time,
                plain.TimeDelta,
            )
        ),
        Kind(plain.Enum, scalars.enum_member, is_scalar=False),
    )
}
