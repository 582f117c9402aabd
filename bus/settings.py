"""The settings: environment variables named ``BUS_...``, read once, when a bus opens.

Each field carries its own documentation, so that ``bus config`` and the reference pages list what is true. An empty
variable counts as not set. Only the environment is checked here: whoever builds ``Settings(...)`` in code is trusted.

The reader is our own: environs takes 9 ms of every start and cannot word an error as the set-up's one sentence.

Not here: opening what the settings name (bus/application.py), printing them (bus/cli/config.py).
"""

# ruff: noqa: RUF009  # _setting returns dataclasses.field(...), which ruff cannot see

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from bus.errors import SetupError
from bus.setting_kinds import BROKER, DATABASE, FOLDER, NAMES, SWITCH, Kind, one_of, whole

#: File name of the embedded database inside ``home``.
DATABASE_FILE = "bus.sqlite"
#: Characters of a wrong value that an error message repeats.
MAX_SHOWN = 100


class Setting(NamedTuple):
    """What there is to know about one setting besides its value."""

    #: Name of the field of ``Settings``.
    name: str
    #: Environment variables, the first that is set wins.
    variables: tuple[str, ...]
    meaning: str
    #: The default as people read it.
    default: str
    #: What a number counts; None for text.
    unit: str | None
    kind: Kind


def _setting(
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
    return field(**settled, metadata={"setting": documentation}, repr=not is_url)  # a URL may hold a password


def _data_folder() -> Path:
    """The user's folder for programs' data. On Linux as the XDG rules say: platformdirs takes 8 % of a start."""
    if sys.platform == "linux":
        chosen = Path(os.environ.get("XDG_DATA_HOME", "").strip())
        return (chosen if chosen.is_absolute() else Path.home() / ".local" / "share") / "charterbus"
    import platformdirs

    return Path(platformdirs.user_data_dir("charterbus", appauthor=False))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Settings:
    """Everything that can be set from outside, with what each setting means."""

    home: Path = _setting(
        "BUS_HOME",
        FOLDER,
        "Folder of the embedded database.",
        _data_folder,
        shown="the user's data folder",
    )
    database_url: str | None = _setting(
        "BUS_DATABASE_URL DATABASE_URL",
        DATABASE,
        "The database.",
        None,
        shown=f"{DATABASE_FILE} in the home folder",
        is_url=True,
    )
    broker_url: str | None = _setting(
        "BUS_BROKER_URL",
        BROKER,
        "What wakes the workers.",
        None,
        shown="embedded: the database itself",
        is_url=True,
    )
    plugins_allow: tuple[str, ...] | None = _setting(
        "BUS_PLUGINS_ALLOW",
        NAMES,
        "Plugins that may be loaded.",
        None,
        shown="all installed ones",
    )
    plugins_deny: tuple[str, ...] = _setting(
        "BUS_PLUGINS_DENY",
        NAMES,
        "Plugins that are left out, also when they are allowed.",
        (),
        shown="none",
    )
    plugins_strict: bool = _setting(
        "BUS_PLUGINS_STRICT",
        SWITCH,
        "Whether one broken plugin stops the start.",
        False,
        shown="false",
    )
    sqlite_synchronous: str = _setting(
        "BUS_SQLITE_SYNCHRONOUS",
        one_of("NORMAL", "FULL"),
        "SQLite only: answered commands survive a killed process (NORMAL) or a power failure as well (FULL, slower).",
        "NORMAL",
    )
    busy_timeout_ms: int = _setting(
        "BUS_BUSY_TIMEOUT_MS",
        whole(5_000, 600_000),
        "Longest wait for a lock of the database; then the answer is DATABASE_BUSY.",
        5_000,
        unit="milliseconds",
    )
    max_request_bytes: int = _setting(
        "BUS_MAX_REQUEST_BYTES",
        whole(2**20, 2**30),
        "Largest request; a larger one is answered PAYLOAD_TOO_LARGE.",
        4 * 2**20,
        unit="bytes",
    )
    max_depth: int = _setting(
        "BUS_MAX_DEPTH",
        whole(10, 500),
        "Deepest nesting of objects and lists in a request.",
        100,
        unit="levels",
    )
    max_items: int = _setting(
        "BUS_MAX_ITEMS",
        whole(100, 10**8),
        "Most list items and object members in a request, all together.",
        600_000,
        unit="items",
    )
    idempotency_hours: int = _setting(
        "BUS_IDEMPOTENCY_HOURS",
        whole(1, 8_760),
        "How long an idempotency key is remembered.",
        24,
        unit="hours",
    )
    lease_ms: int = _setting(
        "BUS_LEASE_MS",
        whole(1_000, 3_600_000),
        "How long a worker may hold a job without a sign of life before another one takes it.",
        30_000,
        unit="milliseconds",
    )
    beat_timeout_ms: int = _setting(
        "BUS_BEAT_TIMEOUT_MS",
        whole(500, 600_000),
        "Silence of a worker process after which its supervisor replaces it.",
        5_000,
        unit="milliseconds",
    )
    worker_processes: int = _setting(
        "BUS_WORKER_PROCESSES",
        whole(1, 512),
        "Processes that `bus worker` runs.",
        _cores,
        shown="number of cores",
        unit="processes",
    )
    worker_threads: int = _setting(
        "BUS_WORKER_THREADS",
        whole(1, 256),
        "Threads in each worker process.",
        8,
        unit="threads",
    )
    drain_ms: int = _setting(
        "BUS_DRAIN_MS",
        whole(0, 3_600_000),
        "How long running jobs may go on after SIGTERM before they are given back.",
        25_000,
        unit="milliseconds",
    )
    log_level: str = _setting(
        "BUS_LOG_LEVEL",
        one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
        "Least level that is logged.",
        "INFO",
    )
    log_format: str = _setting(
        "BUS_LOG_FORMAT",
        one_of("auto", "json", "console"),
        "Shape of the log on stderr; auto: readable on a terminal, JSON lines elsewhere.",
        "auto",
    )
    #: Field name -> the variable its value came from; fields at their default are missing.
    sources: Mapping[str, str] = field(default_factory=dict[str, str], compare=False, repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings of an environment; None reads the process's own.

        Raises:
            SetupError: a variable holds something that is not allowed; all such variables are named.
        """
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        sources: dict[str, str] = {}
        faults: list[str] = []
        for setting in SETTINGS:
            variable = next(
                (name for name in setting.variables if environ.get(name, "").strip()),
                None,
            )
            if variable is None:
                continue
            try:
                values[setting.name] = setting.kind.read(environ[variable].strip())
                sources[setting.name] = variable
            except (ValueError, KeyError, RuntimeError):
                faults.append(_fault(variable, environ[variable], setting))
        if faults:
            raise SetupError("; ".join(faults))
        return cls(**values, sources=sources)

    def replace(self, **values: Any) -> Settings:
        """These settings with some values changed."""
        return dataclasses.replace(self, **values)

    @property
    def sqlite_file(self) -> Path:
        """Where the embedded database lies, or would lie."""
        return self.home / DATABASE_FILE

    def database_location(self) -> str:
        """The URL of the database; of the embedded one, unless another is named."""
        return self.database_url or f"sqlite:///{quote(str(self.sqlite_file))}"

    def prepared_location(self) -> str:
        """``database_location``, with the folder of the embedded database made if it is missing.

        Raises:
            SetupError: the folder cannot be made.
        """
        if self.database_url is None:
            try:
                self.home.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                why = error.strerror or str(error)
                raise SetupError(
                    f"the folder {self.home} cannot be made ({why}); set BUS_HOME to one that can"
                ) from error
        return self.database_location()


def _fault(variable: str, text: str, setting: Setting) -> str:
    from bus.masking import masked_text  # only for a start that stops

    shown = masked_text(text)
    shown = shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}..."
    return f"{variable} is {shown!r} but must be {setting.kind.allowed}; correct it or leave it out"


#: Every setting with its documentation, in the order they are listed.
SETTINGS: tuple[Setting, ...] = tuple(
    documented.metadata["setting"]._replace(name=documented.name)
    for documented in dataclasses.fields(Settings)
    if "setting" in documented.metadata
)
