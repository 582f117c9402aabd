"""One contract in one version with its handler: loading arguments, dumping answers, the envelopes of both.

Old versions stand in a chain: arguments are cast up to the newest version, whose handler runs, and its answer is cast
back down.

Not here: finding a command by its name (bus/registry.py), running it (bus/execution.py).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from marshmallow import Schema, ValidationError

from bus.contract import MANY, READ, Contract
from bus.envelope import ABSENT, Envelope
from bus.errors import BusError, SetupError
from bus.fields import fields_of
from bus.plugin import Handler
from bus.requests import LIFTED
from bus.validation import compile_dumper, compile_loader, refusal_of


class Command:
    """One contract in one version with the handler that answers it, everything a call needs worked out."""

    __slots__ = (
        "_dump",
        "_find_handler",
        "_load",
        "allowed_codes",
        "contract",
        "handler",
        "is_async",
        "is_many",
        "is_read",
        "key",
        "limit_s",
        "name",
        "newer",
        "only_reads",
        "params",
        "plugin",
        "queue",
        "takes_key",
        "version",
        "warnings",
    )

    # Known when they are first asked for: most processes use a few commands, and each schema takes a while to make.
    #: Describes the arguments.
    params: Schema
    #: Answers the command.
    handler: Handler
    is_async: bool

    def __init__(self, contract: type[Contract], plugin: str, find_handler: Callable[[Command], Handler]) -> None:
        self.contract = contract
        self.plugin = plugin
        self._find_handler = find_handler
        self.name = contract.name
        self.version = contract.version
        self.key = f"{contract.name}@{contract.version}"
        self.is_many = contract.units is MANY
        self.is_read = contract.effect is READ
        #: Whether some loaded arguments ask for nothing but reading; None: nobody can say.
        self.only_reads = contract.only_reads
        #: Whether an idempotency key means anything: what is secret is not stored, reading may be repeated anyway.
        self.takes_key = not (self.is_read or contract.secret)
        self.queue = contract.queue
        #: Seconds a run may take; the bus shortens it where the database asks for that.
        self.limit_s = contract.time_limit_ms / 1000
        self.allowed_codes = frozenset(error.code for error in contract.errors)
        self.warnings = _warnings(contract)
        #: The next version's command; None for the newest.
        self.newer: Command | None = None
        # Compiling costs a millisecond a contract; most processes use a few of them.
        self._load: Callable[[Any], dict[str, Any]] | None = None
        self._dump: Callable[[Any], dict[str, Any]] | None = None

    def __getattr__(self, name: str) -> Any:
        """The arguments' schema, or the handler and what follows from it, when it is asked for and not there yet.

        Raises:
            SetupError: the schema cannot be made; there is no handler, or it does not fit the contract.
        """
        if name == "params":
            self.params = _params_of(self)
            return self.params
        if name not in ("handler", "is_async"):
            raise AttributeError(name)
        handler = self._find_handler(self)
        self.is_async = inspect.iscoroutinefunction(handler)
        if self.is_async and not self.is_many:
            raise SetupError(
                f"plugin {self.plugin}: the handler of {self.name} is async; its contract needs units = MANY"
            )
        self.handler = handler
        return getattr(self, name)

    def limit_write(self, longest_s: float) -> None:
        """Let a ONE command that writes run no longer than this, in seconds."""
        if not (self.is_read or self.is_many):
            self.limit_s = min(self.limit_s, longest_s)

    def load(self, args: dict[str, Any]) -> dict[str, Any]:
        """The handler's keyword arguments for a caller's arguments, translated to the newest version.

        Raises:
            InvalidArguments: the arguments break the contract.
        """
        load = self._load
        if load is None:
            load = self._load = compile_loader(self.params)
        try:
            values = load(args)
        except ValidationError as error:
            raise refusal_of(error, self.params, self.name) from None
        newer = self.newer
        if newer is None:
            return values
        return newer.load(
            self._known(args) if self.contract.upcast is None else self.contract.upcast(self._known(args))
        )

    def dump(self, result: Any) -> dict[str, Any]:
        """The answer's data in this version for what the handler (or the next version) returned.

        Raises:
            ValidationError: the result breaks the contract.
        """
        newer = self.newer
        if newer is not None:
            result = newer.dump(result)
            if self.contract.downcast is not None:
                result = self.contract.downcast(result)
        dump = self._dump
        if dump is None:
            dump = self._dump = compile_dumper(self.contract.Result())
        return dump(result)

    def success(
        self,
        data: dict[str, Any] | None,
        correlation_id: str,
        request_id: Any = ABSENT,
        job: dict[str, Any] | None = None,
    ) -> Envelope:
        """The envelope of an answer that is ``ok``."""
        warnings = list(self.warnings) if self.warnings else None
        return Envelope(True, self.name, self.version, data, None, correlation_id, warnings, job, request_id)

    def failure(self, error: BusError, correlation_id: str, request_id: Any = ABSENT) -> Envelope:
        """The envelope of a refusal, or of a failure of the bus that the contract may have another word for."""
        envelope = Envelope.failure(self.name, self.version, self._in_words(error), correlation_id, request_id)
        envelope.warnings.extend(self.warnings)
        return envelope

    def _in_words(self, error: BusError) -> BusError:
        stand_ins = self.contract.stand_ins
        for cls in type(error).__mro__ if stand_ins else ():
            if cls in stand_ins:
                return stand_ins[cls](why=error.message)
        return error

    def _known(self, args: dict[str, Any]) -> dict[str, Any]:
        """The arguments this version declares; what it ignores must not reach the next one."""
        names = {field.data_key or name for name, field in fields_of(self.params).items()}
        return {name: value for name, value in args.items() if name in names}


def _params_of(command: Command) -> Schema:
    contract = command.contract
    cannot = f"plugin {command.plugin}: the contract {contract.__qualname__} cannot be used:"
    try:
        params = contract.Params(unknown=contract.unknown)
    except Exception as error:  # making a schema runs code of its author and of marshmallow
        raise SetupError(f"{cannot} {type(error).__name__}: {error}") from error
    names = {field.data_key or name for name, field in fields_of(params).items()}
    for name in names.intersection(LIFTED):
        raise SetupError(f"{cannot} its argument {name} would never arrive; the bus takes it out of every call")
    return params


def _warnings(contract: type[Contract]) -> list[str]:
    if contract.deprecated is None and contract.sunset is None:
        return []
    ends = f"; it may be gone from {contract.sunset}" if contract.sunset else ""
    return [
        f"{contract.name}@{contract.version} is deprecated: {contract.deprecated or 'use the newest version'}{ends}"
    ]
