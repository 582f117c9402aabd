"""The settings: environment variables named ``BUS_...``, read once, when a bus opens.

Each field carries its own documentation, so that ``bus config`` and the reference pages list what is true. Only the
environment is checked: whoever builds ``Settings(...)`` in code is trusted.

Not here: reading a variable (bus/environment.py), opening what the settings name (bus/opening.py), printing them
(bus/cli/config.py).
"""

# ruff: noqa: RUF009  # setting returns dataclasses.field(...), which ruff cannot see

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bus.environment import read, setting, settings_of
from bus.errors import SetupError
from bus.setting_kinds import BROKER, DATABASE, FOLDER, KEYS, NAME, NAMES, SWITCH, TOKEN, one_of, whole

#: File name of the embedded database inside ``home``.
DATABASE_FILE = "bus.sqlite"


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

    home: Path = setting(
        "BUS_HOME",
        FOLDER,
        "Folder of the embedded database.",
        _data_folder,
        shown="the user's data folder",
    )
    database_url: str | None = setting(
        "BUS_DATABASE_URL DATABASE_URL",
        DATABASE,
        "The database.",
        None,
        shown=f"{DATABASE_FILE} in the home folder",
        is_url=True,
    )
    broker_url: str | None = setting(
        "BUS_BROKER_URL",
        BROKER,
        "What wakes the workers.",
        None,
        shown="embedded: the database itself",
        is_url=True,
    )
    signing_keys: tuple[str, ...] = setting(
        "BUS_SIGNING_KEYS",
        KEYS,
        "Keys that sign the requests a broker carries whole (AT_LEAST_ONCE); the first signs, all of them verify.",
        (),
        shown="none",
    )
    local_owner: str = setting(
        "BUS_LOCAL_OWNER",
        NAME,
        "The user whose data a trusted local caller, who has no session, acts on (`ctx.owner`).",
        "local",
    )
    plugins_allow: tuple[str, ...] | None = setting(
        "BUS_PLUGINS_ALLOW",
        NAMES,
        "Plugins that may be loaded.",
        None,
        shown="all installed ones",
    )
    plugins_deny: tuple[str, ...] = setting(
        "BUS_PLUGINS_DENY",
        NAMES,
        "Plugins that are left out, also when they are allowed.",
        (),
        shown="none",
    )
    plugins_strict: bool = setting(
        "BUS_PLUGINS_STRICT",
        SWITCH,
        "Whether one broken plugin stops the start.",
        False,
        shown="false",
    )
    sqlite_synchronous: str = setting(
        "BUS_SQLITE_SYNCHRONOUS",
        one_of("NORMAL", "FULL"),
        "SQLite only: answered commands survive a killed process (NORMAL) or a power failure as well (FULL, slower).",
        "NORMAL",
    )
    busy_timeout_ms: int = setting(
        "BUS_BUSY_TIMEOUT_MS",
        whole(5_000, 600_000),
        "Longest wait for a lock of the database; then the answer is DATABASE_BUSY.",
        5_000,
        unit="milliseconds",
    )
    max_request_bytes: int = setting(
        "BUS_MAX_REQUEST_BYTES",
        whole(2**20, 2**30),
        "Largest request; a larger one is answered PAYLOAD_TOO_LARGE.",
        4 * 2**20,
        unit="bytes",
    )
    max_depth: int = setting(
        "BUS_MAX_DEPTH",
        whole(10, 500),
        "Deepest nesting of objects and lists in a request.",
        100,
        unit="levels",
    )
    max_items: int = setting(
        "BUS_MAX_ITEMS",
        whole(100, 10**8),
        "Most list items and object members in a request, all together.",
        600_000,
        unit="items",
    )
    idempotency_hours: int = setting(
        "BUS_IDEMPOTENCY_HOURS",
        whole(1, 8_760),
        "How long an idempotency key is remembered.",
        24,
        unit="hours",
    )
    keep_jobs_hours: int = setting(
        "BUS_KEEP_JOBS_HOURS",
        whole(1, 87_600),
        "How long a job is kept after its end.",
        168,
        unit="hours",
    )
    keep_dead_hours: int = setting(
        "BUS_KEEP_DEAD_HOURS",
        whole(1, 87_600),
        "How long a dead job is kept.",
        720,
        unit="hours",
    )
    keep_jobs: int = setting(
        "BUS_KEEP_JOBS",
        whole(1, 1_000_000_000),
        "How many ended jobs are kept at most; the oldest go first.",
        1_000_000,
        unit="jobs",
    )
    lease_ms: int = setting(
        "BUS_LEASE_MS",
        whole(1_000, 3_600_000),
        "How long a worker may hold a job without a sign of life before another one takes it.",
        30_000,
        unit="milliseconds",
    )
    beat_timeout_ms: int = setting(
        "BUS_BEAT_TIMEOUT_MS",
        whole(500, 600_000),
        "Silence of a worker process after which its supervisor replaces it.",
        5_000,
        unit="milliseconds",
    )
    worker_processes: int = setting(
        "BUS_WORKER_PROCESSES",
        whole(1, 512),
        "Processes that `bus worker` runs.",
        _cores,
        shown="number of cores",
        unit="processes",
    )
    worker_threads: int = setting(
        "BUS_WORKER_THREADS",
        whole(1, 256),
        "Threads in each worker process.",
        8,
        unit="threads",
    )
    drain_ms: int = setting(
        "BUS_DRAIN_MS",
        whole(0, 3_600_000),
        "How long running jobs may go on after SIGTERM before they are given back.",
        25_000,
        unit="milliseconds",
    )
    unix_clients: int = setting(
        "BUS_UNIX_CLIENTS",
        whole(1, 1_000),
        "Most clients of `bus serve --unix` at a time; a further one is answered RATE_LIMITED.",
        100,
        unit="clients",
    )
    http_host: str = setting(
        "BUS_HTTP_HOST",
        NAME,
        "Address that `bus serve` listens at; 0.0.0.0 or :: for every one of this machine.",
        "127.0.0.1",
    )
    http_port: int = setting(
        "BUS_HTTP_PORT PORT",
        whole(0, 65_535),
        "Port that `bus serve` listens at; 0: a free one.",
        8_000,
        unit="TCP port",
    )
    http_processes: int = setting(
        "BUS_HTTP_PROCESSES",
        whole(1, 512),
        "Processes that `bus serve` runs.",
        1,
        unit="processes",
    )
    http_threads: int = setting(
        "BUS_HTTP_THREADS",
        whole(1, 256),
        "Commands that a process of `bus serve` runs at a time at most; each may keep a connection to the database.",
        16,
        unit="threads",
    )
    http_connections: int = setting(
        "BUS_HTTP_CONNECTIONS",
        whole(1, 1_000_000),
        "Clients of a process of `bus serve` at a time; more are answered 503.",
        4_096,
        unit="connections",
    )
    http_header_bytes: int = setting(
        "BUS_HTTP_HEADER_BYTES",
        whole(1_024, 2**20),
        "Largest head of an HTTP request: its first line and its headers.",
        32_768,
        unit="bytes",
    )
    http_bodies_bytes: int = setting(
        "BUS_HTTP_BODIES_BYTES",
        whole(2**20, 2**40),
        "Bodies of requests that a process of `bus serve` holds at a time; more are answered 503. One always fits.",
        256 * 2**20,
        unit="bytes",
    )
    http_request_ms: int = setting(
        "BUS_HTTP_REQUEST_MS",
        whole(100, 3_600_000),
        "How long an HTTP client may take to send a request, and may leave an answer unread; then it is cut off.",
        20_000,
        unit="milliseconds",
    )
    http_idle_ms: int = setting(
        "BUS_HTTP_IDLE_MS",
        whole(100, 86_400_000),
        "How long an HTTP connection may stay between two requests; longer than a proxy in front keeps its own.",
        75_000,
        unit="milliseconds",
    )
    http_hosts: tuple[str, ...] | None = setting(
        "BUS_HTTP_HOSTS",
        NAMES,
        "Host names that requests may be for, without a port; `*.example.org` for all below one.",
        None,
        shown="any",
    )
    http_origins: tuple[str, ...] = setting(
        "BUS_HTTP_ORIGINS",
        NAMES,
        "Origins whose pages may call from a browser (CORS), as https://app.example.org; `*` for all.",
        (),
        shown="none",
    )
    http_proxies: tuple[str, ...] = setting(
        "BUS_HTTP_PROXIES",
        NAMES,
        "Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
        (),
        shown="none",
    )
    http_documents: bool | None = setting(
        "BUS_HTTP_DOCUMENTS",
        SWITCH,
        "Whether everybody may read /docs, /openapi.json, /asyncapi.json and /commands; else they need a session.",
        None,
        shown="true at a loopback address, else false",
    )
    log_level: str = setting(
        "BUS_LOG_LEVEL",
        one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
        "Least level that is logged.",
        "INFO",
    )
    log_format: str = setting(
        "BUS_LOG_FORMAT",
        one_of("auto", "json", "console"),
        "Shape of the log on stderr; auto: readable on a terminal, JSON lines elsewhere.",
        "auto",
    )
    mcp_session_token: str | None = setting(
        "BUS_MCP_SESSION_TOKEN",
        TOKEN,
        "Token of the session, or of the service account, whose commands `bus mcp` offers.",
        None,
        shown="none: those of a trusted local caller",
    )
    #: Field name -> the variable its value came from; fields at their default are missing.
    sources: Mapping[str, str] = field(default_factory=dict[str, str], compare=False, repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """The settings of an environment; None reads the process's own.

        Raises:
            SetupError: a variable holds something that is not allowed; all such variables are named.
        """
        values, sources = read(SETTINGS, os.environ if environ is None else environ)
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


#: Every setting with its documentation, in the order they are listed.
SETTINGS = settings_of(Settings)
