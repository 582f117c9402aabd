"""A regular expression of Python as one of ECMAScript that matches the same texts, where that is certain.

Only what both languages read alike is taken over; a pattern that is not understood in full is left out, because a
document may promise too little and never too much.
"""

from __future__ import annotations

import re

#: What may stand in a pattern as it is, one after the other.
_ALIKE = re.compile(
    r"""
      [A-Za-z0-9 _\-,;:@#%&=<>!'"~`/]                 # a character that means itself
    | \\[\^$\\.*+?()\[\]{}|/]                         # one that means itself behind a backslash
    | \\[tnrfv] | \\x[0-9a-fA-F]{2} | \\u[0-9a-fA-F]{4}
    | \[\^?(?:
          [A-Za-z0-9 _,;:@#%&=<>!'"~`/.*+?(){}|$-] | \\[\\\]\[\-\^/.tnrfv] | \\x[0-9a-fA-F]{2} | \\u[0-9a-fA-F]{4}
      )+\]
    | \(\?: | \( (?!\?) | \)
    | \|
    | [*+?]\??(?![+?*]) | \{[0-9]+(?:,[0-9]*)?\}\??(?![+?*])
    """,
    re.VERBOSE,
)
#: How a pattern may end; Python's $ lets one line feed follow.
_END = {"": "", r"\Z": "$", "$": r"\n?$"}
#: Flags that change nothing about the patterns above.
_HARMLESS = re.UNICODE | re.ASCII


def ecma_pattern(regex: re.Pattern[str]) -> str | None:
    """What ``regex.match`` asks for, as a pattern of ECMAScript that is searched for; None: nothing certain."""
    if regex.flags & ~_HARMLESS:
        return None
    text = regex.pattern.removeprefix(r"\A").removeprefix("^")
    place = depth = 0
    has_alternatives = False
    while found := _ALIKE.match(text, place):
        part, place = found[0], found.end()
        depth += part.startswith("(") - (part == ")")
        has_alternatives |= part == "|" and depth == 0
    end = _END.get(text[place:])
    # An end behind alternatives ends the last of them alone.
    return None if end is None or (end and has_alternatives) else f"^(?:{text[:place]}){end}"
