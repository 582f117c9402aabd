"""What people are told when a command is refused, in English; other languages bring a mapping of their own.

Not here: the sentences of the bus itself, which follow the code in the envelope.
"""

from __future__ import annotations

from collections.abc import Mapping

#: The name under which the text for everything else stands.
OTHERWISE = "*"
#: Longest sentence of the bus that people are shown, characters.
LONGEST_SHOWN = 200

#: Code -> text. A code that is not here shows the sentence of the bus.
TEXTS: Mapping[str, str] = {
    "FORBIDDEN": "You are not allowed to do this.",
    "UNAUTHENTICATED": "Your session has ended. Please log in again.",
    "NOT_FOUND": "This could not be found.",
    "RATE_LIMITED": "Too many requests. Please wait a moment and try again.",
    "VALIDATION_ERROR": "Some of what was entered is not valid. Please check it.",
    "HANDLER_ERROR": "Something went wrong. Please try again later.",
    "TIMEOUT": "This took too long. Please try again.",
    "UNREACHABLE": "The service cannot be reached. Please try again later.",
    OTHERWISE: "The request could not be carried out.",
}


def text_for(code: str, said: str, texts: Mapping[str, str] = TEXTS) -> str:
    """What people are told of an error.

    Args:
        code: of the error.
        said: what the bus said.
        texts: in their language; a code left out is told in English.
    """
    fixed = texts.get(code) or TEXTS.get(code)
    if fixed is not None:
        return fixed
    return said if len(said) <= LONGEST_SHOWN else texts.get(OTHERWISE, TEXTS[OTHERWISE])
