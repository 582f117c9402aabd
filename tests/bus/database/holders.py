"""Other processes that stand in a database's way: each function is the whole of one."""

from __future__ import annotations

import ctypes
import resource
import sqlite3
from multiprocessing.connection import Connection
from typing import Any

from tests.bus import programs
from tests.bus.sample import texts

#: Linux's capset(2), version 3, and the two capabilities that let root write where its permissions do not.
CAPABILITY_VERSION = 0x20080522
DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2


def hold_lock(file: str, parent: Connection) -> None:
    """Hold SQLite's write lock until told to let go."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    parent.send("locked")
    parent.recv()
    connection.execute("COMMIT")
    connection.close()


def write_without_permission(url: str, parent: Connection) -> None:
    """Open a bus on a file that must not be written, write and read; send the answers."""
    obey_permissions()
    with programs.open_bus(url) as bus:
        written = bus.call("put", {"text": "b"})
        parent.send((written.code, written.error, texts(bus)))


def write_past_a_limit(url: str, parent: Connection) -> None:
    """Write until files may not grow any more, then with room again; send the answers and what is there."""
    with programs.open_bus(url) as bus:
        bus.call("put", {"text": "before"})
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, hard))
        refused: list[Any] = [bus.call("put", {"text": "x" * 100_000}) for _ in range(3)]
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        after = bus.call("put", {"text": "after"})
        parent.send(([envelope.error for envelope in refused], after.code, texts(bus)))


def obey_permissions() -> None:
    """From here on root is asked like everybody else whether a file may be written (Linux)."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; twice 32 bits of each
    libc.capget(header, sets)
    keep = ~(1 << DAC_OVERRIDE | 1 << DAC_READ_SEARCH)
    for place in range(3):
        sets[place] &= keep
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")
