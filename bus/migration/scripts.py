"""The revisions of all plugins, read by Alembic, checked, and put in order.

Each plugin has a branch of its own: numbered revisions in one package, ``notes_0001`` at its base with the label
``notes``, one after the other. A revision of one plugin may wait for one of another (``depends_on``). There is no
alembic.ini and no env.py; the list of packages is made from the loaded plugins.

Not here: running them (bus/migration/upgrade.py).
"""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from alembic.script import Script, ScriptDirectory

from bus.errors import SetupError
from bus.migration.heads import branch_of, head_of, number_of

if TYPE_CHECKING:
    from bus.plugin import Plugin


@dataclass(frozen=True, slots=True)
class Step:
    """One revision."""

    plugin: str
    revision: str
    number: int
    #: Number of the oldest revision whose code can use the tables after this one.
    fits_code_from: int
    #: First line of the module's docstring.
    summary: str
    package: str
    upgrade: Callable[[], None]


def load(plugins: Sequence[Plugin]) -> list[Step]:
    """Every revision of the plugins, in the order in which they apply.

    Raises:
        SetupError: a package is missing, or its revisions are not as this module's head says.
    """
    packages = {plugin.name: plugin.migrations for plugin in plugins if head_of(plugin) and plugin.migrations}
    if not packages:
        return []
    directory, scripts = _read([folder_of(name, package) for name, package in packages.items()])
    _check_names(scripts, packages)
    _check_chains(scripts)
    _check_heads(plugins, scripts)
    return [_step(script, packages) for script in _in_order(directory, plugins)]


def pending(steps: Sequence[Step], reached: Mapping[str, int]) -> list[Step]:
    """The steps a database has not seen.

    Args:
        steps: every step, in order.
        reached: number of the revision each plugin's tables are at.
    """
    return [step for step in steps if step.number > reached.get(step.plugin, 0)]


def folder_of(plugin: str, package: str) -> str:
    """The folder of a package of revisions.

    Raises:
        SetupError: there is no such package.
    """
    try:
        spec = importlib.util.find_spec(package)
    except ModuleNotFoundError:
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise SetupError(f"plugin {plugin}: there is no package {package} of migrations; check its name and its files")
    return spec.submodule_search_locations[0]


def _read(folders: list[str]) -> tuple[ScriptDirectory, list[Script]]:
    directory = ScriptDirectory(folders[0], version_locations=folders)
    try:
        # Alembic only warns of a revision that is there twice, or missing.
        with warnings.catch_warnings(action="error", category=UserWarning):
            return directory, list(directory.walk_revisions())
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        where = ", ".join(folders)
        raise SetupError(
            f"a revision in {where} is broken, there twice, or follows one that is missing ({why})"
        ) from error


def _in_order(directory: ScriptDirectory, plugins: Sequence[Plugin]) -> list[Script]:
    """Plugin by plugin, but what a revision depends on before it."""
    heads = [head for plugin in plugins if (head := head_of(plugin))]
    wanted = (script for head in heads for script in reversed(list(directory.walk_revisions(head=head))))
    return list(dict.fromkeys(wanted))


def _check_names(scripts: Sequence[Script], packages: Mapping[str, str]) -> None:
    for script in scripts:
        plugin = branch_of(script.revision)
        if plugin not in packages or script.branch_labels != {plugin}:
            raise _wrong(script, "must be named like NAME_0001, and the first one have branch_labels = (NAME,)")


def _check_chains(scripts: Sequence[Script]) -> None:
    """The number alone must tell what a database holds, so a plugin's revisions follow one another by number."""
    last: dict[str | None, str] = {}
    for script in sorted(scripts, key=lambda script: number_of(script.revision)):
        plugin = branch_of(script.revision)
        if script.down_revision != last.get(plugin):
            raise _wrong(script, f"must follow the one before it: down_revision = {last.get(plugin)!r}")
        last[plugin] = script.revision


def _step(script: Script, packages: Mapping[str, str]) -> Step:
    plugin, number = branch_of(script.revision) or "", number_of(script.revision)
    fits: Any = getattr(script.module, "fits_code_from", None)
    if not isinstance(fits, int) or not 1 <= fits <= number:
        raise _wrong(script, f"must state fits_code_from = N, 1 to {number}: the oldest revision whose code still fits")
    upgrade: Any = getattr(script.module, "upgrade", None)
    if upgrade is None:
        raise _wrong(script, "has no function upgrade()")
    return Step(plugin, script.revision, number, fits, script.doc, packages[plugin], upgrade)


def _check_heads(plugins: Sequence[Plugin], scripts: Sequence[Script]) -> None:
    newest = {branch_of(s.revision): s.revision for s in sorted(scripts, key=lambda s: number_of(s.revision))}
    for plugin in plugins:
        head, found = head_of(plugin), newest.get(plugin.name)
        if head != found:
            raise SetupError(f"plugin {plugin.name}: its head is {head}, its newest revision {found}; make them equal")


def _wrong(script: Script, what: str) -> SetupError:
    return SetupError(f"the revision {script.revision} ({script.path}) {what}")
