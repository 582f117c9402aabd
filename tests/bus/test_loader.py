"""Installed plugins: found through real distributions, each fault one clear sentence."""

from __future__ import annotations

from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bus import Plugin, SetupError, fields, loader
from bus.loader import GROUP
from bus.settings import Settings
from tests.bus.sample import Sample, contract

if TYPE_CHECKING:
    from bus.application import Bus

Install = Callable[..., None]
#: Names of the plugins of this repository.
INSTALLED = {point.name for point in metadata.distribution("charterbus").entry_points.select(group=GROUP)}

GOOD = """
from bus import LOCAL, Contract, Plugin

class Hello(Contract):
    name = "{name}_hello"
    access = LOCAL

{name} = Plugin("{name}", contracts=[Hello]{more})

@{name}.handles(Hello)
def hello(ctx):
    return {{}}
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a distribution with one plugin into a folder of installed packages of this test alone."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def install_one(name: str, text: str | None = None, *, more: str = "", module: str = "", target: str = "") -> None:
        module = module or f"acme_{name}"
        (site / f"{module}.py").write_text(GOOD.format(name=name, more=more) if text is None else text)
        info = site / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[bus.plugins]\n{name} = {target or f'{module}:{name}'}\n")
        monkeypatch.delitem(__import__("sys").modules, module, raising=False)

    return install_one


def found(*names: str, **options: object) -> loader.Loaded:
    """What is loaded of these plugins."""
    return loader.discover(names, **options)  # type: ignore[arg-type]


def names(loaded: loader.Loaded) -> list[str]:
    return [plugin.name for plugin in loaded.plugins]


def test_an_installed_plugin_answers_its_command(install: Install, open_bus: Callable[..., Bus]) -> None:
    """Nothing but its installation makes a stranger's plugin part of the bus."""
    install("tea")
    bus = open_bus("sqlite://", settings=Settings(plugins_allow=("tea",)))
    assert bus.call("tea_hello").ok
    assert bus.call("system_health").data["plugins"] == ["bus", "tea"]


def test_the_first_plugins_of_this_distribution_are_found_the_same_way() -> None:
    loaded = loader.discover()
    assert {"engine", "workers"} <= set(names(loaded))
    assert not loaded.broken


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 / 0", "the plugin tea cannot be imported: ZeroDivisionError: division by zero"),
        ("def (", "the plugin tea cannot be imported: SyntaxError: "),
        ("import no_such_thing", "the plugin tea cannot be imported: ModuleNotFoundError: No module named"),
        ("raise SystemExit(3)", "the plugin tea cannot be imported: SystemExit: 3"),
        ("other = 1", "the plugin tea cannot be imported: AttributeError: "),
        ("tea = 1", "the plugin tea is a int; its entry point must name a bus.Plugin"),
        (
            "from bus import Plugin; tea = Plugin('coffee')",
            "the plugin coffee is installed under the entry-point name tea; make them equal",
        ),
        (
            "from bus import Plugin; tea = Plugin('tea', api=(2, 0))",
            "the plugin tea needs plugin interface 2.0; this bus offers 1.0: install a matching release of one of them",
        ),
        (
            "from bus import Plugin; tea = Plugin('tea', api=(1, 1))",
            "the plugin tea needs plugin interface 1.1; this bus offers 1.0",
        ),
        (
            "from bus import Plugin; tea = Plugin('tea', requires=['milk'])",
            "the plugin tea requires the plugin milk, which is not loaded; install it or allow it",
        ),
        (
            "from bus import Plugin\ntea = Plugin('tea')\n@tea.hook\ndef bus_begin(): ...",
            "the plugin tea cannot be loaded: plugin tea: there is no hook bus_begin; bus/hooks.py lists those that",
        ),
    ],
)
def test_a_broken_plugin_is_listed_with_its_reason_and_the_others_work(
    install: Install, open_bus: Callable[..., Bus], text: str, sentence: str
) -> None:
    """It stops nobody else; strict mode refuses to start with the same sentence."""
    install("tea", text)
    install("milk_jug")
    bus = open_bus("sqlite://", settings=Settings(plugins_allow=("tea", "milk_jug")))
    assert bus.call("milk_jug_hello").ok
    assert bus.broken_plugins["tea"].startswith(sentence)
    health = bus.call("system_health").data
    assert (health["status"], list(health["broken_plugins"])) == ("degraded", ["tea"])
    with pytest.raises(SetupError) as raised:
        open_bus("sqlite://", settings=Settings(plugins_allow=("tea", "milk_jug"), plugins_strict=True))
    assert str(raised.value).startswith(sentence)


HANDLER_DIFFERS = """
from bus import LOCAL, Contract, Plugin, Schema, fields

class Hello(Contract):
    name = "tea_hello"
    access = LOCAL

    class Params(Schema):
        cups = fields.Int64(required=True)

tea = Plugin("tea", contracts=[Hello])

@tea.handles(Hello)
def hello(ctx):
    return {}
"""


def test_a_plugin_whose_handler_differs_from_its_contract_is_broken(
    install: Install, open_bus: Callable[..., Bus], capsys: pytest.CaptureFixture[str]
) -> None:
    install("tea", HANDLER_DIFFERS)
    bus = open_bus("sqlite://", settings=Settings(plugins_allow=("tea",)))
    sentence = "the handler of tea_hello@1 in plugin tea and its contract differ: it lacks cups"
    assert bus.broken_plugins == {"tea": sentence}
    assert bus.call("tea_hello").code == "UNKNOWN_COMMAND"
    assert sentence in capsys.readouterr().err


def test_whoever_requires_a_broken_plugin_is_broken_too(install: Install) -> None:
    """Whether it broke at its import or because of its handlers."""
    install("milk", "1 / 0")
    install("tea", more=", requires=['milk']")
    install("cake", more=", requires=['tea']")
    loaded = found("milk", "tea", "cake")
    assert names(loaded) == []
    assert loaded.broken["tea"].startswith("the plugin tea requires the plugin milk, which is broken: the plugin milk")
    assert "the plugin tea requires the plugin milk, which is broken" in loaded.broken["cake"]


def test_whoever_requires_a_plugin_with_wrong_handlers_is_broken_too(install: Install) -> None:
    install("tea", HANDLER_DIFFERS)
    install("cake", more=", requires=['tea']")
    loaded = found("tea", "cake")
    commands = loaded.registry(strict=False)
    assert [command.name for command in commands] == []
    assert loaded.broken["cake"].startswith("the plugin cake requires the plugin tea, which is broken: the handler of")


def test_a_plugin_comes_after_those_it_requires(install: Install) -> None:
    install("a", more=", requires=['b', 'c']")
    install("b", more=", requires=['c']")
    install("c")
    assert names(found("a", "b", "c")) == ["c", "b", "a"]


def test_plugins_that_require_each_other_are_told_so(install: Install) -> None:
    install("a", more=", requires=['b']")
    install("b", more=", requires=['a']")
    install("c")
    loaded = found("a", "b", "c")
    assert names(loaded) == ["c"]
    assert loaded.broken["a"] == "plugins require each other in a circle: a > b > a; take one requirement out"


def test_two_installed_plugins_of_one_name_stop_the_start(install: Install) -> None:
    """Which of them was meant cannot be guessed."""
    install("tea")
    install("tea", module="other_tea")
    with pytest.raises(SetupError, match=r"two installed plugins are named tea \(.*other_tea:tea.*\); uninstall one"):
        found("tea")
    assert names(loader.discover(None, {"tea", *INSTALLED})) == []


def test_one_distribution_seen_twice_is_one_plugin(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editable install beside a wheel of the same plugin is no conflict."""
    install("tea")
    install("tea", module="acme_tea_again", target="acme_tea:tea")
    assert names(found("tea")) == ["tea"]


def test_two_plugins_with_one_command_stop_the_start(install: Install, open_bus: Callable[..., Bus]) -> None:
    """Both are named, and how to leave one out."""
    install("tea")
    install("coffee", GOOD.format(name="coffee", more="").replace("coffee_hello", "tea_hello"))
    settings = Settings(plugins_allow=("tea", "coffee"))
    with pytest.raises(SetupError) as raised:
        open_bus("sqlite://", settings=settings)
    assert str(raised.value) == (
        "the plugins coffee and tea both answer tea_hello; remove one, or leave one out with BUS_PLUGINS_DENY"
    )
    bus = open_bus("sqlite://", settings=settings.replace(plugins_deny=("coffee",)))
    assert bus.registry.find("tea_hello").plugin == "tea"


def test_allow_and_deny(install: Install) -> None:
    """Only allowed plugins are imported; deny wins over allow."""
    install("tea")
    install("bomb", "raise RuntimeError('imported')")
    assert not found("tea").broken
    assert names(found("tea", "bomb", deny=["bomb"])) == ["tea"]
    assert list(found("tea", "bomb").broken) == ["bomb"]
    assert names(found()) == []


def test_a_stranger_cannot_take_the_name_of_the_bus(install: Install, open_bus: Callable[..., Bus]) -> None:
    install("bus", module="acme_bus")
    loaded = found("bus")
    assert loaded.broken == {"bus": "the name bus belongs to the bus itself; give the plugin another one"}
    with pytest.raises(SetupError, match="the name bus belongs to the bus itself"):
        open_bus("sqlite://", plugins=[Plugin("bus")])


def test_plugins_named_in_code_must_all_be_sound(sample: Sample) -> None:
    """Whoever lists plugins wants each of them: the first fault stops the start."""

    @sample.command("tea", params={"cups": fields.Int64(required=True)})
    def tea(ctx, cup):
        return {}

    with pytest.raises(SetupError, match="the handler of tea@1 in plugin sample and its contract differ: it lacks cup"):
        sample.open()
    with pytest.raises(SetupError, match="two plugins are named sample; rename or remove one"):
        sample.open("sqlite://", Plugin("sample"))


def test_a_plugin_that_cannot_start_stops_the_start_by_name(open_bus: Callable[..., Bus]) -> None:
    """What started before it is stopped again."""
    seen: list[str] = []
    first, second = Plugin("first"), Plugin("second", requires=["first"])

    @first.hook
    def bus_start(bus):
        seen.append("start")
        assert bus.call("system_health").ok

    @first.hook
    def bus_stop():
        seen.append("stop")

    def failing(bus):
        raise OSError("no room")

    failing.__name__ = "bus_start"
    second.hook(failing)
    with pytest.raises(SetupError, match="the plugin second could not start: OSError: no room"):
        open_bus("sqlite://", plugins=[second, first])
    assert seen == ["start", "stop"]


def test_a_contract_without_a_handler_is_told(open_bus: Callable[..., Bus]) -> None:
    plugin = Plugin("acme", contracts=[contract("tea"), contract("cake")])
    with pytest.raises(SetupError, match=r"plugin acme: no handler for cake, tea; add @acme.handles\(\.\.\.\)"):
        open_bus("sqlite://", plugins=[plugin])
