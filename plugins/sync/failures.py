"""What is kept of a push that failed: a sentence for operators, without secrets, that any database can hold."""

from __future__ import annotations

import re

from contracts.sync.fields import MAX_ERROR

MASK = "[REDACTED]"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
#: Name and password in an address, what follows the name of a scheme of authorisation, what is said to be secret.
_SECRETS = (
    (re.compile(r"(?<=://)[^/\s@]*@"), f"{MASK}@"),
    (re.compile(r"(?i)\b(bearer|basic|digest)\s+[^\s,;'\"]+"), rf"\1 {MASK}"),
    (
        re.compile(r"(?i)\b([\w-]*(?:password|passwd|secret|token|api[_-]?key|signature))(['\"]?\s*[=:]\s*)[^\s,;&]+"),
        rf"\1\2{MASK}",
    ),
)


class PushFailed(Exception):
    """The remote was asked and did not take the operation, or did not say that it has."""


def told(error: Exception) -> str:
    """The sentence of a failure; the remote of another plugin may have put anything into it."""
    words = str(error)
    if not isinstance(error, PushFailed | ConnectionError) or not words.strip():
        words = f"{type(error).__name__}: {words}".rstrip(": ")
    for secret, shown in _SECRETS:
        words = secret.sub(shown, words)
    return _UNPRINTABLE.sub(" ", words)[:MAX_ERROR]
