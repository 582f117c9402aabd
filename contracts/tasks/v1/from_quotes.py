"""How an accepted quote becomes a task. To callers outside this command does not exist."""

from bus.contract import INTERNAL, WRITE, Contract, Schema
from bus.fields import Id
from contracts.workshop.fields import Trimmed, text_or_null


class TaskCreateFromQuote(Contract):
    """Make a draft of a task from what a quote says; the caller holds the client."""

    name, version = "task_create_from_quote", 1
    effect, access = WRITE, INTERNAL

    class Params(Schema):
        quote_number = Trimmed(required=True)
        client_id = Trimmed(required=True)
        customer_name = text_or_null()
        customer_email = text_or_null()
        customer_phone = text_or_null()
        vehicle_plate = text_or_null()
        vehicle_make = text_or_null()
        vehicle_model = text_or_null()
        vehicle_year = text_or_null()
        vehicle_vin = text_or_null()
        notes = text_or_null()

    class Result(Schema):
        task_id = Id(required=True)
