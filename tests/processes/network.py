"""A network for one drill alone, with two hosts: ours, where the servers are, and one far away, where workers are.

    network = Network(isolate())
    fleet = Fleet(..., prepare=network.far_host)
    network.unplug("database")

Each server is reached by a cable of its own (a veth pair); whatever happens to a cable happens in silence, so that
both ends go on believing in their connections. Nothing outside of the process that was isolated is touched, and all
of it ends with that process.

Source: Linux manual, user_namespaces(7), network_namespaces(7), veth(4), capabilities(7).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

from pyroute2 import IPRoute

CLONE_NEWUTS, CLONE_NEWUSER, CLONE_NEWNET = 0x0400_0000, 0x1000_0000, 0x4000_0000
PR_SET_DUMPABLE, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 4, 47, 2
CAP_NET_ADMIN, CAP_SYS_PTRACE, CAP_SYS_ADMIN = 12, 19, 21
CAPABILITY_VERSION = 0x2008_0522
#: Our end of each cable; the far end is the next address.
CABLES = {"database": "10.77.1.1", "broker": "10.77.2.1"}
#: An address that nobody's card has.
NOBODYS_CARD = "02:00:00:00:00:99"
#: Seconds within which a connection is made, if it can be.
CONNECT_S = 0.3
#: A user within a namespace whose only user may not be root: PostgreSQL refuses to run as that.
SOMEBODY = 1000

T = TypeVar("T")
_libc = ctypes.CDLL(None, use_errno=True)


class NotAllowed(Exception):
    """This process may not have a network of its own; the message says what refused."""


def isolate() -> None:
    """Give this process, which must have one thread, and all its children an empty network in which it may do all.

    Raises:
        NotAllowed: neither as root nor by a user namespace.
    """
    try:
        if not _isolate_as_root():
            _isolate_as_user(os.geteuid(), os.getegid())
        with IPRoute() as ours:
            ours.link("set", index=ours.link_lookup(ifname="lo")[0], state="up")
    except Exception as error:
        raise NotAllowed(f"{type(error).__name__}: {error}") from error


def _isolate_as_root() -> bool:
    """Whether this process was allowed to; root may not be, as in most containers."""
    with contextlib.suppress(PermissionError):
        _unshare(CLONE_NEWNET | CLONE_NEWUTS)
        return True
    return False


def _isolate_as_user(user: int, group: int) -> None:
    _unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWUTS)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user or SOMEBODY} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group or SOMEBODY} {group} 1")
    _keep_rights()


def _unshare(what: int) -> None:
    if _libc.unshare(what) != 0:
        raise OSError(ctypes.get_errno(), f"unshare: {os.strerror(ctypes.get_errno())}")


def _keep_rights() -> None:
    """Let the programs that this process starts use its networks as it may: not root, they would lose the right."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    rights = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable: the first 32, and again the rest
    _libc.capget(header, rights)
    rights[2], rights[5] = rights[1], rights[4]
    _libc.capset(header, rights)
    for right in (CAP_NET_ADMIN, CAP_SYS_PTRACE, CAP_SYS_ADMIN):
        _libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, right, 0, 0)
    _libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # they look at this process's descriptors


class Network:
    """Cables to the far host, all of them plugged in. The calling process has been isolated."""

    def __init__(self) -> None:
        self._far = _in_thread(_made_far_away)
        for name, address in CABLES.items():
            with IPRoute() as ours:
                ours.link("add", ifname=f"{name}0", kind="veth", peer={"ifname": f"{name}1"})
                ours.link("set", index=_index(ours, f"{name}1"), net_ns_fd=self._far)
                _bring_up(ours, f"{name}0", address)
            self._at_far_host(partial(_bring_up, name=f"{name}1", address=_next(address)))

    @property
    def far_host(self) -> Callable[[], None]:
        """What a process does to move to the far host; it can be pickled."""
        return partial(move, f"/proc/{os.getpid()}/fd/{self._far}")

    def unplug(self, name: str) -> None:
        """Pull a cable out."""
        with IPRoute() as ours:
            ours.link("set", index=_index(ours, f"{name}0"), state="down")

    def plug_in(self, name: str) -> None:
        """Put it back."""
        with IPRoute() as ours:
            ours.link("set", index=_index(ours, f"{name}0"), state="up")

    def deafen(self, name: str) -> None:
        """Let what the far host says reach nobody."""
        self._at_far_host(partial(_mistake, name=f"{name}1", address=CABLES[name]))

    def listen(self, name: str) -> None:
        """Let it be heard again."""
        self._at_far_host(partial(_correct, name=f"{name}1", address=CABLES[name]))

    def silence(self, name: str) -> None:
        """Let what a server says reach nobody on the far host."""
        with IPRoute() as ours:
            _mistake(ours, f"{name}0", _next(CABLES[name]))

    def speak(self, name: str) -> None:
        """Let it be heard again."""
        with IPRoute() as ours:
            _correct(ours, f"{name}0", _next(CABLES[name]))

    def reaches(self, name: str, port: int) -> bool:
        """Whether somebody on the far host can connect to a server."""

        def can_connect() -> bool:
            _enter(self._far)
            with contextlib.suppress(OSError), socket.create_connection((CABLES[name], port), timeout=CONNECT_S):
                return True
            return False

        return _in_thread(can_connect)

    def _at_far_host(self, act: Callable[[IPRoute], None]) -> None:
        def go() -> None:
            _enter(self._far)
            with IPRoute() as far:
                act(far)

        _in_thread(go)


def _made_far_away() -> int:
    """A descriptor that keeps another, empty network alive; in a thread of its own, which is there from now on."""
    _unshare(CLONE_NEWNET)
    with IPRoute() as far:
        far.link("set", index=_index(far, "lo"), state="up")
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY)


def _in_thread(act: Callable[[], T]) -> T:
    """What a thread answers that may change where it is."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(act).result()


def _enter(network: int) -> None:
    if _libc.setns(network, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), f"setns: {os.strerror(ctypes.get_errno())}")


def _bring_up(route: IPRoute, name: str, address: str) -> None:
    route.addr("add", index=_index(route, name), address=address, prefixlen=24)
    route.link("set", index=_index(route, name), state="up")


def _mistake(route: IPRoute, name: str, address: str) -> None:
    """Take the card with an address for another one's, so that packets go into the void."""
    index = _index(route, name)
    route.neigh("replace", dst=address, lladdr=NOBODYS_CARD, ifindex=index, state="permanent")


def _correct(route: IPRoute, name: str, address: str) -> None:
    route.neigh("delete", dst=address, ifindex=_index(route, name))


def move(file: str) -> None:
    """Move this process to the far host: its network, a host's name and a meeting place of its own."""
    descriptor = os.open(file, os.O_RDONLY)
    _enter(descriptor)
    os.close(descriptor)
    _unshare(CLONE_NEWUTS)
    _libc.sethostname(b"far", 3)
    far = Path(os.environ["XDG_RUNTIME_DIR"]) / "far"
    far.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(far)


def _index(route: IPRoute, name: str) -> int:
    return route.link_lookup(ifname=name)[0]


def _next(address: str) -> str:
    head, _, last = address.rpartition(".")
    return f"{head}.{int(last) + 1}"
