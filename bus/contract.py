"""A contract: what callers and handlers of one command agree on, in one version.

A contract is a class and never an instance. It names the command, its version, who may call it, how it runs, the
arguments (``Params``), the data of the answer (``Result``) and the refusals its handler may raise. Once released it
is not edited: a changed shape is a new version, and the old class keeps ``upcast`` and ``downcast``.

Not here: checking values quickly (bus/validation), finding the contract of a request (bus/registry.py).
"""

import enum
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, cast

from marshmallow import EXCLUDE, RAISE
from marshmallow import Schema as MarshmallowSchema
from marshmallow.types import UnknownOption

from bus.errors import BusError, Refusal, SetupError
from bus.schema import Schema
from bus.templates import template_fault

__all__ = [
    "AT_LEAST_ONCE",
    "AUTHENTICATED",
    "EXACTLY_ONCE",
    "EXCLUDE",
    "INTERNAL",
    "LOCAL",
    "MANY",
    "ONE",
    "OPERATORS",
    "PUBLIC",
    "RAISE",
    "READ",
    "WRITE",
    "Access",
    "CallLimit",
    "Contract",
    "Delivery",
    "Effect",
    "QueuePolicy",
    "Rate",
    "Schema",
    "Units",
    "roles",
]


#: Callers spell ``name@version``; log lines, headers and databases cannot hold control characters.
_NAME = re.compile(r"[^@\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,200}")


class Effect(enum.Enum):
    """Whether a command changes the database."""

    #: A read-only snapshot; the idempotency key is ignored.
    READ = "read"
    #: May write.
    WRITE = "write"


class Units(enum.Enum):
    """How a command's writes are grouped into transactions."""

    #: One short transaction, opened and ended by the bus: effects exactly once.
    ONE = "one"
    #: No transaction is open while the handler runs; each ``ctx.unit(name, work)`` takes effect once.
    MANY = "many"


class Delivery(enum.Enum):
    """What a queue promises about a command."""

    #: A job in the database: its effect happens once, its answer is kept.
    EXACTLY_ONCE = "exactly_once"
    #: Where the broker carries whole requests (Redis, RabbitMQ): no job, no answer, rarely a second effect, several
    #: times as fast. The embedded queue keeps a job as above.
    AT_LEAST_ONCE = "at_least_once"


READ, WRITE = Effect.READ, Effect.WRITE
ONE, MANY = Units.ONE, Units.MANY
EXACTLY_ONCE, AT_LEAST_ONCE = Delivery.EXACTLY_ONCE, Delivery.AT_LEAST_ONCE


class Access(NamedTuple):
    """Who may call a command."""

    kind: str
    #: Roles of which a session needs one; empty: any live session.
    roles: frozenset[str] = frozenset()


#: Anyone, without a session.
PUBLIC = Access("public")
#: Trusted callers (in process, stdio, command line) need nothing; the network needs a session.
LOCAL = Access("local")
#: The same, but a session must be an operator's.
OPERATORS = Access("operators")
#: Any live session, from everywhere.
AUTHENTICATED = Access("authenticated")
#: Other commands, by ``ctx.call`` and ``ctx.submit``, schedules and command lines of plugins; to callers it does not
#: exist.
INTERNAL = Access("internal")


def roles(*names: str) -> Access:
    """Any live session whose principal has one of these roles."""
    return Access("roles", frozenset(names))


@dataclass(frozen=True)  # as below
class CallLimit:
    """How many calls there may be in any stretch of time, counted over all processes; more are RATE_LIMITED.

    Calls of a trusted local caller, and those refused for their session, role or rate, count for nothing.
    """

    #: Contracts that name the same limit share it.
    name: str
    count: int
    #: Milliseconds.
    per_ms: int
    #: Count by the address at the other end of the network, not by who calls; calls from within are not limited.
    by_address: bool = False
    #: Limit only what comes over the network.
    network_only: bool = False


@dataclass(frozen=True)  # a tuple has a count of its own
class Rate:
    """How many jobs of a key may begin: a burst of ``count``, then one each ``per_ms / count``."""

    count: int
    #: Milliseconds.
    per_ms: int = 1_000


class QueuePolicy(NamedTuple):
    """How a command behaves when it is queued."""

    #: Queue the command lands in.
    name: str = "default"
    #: Queued also when the request does not say ``mode: "queue"``.
    by_default: bool = False
    #: Lower runs first.
    priority: int = 0
    #: Runs until the job is dead; a crash of the worker counts.
    attempts: int = 5
    #: Pause before the second attempt, milliseconds; doubles with each further one, with jitter.
    min_backoff_ms: int = 1_000
    #: Longest pause between two attempts, milliseconds.
    max_backoff_ms: int = 300_000
    #: PostgreSQL: may share a transaction with other short jobs (SQLite always does).
    group: bool = False
    #: Jobs whose key is equal run in their order, ``limit`` at a time: a text with arguments in braces.
    key: str | None = None
    #: Jobs of a key that may run at a time; None: any number, held back by the rate alone.
    limit: int | None = 1
    #: How many jobs of a key may begin in a while, counted over all workers.
    rate: Rate | None = None
    #: While a job of an equal unique key waits or runs, publishing another one answers with that job.
    unique: str | None = None


class NoMembers(Schema):
    """An object without members: no arguments, or nothing to answer."""


class Contract:
    """Base of all contracts. A subclass with a ``name`` is checked when its module is imported."""

    #: The command, exactly as callers spell it.
    name: ClassVar[str]
    #: From 1 on; a name without a version means the newest.
    version: ClassVar[int] = 1
    #: READ or WRITE.
    effect: ClassVar[Effect] = READ
    #: ``only_reads(args)`` of a WRITE command with units = ONE: whether these loaded arguments ask for nothing but
    #: reading. Such a call takes no lock that writers wait for, and can call READ commands alone.
    only_reads: Callable[[dict[str, Any]], bool] | None = None
    #: ONE or MANY.
    units: ClassVar[Units] = ONE
    #: PUBLIC, LOCAL, OPERATORS, AUTHENTICATED, ``roles(...)`` or INTERNAL.
    access: ClassVar[Access] = AUTHENTICATED
    #: How often it may be called; None: as often as anybody likes.
    limit: ClassVar[CallLimit | None] = None
    #: Talks to the outside (network, files); only with ``units = MANY``.
    external: ClassVar[bool] = False
    #: Arguments and data are never stored, logged or queued.
    secret: ClassVar[bool] = False
    #: EXACTLY_ONCE or AT_LEAST_ONCE: what the queue promises.
    delivery: ClassVar[Delivery] = EXACTLY_ONCE
    #: The refusals the handler may raise; others reach the caller as HANDLER_ERROR.
    errors: ClassVar[tuple[type[Refusal], ...]] = ()
    #: Failures of the bus (bus/errors.py) and what this domain answers in their place, ``{DatabaseBusy: StoreLocked}``.
    #: The nearest class decides; the refusal, one of ``errors``, gets the failure's sentence as ``why``.
    stand_ins: ClassVar[Mapping[type[BusError], type[Refusal]]] = MappingProxyType({})
    #: Longest run, milliseconds; beyond it the answer is TIMEOUT. A ONE command that writes gets 2,000 on SQLite.
    time_limit_ms: ClassVar[int] = 30_000
    #: marshmallow's RAISE (unknown arguments are refused) or EXCLUDE (they are ignored).
    unknown: ClassVar[UnknownOption] = RAISE
    #: A sentence for callers of an old version: what to use instead.
    deprecated: ClassVar[str | None] = None
    #: Day from which the version may be gone, ISO 8601 (``2027-01-31``).
    sunset: ClassVar[str | None] = None
    #: How the command behaves when it is queued.
    queue: ClassVar[QueuePolicy] = QueuePolicy()
    #: ``upcast(args)``: valid arguments of this version -> arguments of the next version, both as JSON objects.
    upcast: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    #: ``downcast(data)``: data of the next version's answer -> data of this version's answer, both as JSON objects.
    downcast: Callable[[dict[str, Any]], dict[str, Any]] | None = None

    #: The arguments; written as a nested class of this name.
    Params: ClassVar[type[MarshmallowSchema]] = NoMembers
    #: The data of the answer; written as a nested class of this name.
    Result: ClassVar[type[MarshmallowSchema]] = NoMembers

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if isinstance(getattr(cls, "name", None), str):
            _check(cls)


def _check(contract: type[Contract]) -> None:
    """Refuse a contract that contradicts itself."""
    for faults in (_shape_faults, _manner_faults, _key_faults):
        for is_wrong, advice in faults(contract):
            if is_wrong:
                raise SetupError(f"the contract {contract.__qualname__} ({contract.__module__}) {advice}")


def _shape_faults(contract: type[Contract]) -> Iterable[tuple[bool, str]]:
    """What is wrong with what the contract names; authors may have written anything."""
    shapes: tuple[Any, ...] = (contract.Params, contract.Result)
    refusals: tuple[Any, ...] = contract.errors
    policy: Any = contract.queue
    return (
        (not _are_all(shapes, MarshmallowSchema), "needs Params and Result to be Schema classes"),
        (not _are_all(refusals, Refusal), "lists errors that are no Refusal classes"),
        (
            not _can_stand_in(contract),
            "needs stand_ins to map classes of BusError to refusals that it lists as errors and that need only a why",
        ),
        (not _NAME.fullmatch(contract.name), "needs a name of 1 to 200 characters without '@' and control characters"),
        (not _is_count(contract.version), "needs a version that is a whole number from 1"),
        (not _is_count(contract.time_limit_ms), "needs a time_limit_ms that is a whole number from 1"),
        (
            not isinstance(policy, QueuePolicy) or not policy.name or not _is_count(policy.attempts),
            "needs a queue policy with a name and at least one attempt",
        ),
    )


def _manner_faults(contract: type[Contract]) -> Iterable[tuple[bool, str]]:
    """What is wrong with how the contract says it runs."""
    effect: Any = contract.effect
    units: Any = contract.units
    access: Any = contract.access
    return (
        (not isinstance(effect, Effect), "needs effect to be READ or WRITE"),
        (not isinstance(units, Units), "needs units to be ONE or MANY"),
        (
            not isinstance(access, Access),
            "needs access to be PUBLIC, LOCAL, OPERATORS, AUTHENTICATED, INTERNAL or roles(...)",
        ),
        (
            not _is_limit(contract.limit),
            "has a limit that is no CallLimit of whole numbers from 1",
        ),
        (access == roles(), 'names no role; write roles("admin", ...)'),
        (contract.unknown not in (RAISE, EXCLUDE), "needs unknown to be RAISE or EXCLUDE"),
        (
            contract.only_reads is not None and (contract.effect is READ or contract.units is MANY),
            "has only_reads, which is for a command with effect = WRITE and units = ONE",
        ),
        (contract.external and contract.units is not MANY, "is external and so needs units = MANY"),
        (
            contract.effect is READ and contract.units is MANY and not contract.external,
            "is READ and so needs units = ONE",
        ),
        (contract.secret and contract.queue.by_default, "is secret and so cannot be queued by default"),
        *_delivery_faults(contract),
    )


def _delivery_faults(contract: type[Contract]) -> Iterable[tuple[bool, str]]:
    """What is wrong with what the contract asks of the queue."""
    delivery: Any = contract.delivery
    policy: Any = contract.queue
    is_counted = isinstance(policy, QueuePolicy) and bool(policy.key or policy.unique)
    yield not isinstance(delivery, Delivery), "needs delivery to be EXACTLY_ONCE or AT_LEAST_ONCE"
    yield delivery is AT_LEAST_ONCE and contract.secret, "is secret and so cannot be AT_LEAST_ONCE: it is never queued"
    yield (
        delivery is AT_LEAST_ONCE and is_counted,
        "is AT_LEAST_ONCE and so can have neither key nor unique nor rate: nobody counts what has no job",
    )


def _key_faults(contract: type[Contract]) -> Iterable[tuple[bool, str]]:
    """What is wrong with keys, limits and rates."""
    policy: Any = contract.queue
    if not isinstance(policy, QueuePolicy):
        return
    templates = {"key": policy.key, "unique": policy.unique}
    params: Any = contract.Params() if any(templates.values()) else None
    names = [field.attribute or name for name, field in params.load_fields.items()] if params else []
    for what, template in templates.items():
        fault = None if template is None else template_fault(template, names)
        yield fault is not None, f"has a queue policy whose {what} {fault}"
    rate: Any = policy.rate
    yield policy.limit is not None and not _is_count(policy.limit), "has a queue policy whose limit is below 1"
    yield (
        rate is not None and not (isinstance(rate, Rate) and _is_count(rate.count) and _is_count(rate.per_ms)),
        "has a queue policy whose rate is no Rate(count, per_ms) of whole numbers from 1",
    )
    yield rate is not None and policy.key is None, "has a rate but no key to count by; give its queue policy a key"
    yield (
        policy.key is not None and policy.limit is None and rate is None,
        "has a key that limits nothing; give its queue policy a limit or a rate",
    )


def _can_stand_in(contract: type[Contract]) -> bool:
    stand_ins: Any = contract.stand_ins
    if not isinstance(stand_ins, Mapping):
        return False
    pairs = cast("Mapping[Any, Any]", stand_ins)
    return _are_all(tuple(pairs), BusError) and all(
        refusal in contract.errors and _can_say_why(refusal) for refusal in pairs.values()
    )


def _can_say_why(refusal: type[Refusal]) -> bool:
    """Whether a refusal can be made of a failure's sentence alone; if not, there would be no answer to the failure."""
    try:
        refusal(why="the database is locked")
    except Exception:  # noqa: BLE001  # its author's code
        return False
    return True


def _is_limit(limit: Any) -> bool:
    return limit is None or (isinstance(limit, CallLimit) and _is_count(limit.count) and _is_count(limit.per_ms))


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 1


def _are_all(values: tuple[Any, ...], base: type) -> bool:
    """Whether these are classes derived from ``base``; authors may have written anything."""
    return all(isinstance(value, type) and issubclass(value, base) for value in values)
