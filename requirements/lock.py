"""Write down the exact versions that are installed beside this Python: build.txt, runtime.txt, dev.txt.

Run by ``make lock`` in a fresh environment with the newest versions that pyproject.toml allows. A package needed only
on some of the supported Pythons keeps that condition as a marker, so that one lock fits all of them.
"""

import subprocess
import sys
import tomllib
from collections import deque
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).parent
PROJECT = tomllib.loads((HERE.parent / "pyproject.toml").read_text())
OWN = PROJECT["project"]["name"]
#: The Pythons that a lock must fit; 3.11.2 is Debian 12's.
PYTHONS = ("3.11.2", "3.11.9", "3.12.9", "3.13.9")
HEAD = "# Exact versions of {what}. Written by `make lock`; do not edit.\n"


def environments(extra: str) -> list[dict[str, str]]:
    """What a marker may ask for, on every supported Python."""
    here = {name: str(value) for name, value in default_environment().items()} | {"extra": extra}
    return [here | {"python_full_version": v, "python_version": v.rpartition(".")[0]} for v in PYTHONS]


def condition(requirement: Requirement, extra: str) -> str | None:
    """Where a requirement applies: "" everywhere, a marker on some Pythons, None nowhere."""
    if requirement.marker is None:
        return ""
    answers = [requirement.marker.evaluate(environment) for environment in environments(extra)]
    if all(answers):
        return ""
    return str(requirement.marker) if any(answers) else None


def version_of(requirement: Requirement) -> metadata.Distribution:
    """The installed package; one that this Python alone does not need is installed first."""
    try:
        return metadata.distribution(requirement.name)
    except metadata.PackageNotFoundError:
        plain = f"{requirement.name}{requirement.specifier}"
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", plain], check=True)
        return metadata.distribution(requirement.name)


def closure(wanted: list[str]) -> dict[str, str]:
    """The lines of a lock, by package: the wanted requirements and all they need."""
    found: dict[str, tuple[str, set[str]]] = {}
    waiting = deque((Requirement(text), "") for text in wanted)
    seen: set[tuple[str, frozenset[str], str]] = set()
    while waiting:
        requirement, inherited = waiting.popleft()
        name = canonicalize_name(requirement.name)
        if (step := (name, frozenset(requirement.extras), inherited)) in seen:
            continue
        seen.add(step)
        installed = version_of(requirement)
        if name != OWN:
            found.setdefault(name, (installed.version, set()))[1].add(inherited)
        for extra in sorted(requirement.extras) or [""]:
            for text in installed.requires or []:
                needed = Requirement(text)
                where = condition(needed, extra)
                if where is not None:
                    waiting.append((needed, " and ".join(f"({m})" for m in (inherited, where) if m)))
    return {name: f"{name}=={version}{_marker(markers)}" for name, (version, markers) in sorted(found.items())}


def _marker(markers: set[str]) -> str:
    return "" if "" in markers else f" ; {Marker(' or '.join(sorted(markers)))}"


def write(name: str, what: str, lines: list[str]) -> None:
    (HERE / name).write_text(HEAD.format(what=what) + "\n".join(lines) + "\n")


def main() -> None:
    """Write the three locks; what is in an earlier one is not repeated in a later one."""
    build = closure(PROJECT["build-system"]["requires"])
    runtime = closure(PROJECT["project"]["dependencies"])
    dev = closure([f"{OWN}[dev]"])
    write("build.txt", "what builds and installs the package", list(build.values()))
    write("runtime.txt", "what the package needs when it runs", list(runtime.values()))
    known = set(build.values()) | set(runtime.values())
    write("dev.txt", "what tests and checks need besides", [line for line in dev.values() if line not in known])


if __name__ == "__main__":
    main()
