"""The rows of the domain's answers. Moments are epoch milliseconds."""

from bus.contract import Schema
from bus.fields import EpochMillis, Id, Int64, List, Nested, Text, validate
from contracts.clients.drafts import CUSTOMER_TYPES
from contracts.tasks.rows import Task


class Client(Schema):
    """A client, and how many live tasks it has."""

    id = Id(required=True)
    name = Text(required=True)
    email = Text(required=True, allow_none=True)
    phone = Text(required=True, allow_none=True)
    customer_type = Text(required=True, validate=validate.OneOf(CUSTOMER_TYPES))
    address_street = Text(required=True, allow_none=True)
    address_city = Text(required=True, allow_none=True)
    address_state = Text(required=True, allow_none=True)
    address_zip = Text(required=True, allow_none=True)
    address_country = Text(required=True, allow_none=True)
    tax_id = Text(required=True, allow_none=True)
    company_name = Text(required=True, allow_none=True)
    contact_person = Text(required=True, allow_none=True)
    notes = Text(required=True, allow_none=True)
    tags = List(Text(), required=True)
    created_at = EpochMillis(required=True)
    updated_at = EpochMillis(required=True)
    created_by = Text(required=True)
    total_tasks = Int64(required=True)
    active_tasks = Int64(required=True)  # open ones
    completed_tasks = Int64(required=True)
    last_task_date = Text(required=True, allow_none=True)


class ClientAndTasks(Client):
    """A client, and tasks of it where they were asked for, the newest first."""

    tasks = List(Nested(Task))


class Statistics(Schema):
    """How many live clients there are."""

    total_clients = Int64(required=True)
    individual_clients = Int64(required=True)
    business_clients = Int64(required=True)
    clients_with_tasks = Int64(required=True)
    new_clients_this_month = Int64(required=True)  # of the calendar in UTC
