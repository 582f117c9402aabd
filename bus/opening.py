"""Opening a bus: plugins, database, and the parts put together in one place.

Each part gets what it needs as a parameter; nothing is opened when a module is imported.

Not here: letting plugins start and stop (bus/application.py), finding plugins (bus/loader.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bus import loader, logs, wrapping
from bus.admission import Admission
from bus.clock import Clock
from bus.contract import AT_LEAST_ONCE
from bus.database import Database
from bus.database.postgresql import Postgresql
from bus.dispatch import Dispatcher
from bus.envelope import Envelope, Request
from bus.errors import SetupError
from bus.events import Events, subscribers_of
from bus.execution import Executor
from bus.idempotency import Memory
from bus.jobs.port import Carrier
from bus.jobs.publishing import Publisher
from bus.jobs.store import JobStore
from bus.limits import CallLimits
from bus.loop import BackgroundLoop
from bus.refusals import Refusals
from bus.settings import Settings

if TYPE_CHECKING:
    import pluggy

    from bus.jobs.port import QueueProvider
    from bus.plugin import Plugin
    from bus.registry import Registry

#: A ONE command that writes holds SQLite's only write lock: seconds it may do so, below every caller's busy wait.
SQLITE_WRITE_LIMIT_S = 2.0


class Parts(NamedTuple):
    """What a bus is made of."""

    hooks: pluggy.PluginManager
    loop: BackgroundLoop
    #: None: no plugin offers a queue.
    provider: QueueProvider | None
    jobs: JobStore
    memory: Memory
    publisher: Publisher
    executor: Executor
    admission: Admission
    refusals: Refusals
    #: Answers a request.
    answer: Callable[[Request], Envelope]
    #: Queues a command with many arguments together; None: plugins want to see each.
    accept_many: Callable[[Request, Sequence[dict[str, Any]]], list[Envelope]] | None


def load(settings: Settings, plugins: Iterable[Plugin] | None) -> tuple[loader.Loaded, Registry]:
    """The built-in plugin with those named, or with the installed ones, and their commands.

    Raises:
        SetupError: a plugin is broken that must not be.
    """
    from bus.builtins import builtins

    if plugins is None:
        found = loader.discover(settings.plugins_allow, settings.plugins_deny, strict=settings.plugins_strict)
    else:
        found = loader.assemble(plugins)
    loaded = loader.Loaded([builtins(), *found.plugins], found.broken)
    # Whoever names the plugins means every one of them.
    for plugin in loaded.plugins:
        if plugin.settings is not None:
            plugin.configured()  # what cannot be used stops the start, not the first command that needs it
    registry = loaded.registry(strict=settings.plugins_strict or plugins is not None)
    for name, why in loaded.broken.items():
        logs.get("bus").warning("plugin_left_out", plugin=name, why=why)
    return loaded, registry


def database_for(settings: Settings, plugins: Sequence[Plugin]) -> Database:
    """The database of the settings, its tables as these plugins need them.

    Raises:
        SetupError: it cannot be opened, or its tables do not fit.
    """
    from bus.migration import ensure

    place = Database(
        settings.prepared_location(),
        busy_timeout_ms=settings.busy_timeout_ms,
        synchronous=settings.sqlite_synchronous,
    )
    try:
        state = ensure(place, plugins, automatic=place.kind == "sqlite")
        for branch in state.not_loaded:
            logs.get("bus").warning("tables_without_plugin", what=branch.words)
    except BaseException:
        place.close()
        raise
    return place


def parts(settings: Settings, database: Database, plugins: Iterable[Plugin], registry: Registry, clock: Clock) -> Parts:
    """The parts of a bus, each with what it needs.

    Raises:
        SetupError: a plugin implements a hook wrongly, or the queue cannot be opened.
    """
    hooks = loader.manager(plugins)
    _set_limits(settings, database, registry)
    loop = BackgroundLoop()
    provider = _queue(settings, database, hooks)
    _check_keys(settings, registry, provider)
    jobs = JobStore(database)
    memory = Memory(database, clock, settings.idempotency_hours * 3_600_000)
    publisher = Publisher(registry, database, settings, memory, jobs, provider)
    listeners = loader.implementations(hooks, "bus_event")
    find_remote = wrapping.first_result(hooks, "bus_remote")
    events = Events(listeners, subscribers_of(plugins, registry, has_queue=provider is not None), publisher)
    executor = Executor(registry, database, clock, publisher, loop, events, settings.local_owner, find_remote)
    judges = (wrapping.first_result(hooks, name) for name in ("bus_authenticate", "bus_principal"))
    admission = Admission(database, clock, *judges)
    refusals = Refusals(database, clock, loader.implementations(hooks, "bus_refused"))
    limits = CallLimits(database, clock)
    dispatcher = Dispatcher(registry, database, settings, admission, limits, refusals, memory, executor, publisher)
    answer = wrapping.wrapped(hooks, dispatcher)
    accept_many = dispatcher.accept_many if answer == dispatcher.answer else None
    return Parts(hooks, loop, provider, jobs, memory, publisher, executor, admission, refusals, answer, accept_many)


def _queue(settings: Settings, database: Database, hooks: pluggy.PluginManager) -> QueueProvider | None:
    provide = wrapping.first_result(hooks, "bus_queue")
    try:
        return provide and provide(database=database, broker_url=settings.broker_url, settings=settings)
    except SetupError:
        raise
    except Exception as error:
        raise SetupError(f"the queue cannot be opened: {type(error).__name__}: {error}") from error


def _check_keys(settings: Settings, registry: Registry, provider: QueueProvider | None) -> None:
    """Refuse to let requests travel that anybody could have written who reaches the broker."""
    if isinstance(provider, Carrier) and not settings.signing_keys:
        for command in registry:
            if command.contract.delivery is AT_LEAST_ONCE:
                raise SetupError(
                    f"{command.name} is AT_LEAST_ONCE, so its requests travel through the broker and must be signed; "
                    "set BUS_SIGNING_KEYS for callers and workers, to what this prints: "
                    "python -c 'import secrets; print(secrets.token_urlsafe(32))'"
                )


def _set_limits(settings: Settings, database: Database, registry: Registry) -> None:
    """Tell the database how long units of work may take, and the commands how long the database lets them."""
    if isinstance(database.dialect, Postgresql):
        longest_ms = int(max((command.limit_s for command in registry), default=0) * 1000)
        database.dialect.longest_ms = longest_ms
        database.dialect.idle_ms = max(longest_ms, settings.lease_ms)
        return
    registry.limit_writes(SQLITE_WRITE_LIMIT_S)
