"""Reading documented settings from environment variables. An empty variable counts as not set.

The reader is our own: environs takes 9 ms of every start and cannot word an error as the set-up's one sentence.

Not here: which settings there are (bus/settings.py and plugins), what a kind of value allows (bus/setting_kinds.py).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, NamedTuple

from bus.errors import SetupError
from bus.setting_kinds import Kind

#: Characters of a wrong value that an error message repeats.
MAX_SHOWN = 100


class Setting(NamedTuple):
    """What there is to know about one setting besides its value."""

    #: Name of the field of the settings' class.
    name: str
    #: Environment variables, the first that is set wins.
    variables: tuple[str, ...]
    meaning: str
    #: The default as people read it.
    default: str
    #: What a number counts; None for text.
    unit: str | None
    kind: Kind


def setting(
    variables: str,
    kind: Kind,
    meaning: str,
    default: Any,
    *,
    shown: str | None = None,
    unit: str | None = None,
    is_url: bool = False,
) -> Any:
    """A field of ``Settings`` with its documentation; a callable default is called for each new ``Settings``."""
    documentation = Setting(
        "",
        tuple(variables.split()),
        meaning,
        str(default) if shown is None else shown,
        unit,
        kind,
    )
    settled: dict[str, Any] = {"default_factory": default} if callable(default) else {"default": default}
    is_shown = not (is_url or kind.is_secret)  # a URL may hold a password
    return field(**settled, metadata={"setting": documentation}, repr=is_shown)


def settings_of(documented: type[Any]) -> tuple[Setting, ...]:
    """The settings among the fields of a dataclass, in the order in which they stand there."""
    return tuple(
        one.metadata["setting"]._replace(name=one.name)
        for one in dataclasses.fields(documented)
        if "setting" in one.metadata
    )


def all_documented(documented: Any) -> bool:
    """Whether this is a dataclass whose every field is a ``setting(...)``; plugins may have written anything."""
    return dataclasses.is_dataclass(documented) and all("setting" in f.metadata for f in dataclasses.fields(documented))


def read(settings: Iterable[Setting], environ: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What an environment sets: the values by field, and by field the variable each came from.

    Raises:
        SetupError: a variable holds something that is not allowed; all such variables are named.
    """
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    faults: list[str] = []
    for one in settings:
        variable = next((name for name in one.variables if environ.get(name, "").strip()), None)
        if variable is None:
            continue
        try:
            values[one.name] = one.kind.read(environ[variable].strip())
            sources[one.name] = variable
        except (ValueError, KeyError, RuntimeError):
            faults.append(_fault(variable, environ[variable], one))
    if faults:
        raise SetupError("; ".join(faults))
    return values, sources


def _fault(variable: str, text: str, setting: Setting) -> str:
    from bus.masking import MASK, masked_text  # only for a start that stops

    shown = MASK if setting.kind.is_secret else masked_text(text)
    shown = shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}..."
    return f"{variable} is {shown!r} but must be {setting.kind.allowed}; correct it or leave it out"
