"""Contracts in an index are imported when one of their commands is needed; what is wrong with them is told then."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bus import Plugin, SetupError
from bus.cli.checks.setup import check_plugins
from bus.cli.installed import Installed
from bus.registry import Registry
from bus.testing import FakeClock
from tests.bus.sample import contract, plugin
from tests.bus.worker import work
from workers import workers

CONTRACT = """
from bus import LOCAL, WRITE, Contract, QueuePolicy, Schema, fields

class Tea(Contract):
    name, version = "tea", {version}
    effect, access = WRITE, LOCAL
    queue = QueuePolicy("{queue}")

    class Params(Schema):
        text = fields.Text(required=True)

    Result = Params
"""
HANDLER = """
import lazy_tea
from tea_v2 import Tea
@lazy_tea.plugin.handles(Tea)
def tea(ctx, text):
    return {"text": text}
"""
INDEX = {"tea_v1": ["tea@1"], "tea_v2": ["tea@2"]}


@pytest.fixture
def tea(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Plugin]]:
    """A plugin with an index of one command in two versions; ``queue`` and ``v2`` put something else into version 2."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(index: Any = INDEX, queue: str = "default", v2: str = CONTRACT) -> Plugin:
        (tmp_path / "tea_v1.py").write_text(CONTRACT.format(version=1, queue="default"))
        (tmp_path / "tea_v2.py").write_text(v2.format(version=2, queue=queue))
        (tmp_path / "tea_handlers.py").write_text(HANDLER)
        made = Plugin("tea", contracts=index, modules=["tea_handlers"])
        holder = type(sys)("lazy_tea")
        vars(holder).update(plugin=made)
        monkeypatch.setitem(sys.modules, "lazy_tea", holder)
        return made

    yield make
    for name in ("tea_v1", "tea_v2", "tea_handlers"):
        sys.modules.pop(name, None)


def is_imported() -> bool:
    return "tea_v1" in sys.modules or "tea_v2" in sys.modules


def test_nothing_is_imported_before_one_of_its_commands_is_called(tea, open_bus, database_url) -> None:
    others = plugin(contract("water"), name="water")
    bus = open_bus(database_url, plugins=[tea(), others, workers])
    if database_url.startswith("sqlite"):  # on PostgreSQL, units of work are limited by the longest of all commands
        assert bus.call("water").ok
        assert bus.call("coffee").code == "UNKNOWN_COMMAND"
        assert {"tea@1", "tea@2", "water@1"} <= bus.known_contracts
        assert bus.queue_names == {"default"}
        assert "tea" in bus.registry
        assert not is_imported()
    envelope = bus.call("tea", {"text": "a"})
    assert (envelope.data, envelope.version) == ({"text": "a"}, 2)
    assert bus.call("tea@1", {"text": "b"}).version == 1
    assert is_imported()


@pytest.mark.parametrize(
    "need",
    [
        lambda bus: bus.call("command_describe", {"command": "tea"}).data["versions"] == [1, 2],
        lambda bus: "tea" in {item["name"] for item in bus.call("command_list").data["items"]},
        lambda bus: bus.call("tea", {"text": "a"}, version=1).ok,
        lambda bus: bus.call("tea@3", {}).code == "UNKNOWN_VERSION",
        lambda bus: [envelope.ok for envelope in bus.submit_many("tea", [{"text": "a"}])] == [True],
        lambda bus: [command.key for command in bus.registry if command.name == "tea"] == ["tea@1", "tea@2"],
        lambda bus: bus.registry.versions("tea") == [1, 2],
    ],
)
def test_it_is_there_whatever_asks_for_it(tea, open_bus, need) -> None:
    assert need(open_bus("sqlite://", plugins=[tea(), workers]))


def test_a_worker_imports_what_it_runs(tea, open_bus, database_url) -> None:
    bus = open_bus(database_url, plugins=[tea(), workers])
    job = bus.submit("tea", {"text": "a"}).job
    other = open_bus(database_url, plugins=[tea(), workers])
    work(other)
    assert other.wait(job["id"]).data == {"text": "a"}


def test_a_later_bus_of_the_process_has_it_as_well(tea, open_bus) -> None:
    made = tea()
    first, second = (open_bus("sqlite://", plugins=[made, workers]) for _ in range(2))
    assert first.call("tea", {"text": "a"}).ok
    assert {"tea@1", "tea@2"} <= second.known_contracts
    assert open_bus("sqlite://", plugins=[made]).call("tea", {"text": "a"}).ok
    assert second.call("tea", {"text": "a"}).ok


def test_many_threads_that_need_it_at_once_all_get_it(tea, open_bus, database_url) -> None:
    bus = open_bus(database_url, plugins=[tea()])
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda n: bus.call("tea", {"text": str(n)}).ok, range(16)))


def test_time_limits_hold_for_what_is_imported_later(tea, open_bus, clock: FakeClock) -> None:
    bus = open_bus("sqlite://", plugins=[tea()], clock=clock)
    assert bus.registry.find("tea").limit_s == 2


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"v2": "raise KeyError('x')"}, "tea_v2 cannot be imported: KeyError: 'x'"),
        ({"index": INDEX | {"tea_v3": ["tea@3"]}}, "tea_v3 cannot be imported: ModuleNotFoundError: No module named"),
        ({"index": {"tea_v1": ["tea@1", "pot@1"], "tea_v2": ["tea@2"]}}, "tea_v1 and the index .* differ in pot@1"),
        ({"index": {"tea_v1": ["tea@1"], "tea_v2": ["tea@3"]}}, "tea_v2 and the index .* differ in tea@2, tea@3"),
        ({"queue": "slow"}, "tea goes to the queue slow, so it cannot stand in an index; list its module in contracts"),
    ],
)
def test_what_is_wrong_with_it_is_logged_and_told_by_doctor(
    tea, open_bus, capsys: pytest.CaptureFixture[str], members: dict[str, Any], why: str
) -> None:
    broken = tea(**members)
    bus = open_bus("sqlite://", plugins=[broken])
    refused = bus.call("tea", {"text": "a"})
    assert (refused.code, refused.error["message"]) == (
        "HANDLER_ERROR",
        "tea cannot be answered, its plugin tea is broken",
    )
    assert "contracts_cannot_be_imported" in capsys.readouterr().err
    assert bus.call("system_health").ok
    with pytest.raises(SetupError, match=why):
        _ = broken.contracts
    (finding,) = check_plugins(Installed(Plugin("core"), [broken], Registry(), {}))
    assert finding.state == "fault"


POT = CONTRACT.replace("Tea", "Pot").replace('"tea"', '"pot"')
POT_HANDLER = HANDLER.replace("tea_v2", "pot_v1").replace("Tea", "Pot").replace("def tea", "def pot")


@pytest.fixture
def tea_and_pot(tea, tmp_path: Path) -> Iterator[Plugin]:
    """A plugin with a second command, whose contract and handler stand in modules of their own."""
    made = tea(INDEX | {"pot_v1": ["pot@1"]})
    made.modules.append("pot_handlers")
    (tmp_path / "pot_v1.py").write_text(POT.format(version=1, queue="default"))
    (tmp_path / "pot_handlers.py").write_text(POT_HANDLER)
    yield made
    for name in ("pot_v1", "pot_handlers"):
        sys.modules.pop(name, None)


def test_what_stands_beside_the_command_alone_is_imported(tea_and_pot, open_bus) -> None:
    """All versions of a command come together, wherever they stand."""
    bus = open_bus("sqlite://", plugins=[tea_and_pot])
    assert bus.call("tea", {"text": "a"}, version=1).data == {"text": "a"}
    assert {"tea_v1", "tea_v2", "tea_handlers"} <= sys.modules.keys()
    assert {"pot_v1", "pot_handlers"}.isdisjoint(sys.modules)
    assert bus.call("pot", {"text": "b"}).data == {"text": "b"}
    assert {"tea@1", "tea@2", "pot@1"} <= bus.known_contracts


def test_a_command_that_nobody_handles_is_told_when_it_is_called_and_by_doctor(tea_and_pot, open_bus, capfd) -> None:
    del tea_and_pot.modules[1]
    bus = open_bus("sqlite://", plugins=[tea_and_pot])
    assert bus.call("tea", {"text": "a"}).ok
    assert bus.call("pot", {"text": "b"}).code == "HANDLER_ERROR"
    why = "plugin tea: no handler for pot; add @tea.handles(...)"
    assert why in capfd.readouterr().err
    (finding,) = check_plugins(Installed(Plugin("core"), [tea_and_pot], Registry(), {}))
    assert (finding.state, finding.text) == ("fault", why)


@pytest.mark.parametrize("keys", [["tea"], ["tea@0"], ["tea@1", "tea@1"], ["tea@x"]])
def test_an_index_names_each_version_once(keys: list[str]) -> None:
    with pytest.raises(SetupError, match="plugin tea: the index of contracts needs each as name@version, once, not"):
        Plugin("tea", contracts={"tea_v1": keys})


def test_two_plugins_that_answer_one_command_stop_the_start(tea, open_bus) -> None:
    with pytest.raises(SetupError, match="the plugins tea and other both answer tea; remove one"):
        open_bus("sqlite://", plugins=[tea(), plugin(contract("tea"), name="other")])
    with pytest.raises(SetupError, match="both answer tea; remove one"):
        open_bus("sqlite://", plugins=[tea(), Plugin("other", contracts={"other_v1": ["tea@1"]})])
