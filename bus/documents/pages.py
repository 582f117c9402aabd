"""The pages under ``/docs``: every command with its arguments, answers, codes and examples, and a way to try it.

One page that reads ``/openapi.json`` and writes itself; nothing of it comes from elsewhere, so it works without the
internet and under a policy that lets nothing in but what the gateway serves.

Not here: what is shown (bus/documents/openapi.py).
"""

from __future__ import annotations

from importlib.resources import files

from bus import documents

#: What there is, by path, with its type.
_ASSETS = {
    "index.html": "text/html; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "command.js": "text/javascript; charset=utf-8",
    "schema.js": "text/javascript; charset=utf-8",
    "elements.js": "text/javascript; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
}
#: Where the page's own links lead when it was opened as ``/docs/``.
_TWICE = "docs/"


def page_for(path: str) -> tuple[bytes, str] | None:
    """Body and content type of what lies at a path under ``/docs``; empty: the page. None: nothing does."""
    name = path.removeprefix(_TWICE) or "index.html"
    content_type = _ASSETS.get(name)
    return None if content_type is None else (files(documents).joinpath("assets", name).read_bytes(), content_type)
