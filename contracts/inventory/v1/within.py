"""What other domains ask about materials. To callers outside these commands do not exist."""

from bus.contract import INTERNAL, READ, Contract, Schema
from bus.fields import Id, List, Nested, Text
from contracts.workshop.fields import Trimmed


class NamedMaterial(Schema):
    """A material, and what it is called."""

    id = Id(required=True)
    name = Text(required=True)


class MaterialNames(Contract):
    """Read what materials are called, also discontinued ones; unknown ones are left out."""

    name, version = "material_names", 1
    effect, access = READ, INTERNAL

    class Params(Schema):
        material_ids = List(Trimmed(), required=True)

    class Result(Schema):
        items = List(Nested(NamedMaterial), required=True)
