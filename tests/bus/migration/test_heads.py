"""The cheap comparison: names, numbers, and what follows from them."""

import pytest

from bus.errors import SetupError
from bus.migration.heads import Standing, branch_of, head_of, judge, number_of, revision_name
from bus.migration.ledger import Entry
from bus.plugin import Plugin


def shop(head: str = "shop_0003") -> Plugin:
    return Plugin("shop", migrations="acme.shop.revisions", heads=[head])


@pytest.mark.parametrize(
    ("revision", "fits_code_from", "standing", "words"),
    [
        ("shop_0003", 2, Standing.UP_TO_DATE, "shop is at shop_0003"),
        ("shop_0002", 1, Standing.BEHIND, "shop is at shop_0002, the code needs shop_0003"),
        ("shop_0009", 3, Standing.NEWER, "shop is at shop_0009, newer than the code (shop_0003), which still fits"),
        (
            "shop_0009",
            4,
            Standing.CODE_TOO_OLD,
            "shop is at shop_0009, which needs code of shop_0004 or newer; this is shop_0003",
        ),
    ],
)
def test_the_number_decides(revision: str, fits_code_from: int, standing: Standing, words: str) -> None:
    """Equal, older, newer and fitting, newer and not fitting."""
    (branch,) = judge({"shop": Entry("shop", revision, fits_code_from, "acme.shop.revisions")}, [shop()]).branches
    assert (branch.standing, branch.words) == (standing, words)


def test_numbers_are_compared_as_numbers() -> None:
    """The revision after 9999 is not older than it."""
    entry = Entry("shop", "shop_9999", 1, "acme.shop.revisions")
    assert judge({"shop": entry}, [shop("shop_10000")]).branches[0].standing is Standing.BEHIND


def test_a_plugin_without_tables_has_no_branch() -> None:
    """Not every plugin stores something."""
    assert judge({}, [Plugin("clock")]).branches == ()


def test_a_plugin_that_is_loaded_without_tables_now_leaves_old_ones_alone() -> None:
    """Its entry is neither behind nor unknown."""
    assert judge({"shop": Entry("shop", "shop_0001", 1, "acme")}, [Plugin("shop")]).is_up_to_date


def test_what_is_not_loaded_is_no_obstacle() -> None:
    """It is listed with the package that is missing."""
    state = judge({"shop": Entry("shop", "shop_0001", 1, "acme.shop.revisions")}, [])
    assert state.is_up_to_date
    assert [branch.words for branch in state.not_loaded] == [
        "shop is at shop_0001 but not loaded: install or allow what provides acme.shop.revisions"
    ]


@pytest.mark.parametrize("revision", ["shop", "shop_1", "shop_000x", "shop_²³⁴⁵", "0001", "shop-0001", ""])
def test_a_revision_is_named_after_its_plugin_and_numbered(revision: str) -> None:
    """Four digits or more, after the last underscore; other names belong to no plugin."""
    assert branch_of(revision) in {None, ""}


def test_a_name_is_taken_apart_as_it_was_made() -> None:
    """Plugin names may hold underscores and digits."""
    name = revision_name("shop_2", 17)
    assert (name, branch_of(name), number_of(name)) == ("shop_2_0017", "shop_2", 17)


@pytest.mark.parametrize(
    ("plugin", "complaint"),
    [
        (Plugin("shop", heads=["shop_0001"]), "give both, one migrations package and its newest revision"),
        (Plugin("shop", migrations="acme.shop"), "give both"),
        (Plugin("shop", migrations="acme.shop", heads=["shop_0001", "shop_0002"]), "its newest revision"),
        (Plugin("shop", migrations="acme.shop", heads=["3f2a9c"]), "the head '3f2a9c' must be named like shop_0001"),
        (Plugin("shop", migrations="acme.shop", heads=["depot_0001"]), "must be named like shop_0001"),
    ],
)
def test_a_wrong_head_is_told(plugin: Plugin, complaint: str) -> None:
    """One sentence that names the plugin."""
    with pytest.raises(SetupError, match=f"^plugin shop: .*{complaint}"):
        head_of(plugin)
