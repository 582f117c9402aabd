"""Revisions that do not keep the rules are refused before anything runs, each with a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bus.errors import SetupError
from bus.migration.heads import head_of
from bus.migration.scripts import load
from bus.plugin import Plugin
from tests.bus.migration.conftest import CORE, Package

Make = Callable[..., Package]
NOTHING = "pass"


def edit(package: Package, old: str, new: str, *, number: int = 1) -> None:
    """Change one of the package's files."""
    file: Path = package.folder / f"{package.name}_{number:04}.py"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_revisions_come_in_order_with_what_they_say(code: Make) -> None:
    """Number, fit, summary and package of each."""
    package = code().revision(NOTHING).revision(NOTHING, fits=1)
    found = [
        (step.revision, step.number, step.fits_code_from, step.summary, step.package)
        for step in load([package.plugin()])
    ]
    assert found == [("shop_0001", 1, 1, "Change 1.", package.module), ("shop_0002", 2, 1, "Change 2.", package.module)]


def test_plugins_keep_their_order(code: Make) -> None:
    """The core's tables come first, and what another plugin's revision depends on before it."""
    shop, depot = code().revision(NOTHING).revision(NOTHING), code("depot").revision(NOTHING, depends_on="shop_0001")
    names = [step.revision for step in load([CORE, depot.plugin(), shop.plugin()])]
    assert names == ["bus_0001", "shop_0001", "depot_0001", "shop_0002"]


def test_no_plugin_with_tables_is_no_mistake() -> None:
    """Nothing to load."""
    assert load([Plugin("clock")]) == []


def test_a_missing_package_is_told() -> None:
    """A wheel without its migrations, or a misspelt name."""
    with pytest.raises(SetupError, match=r"^plugin shop: there is no package acme\.nowhere of migrations"):
        load([Plugin("shop", migrations="acme.nowhere", heads=["shop_0001"])])


def test_a_head_that_is_not_the_newest_revision_is_told(code: Make) -> None:
    """Somebody added a revision and forgot the plugin, or the reverse."""
    package = code().revision(NOTHING)
    old = package.plugin()
    package.revision(NOTHING)
    with pytest.raises(
        SetupError, match="plugin shop: its head is shop_0001, its newest revision shop_0002; make them equal"
    ):
        load([old])
    with pytest.raises(SetupError, match="its head is depot_0001, its newest revision None"):
        load([Plugin("depot", migrations=code("depot").module, heads=["depot_0001"])])


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("fits_code_from = 1", "", r"must state fits_code_from = N, 1 to 1"),
        ("fits_code_from = 1", "fits_code_from = 2", "1 to 1"),
        ("fits_code_from = 1", "fits_code_from = 'shop_0001'", "1 to 1"),
        ('revision = "shop_0001"', 'revision = "3f2a9c"', "must be named like NAME_0001"),
        ('revision = "shop_0001"', 'revision = "depot_0001"', "must be named like NAME_0001"),
        ("branch_labels = ('shop',)", "branch_labels = None", r"the first one have branch_labels = \(NAME,\)"),
        ("down_revision = None", "down_revision = 'shop_0000'", r"follows one that is missing \(.*shop_0000"),
        ("import sqlalchemy as sa", "import nothing_of_this_name", r"is broken, .*\(ModuleNotFoundError: .*nothing_of"),
        ("def upgrade", "def improve", "has no function upgrade"),
        ("depends_on = None", "depends_on = 'depot_0001'", r"follows one that is missing \(.*depot_0001"),
    ],
)
def test_a_revision_that_breaks_a_rule_is_told(code: Make, old: str, new: str, complaint: str) -> None:
    """The sentence names the revision, its file and the rule."""
    package = code().revision(NOTHING)
    edit(package, old, new)
    with pytest.raises(SetupError, match=complaint):
        load([package.plugin()])


def test_two_revisions_of_one_number_are_told(code: Make) -> None:
    """As after two branches of development were merged."""
    package = code().revision(NOTHING).revision(NOTHING)
    (package.folder / "shop_0002_again.py").write_text((package.folder / "shop_0002.py").read_text())
    with pytest.raises(SetupError, match="shop_0002 is present more than once"):
        load([package.plugin()])


def test_two_revisions_after_the_same_one_are_told(code: Make) -> None:
    """A plugin's revisions are one chain: the number alone must tell what a database holds."""
    package = code().revision(NOTHING).revision(NOTHING).revision(NOTHING)
    edit(package, "down_revision = 'shop_0002'", "down_revision = 'shop_0001'", number=3)
    with pytest.raises(SetupError, match=r"shop_0003 .*must follow the one before it: down_revision = 'shop_0002'"):
        load([package.plugin()])


def test_the_core_states_its_newest_revision() -> None:
    """What is baked in is what is there."""
    assert load([CORE])[-1].revision == head_of(CORE)
