"""The bus as a program sees it: open it, call commands, close it.

    with Bus.open() as bus:
        envelope = bus.call("note_create", {"content": "tea"})

Not here: what a bus is made of (bus/opening.py), the way of a call through it (bus/dispatch.py).
"""

from __future__ import annotations

import asyncio
import functools
import os
import time
import weakref
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from bus import loader, logs, opening
from bus.clock import Clock, SystemClock
from bus.database import Database
from bus.envelope import Envelope, Request
from bus.errors import InvalidArguments, SetupError, TimedOut
from bus.loop import BackgroundLoop
from bus.requests import read_request, refused_envelope
from bus.settings import Settings

if TYPE_CHECKING:
    from bus.jobs.performing import Performer
    from bus.plugin import Plugin
    from bus.registry import Registry

#: Records deleted in one transaction.
SWEEP_ROWS = 1_000
#: Arguments that one call queues at most.
MOST_TOGETHER = 1_000
#: Every bus of this process, for the children it may fork.
_buses: weakref.WeakSet[Bus] = weakref.WeakSet()


class Bus:
    """Commands by name, each answered by a plugin, always with one envelope. Open it with ``Bus.open``."""

    def __init__(
        self, settings: Settings, database: Database, loaded: loader.Loaded, registry: Registry, clock: Clock
    ) -> None:
        self.settings = settings
        self.database = database
        #: Names of plugins that could not be loaded, and why.
        self.broken_plugins = loaded.broken
        self.registry = registry
        self._spellings = registry.spellings
        self.plugins = loaded.plugins
        parts = opening.parts(settings, database, loaded.plugins, registry, clock)
        self.hooks = parts.hooks
        self.jobs = parts.jobs
        self._admission = parts.admission
        self._refusals = parts.refusals
        self._is_closed = False
        self._loop = parts.loop
        self._threads: ThreadPoolExecutor | None = None
        #: What tells workers to look; None: no plugin offers a queue.
        self.provider = parts.provider
        self._memory = parts.memory
        self.publisher = parts.publisher
        self._executor = parts.executor
        _buses.add(self)
        #: Answer a request; what every way in calls.
        self.answer = parts.answer
        self._accept_many = parts.accept_many

    @classmethod
    def open(
        cls,
        database: str | None = None,
        *,
        broker: str | None = None,
        plugins: Iterable[Plugin] | None = None,
        settings: Settings | None = None,
        clock: Clock | None = None,
    ) -> Self:
        """Open a bus.

        Args:
            database: its URL; None: as the settings say (the embedded SQLite file by default).
            broker: its URL; None: as the settings say (the embedded queue by default).
            plugins: the plugins to load; None: the installed ones.
            settings: None: from the environment.
            clock: None: the machine's.

        Raises:
            SetupError: something is set up wrongly; the message says what to do.
        """
        settings = settings or Settings.from_environment()
        settings = settings.replace(
            database_url=database or settings.database_url, broker_url=broker or settings.broker_url
        )
        loaded, registry = opening.load(settings, plugins)
        place = opening.database_for(settings, loaded.plugins)
        try:
            bus = cls(settings, place, loaded, registry, clock or SystemClock())
        except BaseException:
            place.close()
            raise
        bus._start()
        return bus

    def _start(self) -> None:
        """Let plugins start, each after those it requires; close again when one cannot."""
        name = ""
        try:
            for name, start in reversed(  # noqa: B007  # the name of the last one is told below
                loader.named_implementations(self.hooks, "bus_start")
            ):
                start(bus=self)
        except BaseException as error:
            self.close()
            if isinstance(error, SetupError) or not isinstance(error, Exception):
                raise
            raise SetupError(f"the plugin {name} could not start: {type(error).__name__}: {error}") from error

    def call(
        self,
        command: str,
        args: dict[str, Any] | None = None,
        *,
        version: int | None = None,
        session_token: str | None = None,
        correlation_id: str | None = None,
        idempotency_key: str | None = None,
        mode: str | None = None,
        delay_ms: int | None = None,
        run_at: int | None = None,
        priority: int | None = None,
    ) -> Envelope:
        """Run a command, or queue it with ``mode="queue"``; never raises for what the caller did wrong.

        Args:
            command: its name, also ``name@version``.
            args: its arguments; None: none.
            version: of the contract; None: the newest.
            session_token: of a live session, where the command needs one.
            correlation_id: to find this call in the logs; None: one is made.
            idempotency_key: repeated calls with it get the first answer.
            mode: ``"sync"``, ``"queue"``, or None: as the contract says.
            delay_ms: milliseconds a queued command waits at least.
            run_at: epoch milliseconds a queued command waits for at least.
            priority: of a queued command; lower runs first.
        """
        if (
            type(command) is str
            and command in self._spellings
            and (args is None or type(args) is dict)
            and (
                version
                is session_token
                is correlation_id
                is idempotency_key
                is mode
                is delay_ms
                is run_at
                is priority
                is None
            )
        ):
            return self.answer(Request(command, {} if args is None else args))
        members = {
            "command": command,
            "args": args,
            "version": version,
            "session_token": session_token,
            "correlation_id": correlation_id,
            "idempotency_key": idempotency_key,
            "mode": mode,
            "delay_ms": delay_ms,
            "run_at": run_at,
            "priority": priority,
        }
        try:
            request = read_request(members)
        except InvalidArguments as error:
            return refused_envelope(members, error)
        return self.answer(request)

    def call_internal(self, command: str, args: dict[str, Any] | None = None) -> Envelope:
        """Run an INTERNAL command as the trusted local caller.

        For command lines that plugins add, whose users could open the database themselves; never for a name that came
        from outside of the program.
        """
        return self.answer(Request(command, {} if args is None else args, is_internal=True))

    def submit(self, command: str, args: dict[str, Any] | None = None, **options: Any) -> Envelope:
        """Queue a command: ``call`` with ``mode="queue"``. The envelope's ``job`` names it."""
        return self.call(command, args, mode="queue", **options)

    def submit_many(
        self,
        command: str,
        many: Sequence[dict[str, Any]],
        *,
        version: int | None = None,
        session_token: str | None = None,
        correlation_id: str | None = None,
        delay_ms: int | None = None,
        run_at: int | None = None,
        priority: int | None = None,
    ) -> list[Envelope]:
        """Queue a command with each of up to 1,000 arguments, in one transaction; the envelopes in the same order.

        Those that the command refuses are answered with their refusal, and the others are queued. Where plugins stand
        around commands (``bus_around_command``, ``bus_after_command``), each is queued by itself, through them.

        Raises:
            ValueError: there are more than 1,000.
        """
        if len(many) > MOST_TOGETHER:
            raise ValueError(
                f"submit_many takes up to {MOST_TOGETHER} arguments, not {len(many)}; call it several times"
            )
        options: dict[str, Any] = {
            "version": version,
            "session_token": session_token,
            "correlation_id": correlation_id,
            "delay_ms": delay_ms,
            "run_at": run_at,
            "priority": priority,
        }
        if self._accept_many is None:
            return [self.submit(command, args, **options) for args in many]
        members: dict[str, Any] = {"command": command, "args": {}, "mode": "queue", **options}
        try:
            request = read_request(members)
        except InvalidArguments as error:
            return [refused_envelope(members, error) for _ in many]
        return self._accept_many(request, many)

    async def acall(self, command: str, args: dict[str, Any] | None = None, **options: Any) -> Envelope:
        """``call`` for asynchronous programs: the event loop goes on meanwhile."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="bus-call")
        work = functools.partial(self.call, command, args, **options)
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def wait(self, job_id: str, *, timeout_ms: int = 30_000) -> Envelope:
        """The envelope of a job, once it has ended.

        Raises:
            TimedOut: it has not ended within ``timeout_ms``; it goes on.
            LookupError: there is no such job.
        """
        give_up = time.monotonic() + timeout_ms / 1000
        pause = 0.002
        while True:
            job = self.jobs.find(job_id)
            if job is None:
                raise LookupError(f"there is no job {job_id}")
            if job.envelope is not None:
                job.envelope.job = job.reference
                return job.envelope
            if time.monotonic() > give_up:
                raise TimedOut(
                    f"the job {job_id} is still {job.state} after {timeout_ms} ms; it goes on", {"state": job.state}
                )
            time.sleep(pause)
            pause = min(pause * 1.5, 0.1)

    @functools.cached_property
    def performer(self) -> Performer:
        """Runs queued commands; workers do, and nobody else imports it."""
        from bus.jobs.performing import Performer

        return Performer(self.registry, self.database, self._admission, self._refusals, self._executor)

    @property
    def known_contracts(self) -> frozenset[str]:
        """``name@version`` of every command this process can run."""
        return self.registry.keys

    @property
    def queue_names(self) -> frozenset[str]:
        """The queues that the commands of this process go to."""
        return self.registry.queue_names

    def sweep(self) -> None:
        """Delete idempotency records, jobs and flows past their time, some at a time: others want to write, too."""
        from bus.jobs.retention import Retention  # workers sweep, and nobody else

        jobs = Retention(self.database, self.settings)
        for sweep in (self._memory.sweep, jobs.sweep, jobs.sweep_beyond, jobs.sweep_flows, jobs.sweep_keys):
            swept = SWEEP_ROWS
            while swept >= SWEEP_ROWS:
                with self.database.writer().transaction() as kept:
                    swept = sweep(kept, SWEEP_ROWS)

    def announce(self, queues: Iterable[str]) -> None:
        """Tell workers to look at these queues."""
        self.publisher.announce(queues)

    def close(self) -> None:
        """Let plugins stop, then close every connection. Calls must have ended. A second time does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        for name, stop in loader.named_implementations(self.hooks, "bus_stop"):
            try:
                stop(bus=self)
            except Exception as error:  # noqa: BLE001  # closing goes on, whatever a plugin does
                logs.get("bus").error("plugin_stop_failed", plugin=name, exc_info=error)
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        self._loop.close()
        if self.provider is not None:
            self.provider.close()
        self.database.close()

    def after_fork(self) -> None:
        """Go on in a forked child, with connections and threads of its own; happens by itself."""
        self.database.after_fork()
        self._loop = self._executor.loop = BackgroundLoop()
        self._threads = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _after_fork() -> None:
    for bus in list(_buses):
        bus.after_fork()


os.register_at_fork(after_in_child=_after_fork)
