"""The refusals of this domain. Callers branch on the code; the message is for people and may change."""

from bus.errors import Refusal


class ClientDuplicateEmail(Refusal):
    """Another live client has the email. Callers look that one up."""

    code = "CLIENT_DUPLICATE_EMAIL"
    message = "another client has this email"


class ClientDuplicateTaxId(Refusal):
    """Another live client has the tax id. Callers look that one up."""

    code = "CLIENT_DUPLICATE_TAX_ID"
    message = "another client has this tax id"


class ClientHasActiveTasks(Refusal):
    """Open tasks refer to the client. Callers close those first."""

    code = "CLIENT_HAS_ACTIVE_TASKS"
    message = "the client has {active_tasks} open tasks"
