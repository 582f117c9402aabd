"""Looking on and joining in: hooks of another plugin, which the tea house does not know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bus import Bus, Envelope, Plugin, Principal, Request
from tests.fundamentals.teahouse import teahouse


def test_a_plugin_hears_what_happened(open_bus: Callable[..., Bus], sqlite_url: str) -> None:
    """After the commit: what was refused is not heard of."""
    heard = []
    bell = Plugin("bell", requires=["teahouse"])

    @bell.hook
    def bus_event(name: str, payload: dict[str, Any]) -> None:
        heard.append((name, payload))

    bus = open_bus(sqlite_url, plugins=[bell, teahouse])
    bus.call("tea_order", {"tea": "white tea", "cups": 1})
    assert heard == []
    bus.call("tea_order", {"tea": "green tea", "cups": 1})
    assert heard == [("tea_ordered", {"number": 1})]


def test_a_plugin_stands_around_every_command(open_bus: Callable[..., Bus], sqlite_url: str) -> None:
    doorman = Plugin("doorman")

    @doorman.hook
    def bus_around_command(request: Request, proceed: Callable[[Request], Envelope]) -> Envelope:
        envelope = proceed(request)
        envelope.warnings.append("please shut the door")
        return envelope

    bus = open_bus(sqlite_url, plugins=[doorman, teahouse])
    assert bus.call("tea_count").warnings == ["please shut the door"]


def test_a_plugin_knows_the_guests(open_bus: Callable[..., Bus], sqlite_url: str) -> None:
    """The bus itself has no users; whoever comes by the network needs a session that some plugin knows."""
    register = Plugin("register")

    @register.hook
    def bus_authenticate(token: str) -> Principal | None:
        return Principal("ann") if token == "ann's token" else None

    bus = open_bus(sqlite_url, plugins=[register, teahouse])
    from_the_network = {"command": "tea_count", "is_local": False}
    assert bus.answer(Request(**from_the_network)).code == "UNAUTHENTICATED"
    assert bus.answer(Request(**from_the_network, session_token="guessed")).code == "UNAUTHENTICATED"
    assert bus.answer(Request(**from_the_network, session_token="ann's token")).ok
