"""The pages: all that they link to is there, and nothing comes from elsewhere or runs inside of the page.

Not here: how a browser shows them (tests/documents).
"""

from __future__ import annotations

import re

from bus.documents.pages import page_for


def body(path: str) -> str:
    found = page_for(path)
    assert found is not None, path
    return found[0].decode()


def test_the_page_and_what_it_links_to_are_there():
    page = body("")
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert sorted(links) == ["docs/page.js", "docs/style.css"]
    for link in links:
        assert page_for(link.removeprefix("docs/")) == page_for(link) != None, link  # noqa: E711  # a chain


def test_scripts_import_what_is_there():
    seen, waiting = set[str](), ["page.js"]
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting += [one for one in re.findall(r'from "\./([^"]+)"', body(name)) if one not in seen]
    assert seen == {"page.js", "command.js", "schema.js", "elements.js"}


def test_types_are_told():
    types = {name: found[1] for name in ("", "page.js", "style.css") if (found := page_for(name)) is not None}
    assert types == {
        "": "text/html; charset=utf-8",
        "page.js": "text/javascript; charset=utf-8",
        "style.css": "text/css; charset=utf-8",
    }


def test_nothing_runs_inside_of_the_page_and_nothing_comes_from_elsewhere():
    page = body("")
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=|javascript:", page)
    for name in ("", "page.js", "command.js", "schema.js", "elements.js", "style.css"):
        assert not re.search(r"https?://|//cdn|@import|url\(|innerHTML|eval\(", body(name)), name


def test_there_is_nothing_else():
    for path in ("nothing", "../pages.py", "docs/../pages.py", "assets/index.html", "docs/docs/page.js", "page.js/"):
        assert page_for(path) is None, path
