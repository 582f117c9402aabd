"""What fields tell of the texts they take, as patterns of JSON Schema, which Python and ECMAScript read alike.

Not here: what becomes of the texts (the fields of each domain).
"""

from typing import Any

#: White space as Python strips it off, for a set of a pattern.
BLANKS = r"\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

#: A letter that becomes a small k.
KELVIN = r"\u212a"


def padded(form: str, blanks: str = BLANKS) -> str:
    """Texts of a form, with white space around them."""
    return f"^[{blanks}]*(?:{form})[{blanks}]*$"


def any_case(word: str) -> str:
    """A word of ASCII in any letter case."""
    return "".join(
        f"[{letter}{letter.upper()}{KELVIN if letter == 'k' else ''}]" if letter.isalpha() else letter
        for letter in word
    )


def trimmed_text(least: int = 0, most: int | None = None, blanks: str = BLANKS) -> dict[str, Any]:
    """Any text, read without the white space around it; so many characters stay."""
    normal: dict[str, Any] = {"type": "string", "pattern": rf"^(?:[^{blanks}](?:[\s\S]*[^{blanks}])?)?$"}
    if least:
        normal["minLength"] = least
    if most is not None:
        normal["maxLength"] = most
    return {"type": "string", **({"pattern": f"[^{blanks}]"} if least else {}), "x-normalised": normal}


def text_of_form(form: str, most: int | None = None, **normal: Any) -> dict[str, Any]:
    """Text of a form, with white space around it; ``normal`` adds to what is said of the text alone."""
    longest = {} if most is None else {"maxLength": most}
    alone = {"type": "string", "pattern": f"^(?:{form})$", **longest, **normal}
    return {"type": "string", "pattern": padded(form), "x-normalised": alone}
