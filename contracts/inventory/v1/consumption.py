"""What interventions use of materials: recording it, and reading it by intervention."""

from bus.contract import AUTHENTICATED, READ, WRITE, Contract, Schema
from bus.fields import Int64, Json, validate
from contracts.inventory.drafts import MAX_LONG_TEXT, MAX_TEXT
from contracts.inventory.errors import InsufficientStock, MaterialExpired, MaterialInactive
from contracts.inventory.rows import Consumption, Consumptions, Summary
from contracts.workshop.errors import InterventionInvalidState, InterventionStepNotFound, NotFound
from contracts.workshop.fields import Trimmed, text_or_null
from contracts.workshop.quantities import Quantity
from contracts.workshop.roles import WORKERS


class MaterialRecordConsumption(Contract):
    """Book what an intervention uses and wastes of a material."""

    name, version = "material_record_consumption", 1
    effect, access = WRITE, WORKERS
    errors = (
        NotFound,
        InterventionInvalidState,
        InterventionStepNotFound,
        MaterialInactive,
        MaterialExpired,
        InsufficientStock,
    )

    class Params(Schema):
        intervention_id = Trimmed(required=True)
        material_id = Trimmed(required=True)
        quantity_used = Quantity(required=True, takes_zero=False)  # above 0, with at most 3 fractional digits
        waste_quantity = Quantity(load_default=None, allow_none=True)  # 0; at most 3 fractional digits
        waste_reason = text_or_null(MAX_LONG_TEXT)
        step_id = text_or_null()
        step_number = Int64(load_default=None, allow_none=True, validate=validate.Range(min=1))  # the step's own first
        batch_used = text_or_null(MAX_TEXT)
        quality_notes = text_or_null(MAX_LONG_TEXT)
        recorded_by = Json(load_default=None, allow_none=True)  # ignored: it is the caller

    Result = Consumption


class OneIntervention(Schema):
    """Which intervention."""

    intervention_id = Trimmed(required=True)


class MaterialGetInterventionConsumption(Contract):
    """Read what an intervention used, the oldest first."""

    name, version = "material_get_intervention_consumption", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    Params = OneIntervention
    Result = Consumptions


class MaterialGetInterventionSummary(Contract):
    """Read what an intervention used and what that cost, the oldest first."""

    name, version = "material_get_intervention_summary", 1
    effect, access = READ, AUTHENTICATED
    errors = (NotFound,)

    Params = OneIntervention
    Result = Summary
