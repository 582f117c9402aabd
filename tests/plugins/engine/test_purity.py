"""P1: the domain touches the database and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import plugins.engine
from plugins.engine import engine
from tests.plugins.engine.caller import Caller

if TYPE_CHECKING:
    import subprocess

    from bus.application import Bus

ROOT = Path(plugins.engine.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

#: Nothing here reads or writes a file, opens a socket, starts a thread or takes a lock.
ALLOWED = {
    "bus",
    "collections",
    "contracts",
    "datetime",
    "hashlib",
    "orjson",
    "plugins",
    "re",
    "sqlalchemy",
    "string",
    "typing",
}


def imported(tree: ast.AST) -> Iterator[str]:
    """The top-level packages a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_module_imports_what_touches_files_or_locks(file: Path) -> None:
    tree = ast.parse(file.read_text())
    more = {"alembic"} if file.parent.name == "migrations" else set[str]()
    assert set(imported(tree)) <= ALLOWED | more
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called & {"open", "exec", "eval", "compile", "__import__", "input", "print"} == set()


#: Runs every command on a database in memory, then again while every look at the outside is noted.
AUDITED = """
import json, sys
from bus.application import Bus
from plugins.engine import engine
from tests.plugins.engine.caller import Caller
from tests.plugins.engine.samples import World, accepted, refused

def run(bus):
    db = Caller(bus)
    names = set()
    for index in range(len(list(accepted(World(db))))):
        call = list(accepted(World(db)))[index]
        answer = call.on(bus)
        assert answer.ok, (call, answer)
        names.add(call.command)
    for call in refused(World(db)):
        assert call.on(bus).code == call.code, call
    return names

OUTSIDE = ("open", "import", "os.", "socket.", "subprocess.", "shutil.", "tempfile.", "glob.", "pathlib.", "urllib.",
           "sqlite3.connect", "ctypes.", "exec", "compile", "mmap.", "fcntl.", "http.", "time.sleep", "_thread.start")
seen = []
with Bus.open("sqlite://", plugins=[engine]) as bus:
    run(bus)
    run(bus)
    sys.addaudithook(lambda event, args: seen.append([event, repr(args)[:200]]) if event.startswith(OUTSIDE) else None)
    names = run(bus)
    noted = list(seen)
    open("/dev/null").close()
    assert len(seen) > len(noted), "the hook sees nothing"
print(json.dumps({"commands": len(names), "seen": noted}))
"""


def test_no_handler_opens_a_file_or_a_socket(run_python: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Every command, accepted and refused, on a database in memory, under an audit hook."""
    done = run_python(AUDITED, env={"PYTHONPATH": str(ROOT.parent.parent)})
    assert done.stdout == f'{{"commands": {len({contract.name for contract in engine.contracts})}, "seen": []}}\n'


def test_paths_are_text_and_nothing_more(db: Caller, tmp_path: Path) -> None:
    """Folders and files that do not exist are neither needed nor made."""
    project = tmp_path / "no" / "project"
    task, file = project / "no-task", project / "file.py"
    db("project.upsert", path=str(project))
    session = db.session(db.effort(db.task(dirPath=str(task))))
    db("session.updateLoadedFiles", sessionId=session, files=[str(file)])
    db("session.setTranscript", sessionId=session, transcriptPath=str(file))
    assert list(tmp_path.iterdir()) == []


def test_every_handler_is_plain_python_without_a_lock(bus: Bus) -> None:
    """The bus alone opens and ends transactions: no handler names a lock, a commit or a rollback."""
    words: set[Any] = {
        "commit",
        "rollback",
        "begin",
        "begin_nested",
        "acquire",
        "Lock",
        "RLock",
        "Semaphore",
        "pg_advisory_lock",
    }
    for file in FILES:
        tree = ast.parse(file.read_text())
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert names & words == set(), file.name
    assert all(not command.is_async for command in bus.registry if command.plugin == "engine")
