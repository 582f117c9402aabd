"""Codes of an authenticator: six digits for every half minute, of which the one before and after count as well.

Source: RFC 6238 (TOTP), RFC 4226 (HOTP); Google Authenticator, "Key Uri Format".
"""

from __future__ import annotations

import hmac
from urllib.parse import quote

ISSUER = "RPMA"
STEP_MS = 30_000
#: Characters of a key in base32: 160 bits.
SECRET_CHARS = 32


def new_secret() -> str:
    """A key for an authenticator, base32 without padding."""
    import pyotp

    return pyotp.random_base32(SECRET_CHARS)


def url(secret: str, email: str) -> str:
    """What an authenticator reads from a picture."""
    label = f"{ISSUER}:{quote(email, safe='')}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits=6&period={STEP_MS // 1000}"


def matching_step(secret: str, code: str, now_ms: int) -> int | None:
    """The time step whose code this is, among those that count now; None: it is none of theirs."""
    from pyotp.totp import TOTP

    totp, current, found = TOTP(secret), now_ms // STEP_MS, None
    for step in (current - 1, current, current + 1):  # all three, however early one matches
        if hmac.compare_digest(totp.generate_otp(step), code):
            found = step
    return found
