"""Log in, keep a session, add a second factor, and see what a stolen token is worth.

Run: python examples/08_log_in.py
Prints:
    first account admin
    me ana@example.com
    wrong password AUTH_INVALID
    password alone TWO_FACTOR_REQUIRED
    with a code True
    the same code again TWO_FACTOR_INVALID
    refreshed True
    refreshed by a thief AUTH_INVALID
    refreshed by the owner AUTH_INVALID
"""

import os
import secrets
import time
from typing import Any

from pyotp.totp import TOTP

from bus import Bus, Envelope

PASSWORD = "Corr3ct-Horse-Battery!"  # noqa: S105  # nobody's
ANA: dict[str, Any] = {"email": "ana@example.com", "password": PASSWORD}


def data(answer: Envelope) -> dict[str, Any]:
    if answer.data is None:
        raise SystemExit(f"{answer.command} was refused: {answer.error}")
    return answer.data


def main() -> None:
    # Servers keep theirs: without it, no token opens anything any more.
    os.environ.setdefault("BUS_IDENTITY_KEYS", secrets.token_urlsafe(48))
    with Bus.open("sqlite://") as bus:
        session = data(bus.call("auth_create_account", {**ANA, "first_name": "Ana", "last_name": "Diaz"}))
        print("first account", session["role"])
        token = session["token"]
        print("me", data(bus.call("auth_validate_session", session_token=token))["email"])
        print("wrong password", bus.call("auth_login", {**ANA, "password": "not this one"}).code)

        begun = data(bus.call("enable_2fa", session_token=token))
        authenticator = TOTP(begun["secret"])
        data(bus.call("verify_2fa_setup", {"code": authenticator.now()}, session_token=token))
        print("password alone", bus.call("auth_login", ANA).code)
        code = authenticator.at(int(time.time()), counter_offset=1)  # the one shown now was used to set up
        session = data(bus.call("auth_login", {**ANA, "code": code}))
        print("with a code", session["two_factor_verified"])
        print("the same code again", bus.call("auth_login", {**ANA, "code": code}).code)

        stolen = session["refresh_token"]
        session = data(bus.call("auth_refresh_token", {"refresh_token": stolen}))
        print("refreshed", session["token"] != token)
        print("refreshed by a thief", bus.call("auth_refresh_token", {"refresh_token": stolen}).code)
        owners = {"refresh_token": session["refresh_token"]}
        print("refreshed by the owner", bus.call("auth_refresh_token", owners).code)


if __name__ == "__main__":
    main()
