"""Is the code what it should be? Python, libraries, and whose modules the four folder names lead to.

``bus``, ``contracts``, ``plugins`` and ``workers`` are common words: another distribution, or the working folder, may
hold a module of the same name.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path

from bus.cli.checks.finding import FAULT, OK, WARNING, Finding

DISTRIBUTION = "charterbus"
FOLDERS = ("bus", "contracts", "plugins", "workers")
LIBRARIES = (
    *("SQLAlchemy", "alembic", "psycopg", "marshmallow", "orjson", "pluggy", "click"),
    *("dramatiq", "redis", "pika"),
)
OLDEST_PYTHON = (3, 11)


def check_python() -> Iterator[Finding]:
    """The interpreter and the libraries."""
    spelled = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST_PYTHON:
        yield Finding("python", FAULT, f"Python {spelled} is too old; use 3.11 or newer")
    else:
        yield Finding("python", OK, f"Python {spelled}, {sys.executable}")
    for name in (DISTRIBUTION, *LIBRARIES):
        try:
            yield Finding("version", OK, f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding("version", FAULT, f"{name} is not installed; install {DISTRIBUTION} with its requirements")


def check_folders() -> Iterator[Finding]:
    """The four names lead to this distribution, and nobody else has them."""
    import bus

    root = Path(bus.__file__ or "").resolve().parent.parent
    owners = packages_distributions()
    for name in FOLDERS:
        found = _place_of(name)
        if found is None:
            yield Finding("folder", FAULT, f"{name} cannot be imported; reinstall {DISTRIBUTION}")
        elif found != root / name:
            yield Finding("folder", FAULT, f"{name} is {found}, not {root / name}; rename the one or move it away")
        else:
            yield Finding("folder", OK, f"{name} is {found}")
        for other in sorted(set(owners.get(name, [])) - {DISTRIBUTION}):
            yield Finding("folder", FAULT, f"the distribution {other} also holds {name}; uninstall one of the two")
        yield from _same_name_here(name, root)


def _place_of(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    if spec is None:
        return None
    places = list(spec.submodule_search_locations or []) or [spec.origin or ""]
    return Path(places[0]).resolve()


def _same_name_here(name: str, root: Path) -> Iterator[Finding]:
    """The working folder comes first in ``python -m bus``, so a module there would be taken instead."""
    here = Path.cwd()
    for candidate in (here / name, here / f"{name}.py"):
        is_module = candidate.is_file() or (candidate.is_dir() and any(candidate.glob("*.py")))
        if is_module and here.resolve() != root:
            yield Finding("folder", WARNING, f"{candidate} hides ours in `python -m`; run it from another folder")
