"""Modules of handlers are imported when a command is first run; what is wrong with them is told then, and by doctor."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bus import MANY, ONE, Plugin, SetupError
from bus.cli.checks.setup import check_plugins
from bus.cli.installed import Installed
from bus.registry import Registry
from tests.bus.sample import TEXT, contract
from tests.bus.worker import work
from workers import workers

#: A module of handlers; ``lazy_tea`` stands for the module that the test has made of its plugin.
GOOD = """
import lazy_tea
@lazy_tea.plugin.handles(lazy_tea.TEA)
def tea(ctx, text):
    return {"text": text}
"""

#: The same; it looks whether this thread has begun a transaction.
WATCHFUL = "import lazy_tea\nassert not lazy_tea.bus.database.writer().is_begun\n" + GOOD

#: The same; it waits for those who call.
CALLERS = 8
WAITING = f"import lazy_tea\nassert all(lazy_tea.arrived.acquire(timeout=10) for _ in range({CALLERS}))\n{GOOD}"


@pytest.fixture
def lazy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Plugin]]:
    """A plugin with one command, ``tea`` in two versions, whose handler stands in a module of this text."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(text: str, **members) -> Plugin:
        older, newest = (contract("tea", params=TEXT, result=TEXT, version=number, **members) for number in (1, 2))
        plugin = Plugin("tea", contracts=[older, newest], modules=["lazy_tea_handlers"])
        holder = type(sys)("lazy_tea")
        vars(holder).update(plugin=plugin, TEA=newest)
        monkeypatch.setitem(sys.modules, "lazy_tea", holder)
        (tmp_path / "lazy_tea_handlers.py").write_text(text)
        return plugin

    yield make
    sys.modules.pop("lazy_tea_handlers", None)


def test_they_are_imported_with_the_first_call_and_not_before(lazy, open_bus, database_url) -> None:
    bus = open_bus(database_url, plugins=[lazy(GOOD), workers])
    assert bus.call("command_list").ok
    assert bus.call("command_describe", {"command": "tea"}).ok
    assert bus.call("tea", {}).code == "VALIDATION_ERROR"
    assert bus.submit("tea", {"text": "a"}).ok
    assert "lazy_tea_handlers" not in sys.modules
    assert bus.call("tea@1", {"text": "b"}).data == {"text": "b"}
    assert bus.call("tea", {"text": "c"}, idempotency_key="k").data == {"text": "c"}


@pytest.mark.parametrize("units", [ONE, MANY])
def test_a_worker_imports_them_before_it_opens_a_transaction(lazy, open_bus, database_url, units) -> None:
    bus = open_bus(database_url, plugins=[lazy(WATCHFUL, units=units), workers])
    sys.modules["lazy_tea"].bus = bus
    job = bus.submit("tea", {"text": "a"}).job["id"]
    work(bus)
    assert bus.wait(job).data == {"text": "a"}


def test_many_first_calls_at_once_are_all_answered(lazy, open_bus, database_url) -> None:
    """The import does not end before everybody is about to call."""
    bus = open_bus(database_url, plugins=[lazy(WAITING)])
    arrived = sys.modules["lazy_tea"].arrived = threading.Semaphore(0)
    answers: list[object] = []

    def call() -> None:
        arrived.release()
        answers.append(bus.call("tea", {"text": "a"}).data)

    threads = [threading.Thread(target=call) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{"text": "a"}] * CALLERS


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import nothing_of_this_name", "lazy_tea_handlers cannot be imported: ModuleNotFoundError: No module named"),
        ("", r"plugin tea: no handler for tea; add @tea.handles\(...\)"),
        (GOOD.replace("(ctx, text)", "(ctx)"), "the handler of tea@2 in plugin tea and its contract differ: it lacks"),
        (GOOD.replace("def tea", "async def tea"), "the handler of tea is async; its contract needs units = MANY"),
        (GOOD + GOOD, "lazy_tea_handlers cannot be imported: plugin tea: two handlers for tea; keep one"),
        (GOOD + "1/0", "lazy_tea_handlers cannot be imported: ZeroDivisionError: division by zero"),
    ],
    ids=["import", "missing", "signature", "async", "two", "halfway"],
)
def test_what_is_wrong_is_logged_and_answered_at_every_call(lazy, open_bus, capfd, text, why) -> None:
    """The caller learns no more than that the command failed; nothing is half registered."""
    plugin = lazy(text)
    bus = open_bus("sqlite://", plugins=[plugin])
    for _ in range(2):
        answer = bus.call("tea", {"text": "a"})
        assert answer.code == "HANDLER_ERROR"
        assert "lazy_tea" not in answer.error["message"]
    with pytest.raises(SetupError, match=why):
        _ = Registry([plugin]).find("tea").handler
    assert "handler_failed" in (told := capfd.readouterr().err) or "call_failed" in told


def test_doctor_imports_them(lazy) -> None:
    (finding,) = check_plugins(Installed(Plugin("core"), [lazy(GOOD)], Registry(), {}))
    assert "tea: 1 commands" in str(finding)
    plugin = lazy("1/0")
    sys.modules.pop("lazy_tea_handlers")
    (finding,) = check_plugins(Installed(Plugin("core"), [plugin], Registry(), {}))
    assert "lazy_tea_handlers cannot be imported: ZeroDivisionError" in str(finding)
