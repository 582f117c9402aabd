"""Nothing points into the void: links between pages, files named in pages, files named in the heads of modules."""

import ast
import functools
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from docs.generator.markdown import slug
from tests.docs.pages import PAGES, ROOT

FOLDERS = ("bus", "contracts", "plugins", "workers", "tests", "docs", "benchmarks", "examples", "requirements")
#: A path of this repository, as prose names it: ``bus/errors.py``, ``docs/reference``.
PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})(?:/[\w.-]*\w)+/?")
MODULES = sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tokens(page: Path) -> Iterator[Token]:
    """All tokens of a page, inline ones too."""
    for token in MarkdownIt("commonmark").enable("table").parse(page.read_text()):
        yield token
        yield from token.children or []


@functools.cache
def anchors(page: Path) -> set[str]:
    """The anchors of the page's headings, as GitHub makes them."""
    found: list[str] = []
    parsed = MarkdownIt("commonmark").parse(page.read_text())
    for opening, inline in itertools.pairwise(parsed):
        if opening.type == "heading_open":
            text = "".join(child.content for child in inline.children or [])
            found.append(slug(text))
    return {f"{anchor}-{found[:place].count(anchor)}".removesuffix("-0") for place, anchor in enumerate(found)}


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A link to a page, a heading or a picture of this repository finds it."""
    lost: list[str] = []
    for token in tokens(page):
        target = token.attrs.get("href") or token.attrs.get("src")
        if not isinstance(target, str) or re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = unquote(target).partition("#")
        place = (page.parent / file) if file else page
        if not place.exists() or (anchor and anchor not in anchors(place)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_file_named_in_a_page_exists(page: Path) -> None:
    """A path set as code is the path of a file or a folder."""
    named = [token.content for token in tokens(page) if token.type == "code_inline"]
    assert [path for path in named if PATH.fullmatch(path) and not (ROOT / path).exists()] == []


def test_every_file_named_in_the_head_of_a_module_exists() -> None:
    """What a module says is "not here" is where it says it is."""
    assert len(MODULES) > len(FOLDERS)
    lost: list[tuple[str, str]] = []
    for module in MODULES:
        head = ast.get_docstring(ast.parse(module.read_text())) or ""
        named = re.findall(rf"(?<![\w/.-]){PATH.pattern}", head)
        lost += [(relative(module), path) for path in named if not (ROOT / path).exists()]
    assert lost == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.is_relative_to(ROOT / "docs")], ids=relative)
def test_every_page_can_be_reached_from_the_index(page: Path) -> None:
    """docs/README.md links to every page of docs."""
    index = ROOT / "docs" / "README.md"
    linked = {unquote(str(token.attrs["href"])) for token in tokens(index) if "href" in token.attrs}
    assert page == index or str(page.relative_to(index.parent)) in linked
