"""What operators set for this domain.

Not here: what is derived from a key (keys.py).
"""

# setting returns dataclasses.field(...), which ruff cannot see

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bus.environment import setting
from bus.setting_kinds import KEYS, SWITCH, whole

KEY_FILE = "identity.keys"


@dataclass(frozen=True)
class IdentitySettings:
    """Variables of the environment, read when they are needed."""

    keys: tuple[str, ...] = setting(
        "BUS_IDENTITY_KEYS",
        KEYS,
        "Keys that hash tokens and encrypt second factors, the same for all processes on one database; the first is "
        "used, all of them are tried when something is checked.",
        (),
        shown=f"one key in the file {KEY_FILE} of the home folder, made at the first need",
    )
    signup_open: bool = setting(
        "BUS_SIGNUP_OPEN",
        SWITCH,
        "Whether strangers may make accounts once there is one.",
        False,
        shown="false",
    )
    keep_events_days: int = setting(
        "BUS_SECURITY_EVENTS_DAYS",
        whole(1, 36_500),
        "How long security events are kept.",
        365,
        unit="days",
    )
    password_memory_kib: int = setting(
        "BUS_PASSWORD_MEMORY_KIB",
        whole(8, 4_194_304),
        "Memory that hashing a password or a backup code takes; more makes guessing dearer. OWASP asks for at least "
        "19,456 with two passes; less is for tests.",
        19_456,
        unit="KiB",
    )
    password_passes: int = setting(
        "BUS_PASSWORD_PASSES",
        whole(1, 1_000),
        "How often hashing goes over that memory.",
        2,
    )


def key_file() -> Path:
    """Where the key lies that this machine made for itself."""
    home = os.environ.get("BUS_HOME", "").strip()
    if home:
        return Path(home).expanduser().absolute() / KEY_FILE
    import platformdirs  # only for whoever sets neither a home nor keys

    return Path(platformdirs.user_data_dir("charterbus", appauthor=False)) / KEY_FILE
