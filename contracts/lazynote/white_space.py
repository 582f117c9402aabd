"""White space is what Unicode calls so, in arguments, command lines, queries and previews alike.

Python's own idea of it has four characters more, the separators U+001C to U+001F; for this domain they are control
characters like others.
"""

import re

WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
#: As a set of a regular expression, and all other characters.
BLANK, NO_BLANK = f"[{WHITE_SPACE}]", f"[^{WHITE_SPACE}]"

_BLANKS = re.compile(f"{BLANK}+")
_PYTHONS_OWN = re.compile("[\x1c-\x1f]")


def trimmed(text: str) -> str:
    """The text without the white space around it."""
    return text.strip(WHITE_SPACE)


def pieces(text: str) -> list[str]:
    """What stands between white space."""
    if _PYTHONS_OWN.search(text) is None:
        return text.split()
    return list(filter(None, _BLANKS.split(text)))
