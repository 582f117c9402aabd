"""Which passwords are too easy to guess to be set. Length and a few lists; no rule about kinds of characters.

Source: NIST SP 800-63B, "Memorized Secret Verifiers": long, not common, not the account's own name.
"""

from __future__ import annotations

import functools
import string

from contracts.identity.fields import MIN_PASSWORD
from plugins.identity.arguments import bad_argument

#: Refused whatever digits and signs stand around them.
WORDS = frozenset(
    (
        *("password", "passwort", "motdepasse", "azerty", "qwerty", "qwertyuiop", "letmein", "welcome", "admin"),
        *("administrator", "changeme", "iloveyou", "rpma", "login", "secret", "default", "charterbus"),
    )
)
_EDGES = string.digits + string.punctuation
_LETTERS, _DIGITS = string.ascii_lowercase, string.digits * (1 + 128 // 10 + 1)


def require_strong(name: str, password: str, *own_names: str) -> None:
    """Go on only if a password may be set.

    Args:
        name: of the argument that holds it.
        password: of the right length.
        own_names: email and username of the account.

    Raises:
        InvalidArguments: it may not.
    """
    fault = fault_of(password, *own_names)
    if fault is not None:
        raise bad_argument(name, fault)


def fault_of(password: str, *own_names: str) -> str | None:
    """What is wrong with a password; None: nothing."""
    folded = password.casefold()
    if len(set(folded)) == 1 or _is_run(folded):
        return "must not be a single character or a run of them"
    if folded in _spellings(own_names):
        return "must not be the account's email or username"
    if folded.strip(_EDGES) in WORDS or folded in _common():
        return "is one of the first that anybody would try"
    return None


def _is_run(folded: str) -> bool:
    return any(folded in order or folded[::-1] in order for order in (_LETTERS, _DIGITS))


def _spellings(own_names: tuple[str, ...]) -> set[str]:
    folded = {name.casefold() for name in own_names}
    return folded | {name.partition("@")[0] for name in folded}


@functools.cache
def _common() -> frozenset[str]:
    """Common passwords and words that are long enough to pass otherwise: about 4,000."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # a megabyte, and few processes set passwords

    return frozenset(one for words in FREQUENCY_LISTS.values() for one in words if len(one) >= MIN_PASSWORD)
