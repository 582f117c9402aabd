"""Materials: making, reading, changing, discontinuing and listing them."""

from bus.contract import AUTHENTICATED, READ, WRITE, Contract, Schema
from bus.fields import Boolean, Flag, Id, Int64, Nested
from contracts.inventory.drafts import MaterialChange, MaterialDraft
from contracts.inventory.errors import MaterialDuplicateSku, MaterialInactive, StockLimitExceeded
from contracts.inventory.rows import Material, PageOfMaterials
from contracts.inventory.words import MATERIAL_TYPES
from contracts.workshop.errors import NotFound
from contracts.workshop.fields import Trimmed, one_of_or_null, text_or_null
from contracts.workshop.roles import WORKERS


class OneMaterial(Schema):
    """Which material."""

    id = Trimmed(required=True)


class MaterialCreate(Contract):
    """Make a material; its first stock is booked."""

    name, version = "material_create", 1
    effect, access = WRITE, WORKERS
    errors = (MaterialDuplicateSku, StockLimitExceeded)

    Params = MaterialDraft
    Result = Material


class MaterialGet(Contract):
    """Read a material, also a discontinued one."""

    name, version = "material_get", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    Params = OneMaterial
    Result = Material


class MaterialGetBySku(Contract):
    """Read the material with this SKU, also a discontinued one."""

    name, version = "material_get_by_sku", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    class Params(Schema):
        sku = Trimmed(required=True)

    Result = Material


class MaterialList(Contract):
    """Read a part of the materials, by name."""

    name, version = "material_list", 1
    effect, access = READ, AUTHENTICATED

    class Params(Schema):
        material_type = one_of_or_null(MATERIAL_TYPES)
        category = text_or_null()
        search = text_or_null()  # part of SKU, name, description or brand
        active_only = Flag(load_default=None, allow_none=True)  # true
        limit = Int64(load_default=None, allow_none=True)  # 50, 1 to 200
        offset = Int64(load_default=None, allow_none=True)  # 0

    Result = PageOfMaterials


class MaterialUpdate(Contract):
    """Change some of a material, but not its stock."""

    name, version = "material_update", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, MaterialInactive, MaterialDuplicateSku, StockLimitExceeded)

    class Params(OneMaterial):
        data = Nested(MaterialChange, required=True)

    Result = Material


class MaterialDelete(Contract):
    """Discontinue a material; its stock and what was booked stay."""

    name, version = "material_delete", 1
    effect, access = WRITE, WORKERS
    errors = (NotFound, MaterialInactive)

    Params = OneMaterial

    class Result(Schema):
        id = Id(required=True)
        deleted = Boolean(required=True)
