"""The refusals of this domain. Callers branch on the code; the message is for people and may change."""

from bus.errors import Refusal


class QuoteInvalidState(Refusal):
    """The quote's status does not allow this; ``details.status`` says what it is now. Callers read it again."""

    code = "QUOTE_INVALID_STATE"
    message = "a quote that is {status} does not allow this"
