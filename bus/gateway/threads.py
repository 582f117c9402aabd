"""Where calls run: the bus may wait for a database, and the event loop must not.

A few threads take calls from one line. Handing something to another thread costs more than a small command does, so
as little as possible is handed over: a thread is woken when none is awake, takes whatever waits, and its answers go
back to the loop together. When calls wait because those that run wait themselves, for a database or a lock, more
threads are woken, a millisecond later. When they wait for the interpreter, more threads would only make it worse.

Not here: what a call does (bus/gateway/commands.py and its neighbours).
"""

from __future__ import annotations

import asyncio
import functools
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

#: Seconds between two looks at a line.
LOOK_S = 0.001
#: Looks within which a line should be worked off.
SOON = 5
#: Part of a processor's time from which on computing is what takes the time.
COMPUTING = 0.8

#: Takes the result of a call, or why there is none.
Done = Callable[[Any, BaseException | None], None]
#: A call that waits: who wants the result, the function, its arguments.
Call = tuple[Done, Callable[..., Any], tuple[Any, ...]]


class CallThreads:
    """Threads that run calls for one event loop.

    Args:
        most: how many there are at most; each may keep a connection to the database.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Call] = deque()
        #: What has ended: who wants it, result, exception.
        self._ended: deque[tuple[Done, Any, BaseException | None]] = deque()
        self._is_told = False
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        #: A lock for each sleeping thread, the last one on top: its connections are warm.
        self._sleeping: list[threading.Lock] = []
        self._awake = 0
        self._taken = 0
        self._is_watched = False
        self._is_closed = False

    def run(self, function: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:
        """The future result of a call; whoever stops waiting does not stop the call."""
        future = self._loop.create_future()
        self.hand(functools.partial(_settle, future), function, *args)
        return future

    def hand(self, done: Done, function: Callable[..., Any], *args: Any) -> None:
        """Run a call; ``done`` gets what comes of it, on the loop."""
        self._waiting.append((done, function, args))
        with self._lock:
            if self._awake == 0:
                self._wake()
        if not self._is_watched:
            self._is_watched = True
            self._loop.call_later(LOOK_S, self._look, self._taken, self._loop.time(), time.process_time())

    @property
    def is_busy(self) -> bool:
        """Whether a call runs or waits."""
        return self._awake > 0 or bool(self._waiting)

    def close(self) -> None:
        """Let the threads end once nothing waits, and wait for them."""
        with self._lock:
            self._is_closed = True
            for gate in self._sleeping:
                gate.release()
            self._sleeping.clear()
        for thread in self._threads:
            thread.join()

    def _look(self, taken_before: int, at_before: float, computed_before: float) -> None:
        """Take what has ended, and wake as many again as are awake, if those are held up.

        Args:
            taken_before: calls that had been taken at the last look.
            at_before: the loop's time then, seconds.
            computed_before: processor time of this process then, seconds.
        """
        self._hand_back()
        waiting, taken, at, computed = len(self._waiting), self._taken, self._loop.time(), time.process_time()
        self._is_watched = waiting > 0
        if not waiting:
            return
        done = taken - taken_before
        is_computing = computed - computed_before > COMPUTING * (at - at_before)
        if done == 0 or (waiting > SOON * done and not is_computing):
            with self._lock:
                for _ in range(min(waiting, max(self._awake, 1))):
                    self._wake()
        self._loop.call_later(LOOK_S, self._look, taken, at, computed)

    def _wake(self) -> None:
        """Let one more thread take calls, if there is one; the lock is held."""
        if self._sleeping:
            self._awake += 1
            self._sleeping.pop().release()
        elif len(self._threads) < self._most:
            self._awake += 1
            thread = threading.Thread(target=self._work, name=f"bus-http-{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        """The life of a thread."""
        gate = threading.Lock()
        gate.acquire()
        while True:
            self._take_all()
            with self._lock:
                if self._waiting:
                    continue
                self._awake -= 1
                if self._is_closed:
                    return
                self._sleeping.append(gate)
            gate.acquire()

    def _take_all(self) -> None:
        waiting = self._waiting
        while True:
            try:
                done, function, args = waiting.popleft()
            except IndexError:
                self._tell()
                return
            self._taken += 1
            try:
                ended = done, function(*args), None
            except BaseException as error:  # noqa: BLE001  # whoever waits gets it
                ended = done, None, error
            self._ended.append(ended)

    def _tell(self) -> None:
        """Let the loop take what has ended; while there is more to do, it looks by itself every millisecond."""
        if self._ended and not self._is_told:
            self._is_told = True
            with suppress(RuntimeError):  # the loop has ended, and with it whoever waited
                self._loop.call_soon_threadsafe(self._hand_back)

    def _hand_back(self) -> None:
        self._is_told = False  # first: what ends from now on is told again
        while self._ended:
            done, result, error = self._ended.popleft()
            try:
                done(result, error)
            except Exception as fault:  # noqa: BLE001  # the next answer is somebody else's
                self._loop.call_exception_handler({"message": "an answer could not be given", "exception": fault})


def _settle(future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if future.done():  # cancelled: nobody waits any more
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
