"""What becomes of a letter: it is run like a job, once, and what went wrong in a way that may pass is stored as one.

So retries, pauses between them and burial are those of jobs, in SQL, where operators see them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bus import logs
from bus.errors import BusError, CommitUnknown, DatabaseBusy, HandlerFailed, TimedOut
from bus.jobs.claiming import Claimed
from bus.jobs.pauses import Pauses
from bus.jobs.performing import BUSY_PAUSE_MS, backoff_ms
from bus.jobs.rows import Row
from bus.jobs.states import FREE_LANE, UNIT_LANE
from workers.letters.seal import Forged
from workers.turns import BUSY_PAUSE_S

if TYPE_CHECKING:
    from bus.application import Bus
    from workers.letters.mailbox import Batch, Mailbox
    from workers.letters.pace import Pace
    from workers.letters.seal import Letter, Seal
    from workers.slots import Slots

#: Seconds after which a thread puts back what it has not begun.
TURN_S = 0.25
#: Seconds for which a batch goes by what its consumer saw of the operators' pauses right before it was taken.
SEEN_S = 0.005


class Reader:
    """Works through batches; one object a process, used by all its threads.

    Args:
        bus: of the process.
        seal: opens letters.
        slots: memory shared with the supervisor.
        is_draining: whether work has come to an end.
        longest_s: a letter that may take longer is not run in the broker's time: it is stored as a job.
    """

    def __init__(
        self, bus: Bus, seal: Seal, slots: Slots, is_draining: Callable[[], bool], longest_s: float = math.inf
    ) -> None:
        self._bus = bus
        self._seal = seal
        self._slots = slots
        self._is_draining = is_draining
        self._longest_s = longest_s
        self._known = bus.known_contracts
        self._pauses = Pauses(bus.database)
        self._running: set[str] = set()
        #: When the operators' pauses were looked at (monotonic seconds), and what they were.
        self._seen: tuple[float, set[tuple[str, str]]] = (-math.inf, set())

    def read(self, queue: str, mailbox: Mailbox, pace: Pace, batch: Batch) -> None:
        """Run the letters of a batch until its time is over; those left are put back by whoever gave it."""
        began, count = time.perf_counter(), len(batch.letters)
        try:
            paused = self._paused(SEEN_S)
            if batch.are_returned:
                self.store_returned(queue, mailbox, batch.letters)
                batch.letters.clear()
            while batch.letters and time.perf_counter() - began < TURN_S and not self._is_draining():
                self._read_one(queue, mailbox, batch.letters[-1], paused)
                batch.letters.pop()
            pace.add(count - len(batch.letters), time.perf_counter() - began)
        except Exception as error:  # noqa: BLE001  # the database is away, or the broker: the letter stays in the batch
            logs.get("workers").warning("letters_wait", queue=queue, why=f"{type(error).__name__}: {error}")
            time.sleep(BUSY_PAUSE_S)  # the next batch would meet the same
        finally:
            self._slots.end()

    def is_paused(self, queue: str) -> bool:
        """Whether the letters of a queue have to wait: operators say so, or nobody can tell."""
        try:
            return ("queue", queue) in self._paused()
        except BusError as error:
            logs.get("workers").warning("database_busy", queue=queue, why=error.message)
            return True

    def in_hand(self) -> list[str]:
        """Ids of the letters that run now."""
        return sorted(self._running)

    def _paused(self, seen_s: float = 0.0) -> set[tuple[str, str]]:
        """Kind and name of what operators hold back, or held back so many seconds ago at most."""
        now = time.monotonic()
        seen_at, paused = self._seen
        if now - seen_at < seen_s:
            return paused
        with self._bus.database.reader().transaction(write=False) as kept:
            paused = {(pause.kind, pause.name) for pause in self._pauses.all(kept)}
        self._seen = (now, paused)
        return paused

    def _read_one(self, queue: str, mailbox: Mailbox, text: bytes, paused: set[tuple[str, str]]) -> None:
        letter = self._open(queue, mailbox, text)
        if letter is None:
            return
        # Held back, or known to somebody else perhaps: a job waits for what it needs.
        if ("command", letter.contract.rpartition("@")[0]) in paused or letter.contract not in self._known:
            self.store(queue, [letter])
        else:
            self._answer(queue, letter)

    def _open(self, queue: str, mailbox: Mailbox, text: bytes) -> Letter | None:
        """What a letter says; None where it must not be opened, which is seen to then."""
        try:
            return self._seal.open(text, mailbox.address)
        except Forged as why:
            logs.get("workers").warning("letter_refused", queue=queue, why=str(why))
            mailbox.refuse(text, str(why))
            return None

    def _answer(self, queue: str, letter: Letter) -> None:
        """Run a letter.

        Raises:
            DatabaseBusy, CommitUnknown: the database is away; nothing was stored.
        """
        command = self._bus.registry.find(letter.contract)
        if command.limit_s > self._longest_s:
            self.store(queue, [letter])
            return
        self._slots.begin(letter.id, command.limit_s)
        self._running.add(letter.id)
        try:
            error = self._bus.performer.perform_letter(_as_job(queue, letter))
        finally:
            self._running.discard(letter.id)
        if isinstance(error, DatabaseBusy | CommitUnknown):
            self.store(queue, [letter], BUSY_PAUSE_MS)
        elif isinstance(error, HandlerFailed | TimedOut) and command.queue.attempts > 1:
            self.store(queue, [letter], backoff_ms(command.queue, 1))
        elif error is not None:
            self._drop(letter, error)

    @staticmethod
    def _drop(letter: Letter, error: BusError) -> None:
        """Nobody waits for the answer: the log has it."""
        logs.get("workers").warning(
            "letter_failed", job=letter.id, contract=letter.contract, error=error.code, why=error.message
        )

    def store_returned(self, queue: str, mailbox: Mailbox, texts: list[bytes]) -> int:
        """Make jobs of letters that somebody may have died with: SQL counts what dies with them. Answers how many.

        Raises:
            DatabaseBusy, CommitUnknown: the database is away.
        """
        opened = [self._open(queue, mailbox, text) for text in texts]
        letters = [letter for letter in opened if letter is not None]
        if letters:
            self.store(queue, letters)
        return len(letters)

    def store(self, queue: str, letters: list[Letter], delay_ms: int = 0) -> None:
        """Make jobs of letters; one that is a job already stays as it is.

        Raises:
            DatabaseBusy, CommitUnknown: the database is away.
        """
        with self._bus.database.writer().transaction() as kept:
            self._bus.publisher.insert(kept, [self._row(queue, letter, delay_ms) for letter in letters])
        self._bus.announce((queue,))

    def _row(self, queue: str, letter: Letter, delay_ms: int) -> Row:
        lane, priority = FREE_LANE, 0
        if letter.contract in self._known:
            command = self._bus.registry.find(letter.contract)
            lane = FREE_LANE if command.is_many or command.is_read else UNIT_LANE
            priority = command.queue.priority
        return Row(
            letter.id,
            queue,
            lane,
            letter.contract,
            letter.args,
            letter.principal,
            letter.correlation_id,
            priority,
            delay_ms,
            0,
            None,
        )


def _as_job(queue: str, letter: Letter) -> Claimed:
    """A letter as if it had been claimed; it has no row and so no fence."""
    return Claimed(
        letter.id,
        letter.contract,
        letter.args,
        letter.principal,
        letter.correlation_id,
        attempt=1,
        alone=0,
        fence=0,
        queue=queue,
        lane=FREE_LANE,
        owner="",
        priority=0,
        run_at=0,
        key=None,
        flow=None,
    )
