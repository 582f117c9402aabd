"""The built wheel works where this repository is not: editable installs hide what a wheel forgets."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("bus", "contracts", "plugins", "workers")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this work tree."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("charterbus-*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that holds the wheel; what it depends on is borrowed from this one."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    return home / "bin"


@pytest.fixture
def foreign_folder(tmp_path: Path) -> Path:
    """A working folder of somebody else, who calls their folders as we do."""
    for name in PACKAGES:
        folder = tmp_path / "foreign" / name
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("raise RuntimeError('this is not the installed package')\n")
    return tmp_path / "foreign"


def run(programs: Path, folder: Path, environment: dict[str, str], *arguments: str) -> str:
    path = f"{programs}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        arguments, cwd=folder, env=environment | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    """Modules, migrations and data files are in it; tests, docs, caches and what is written for others are not."""
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file())
    wanted = {str(file.relative_to(ROOT)) for file in files if "__pycache__" not in file.parts}
    for_others = {name for name in wanted if name.startswith(("contracts/lock.json", "contracts/types/"))}
    assert held == wanted - for_others
    assert any(name.startswith("plugins/engine/migrations/") and "0001" in name for name in held)


def test_the_command_line_works_from_a_foreign_folder(programs, foreign_folder, clean_environment) -> None:
    """``bus`` finds its own packages, wherever it is called."""
    assert "0.1.0" in run(programs, foreign_folder, clean_environment, "bus", "--version")
    assert "db.effort.start" in run(programs, foreign_folder, clean_environment, "bus", "commands")


def test_an_installed_bus_answers(programs, foreign_folder, clean_environment) -> None:
    """A command runs, in a database that the installed migrations made."""
    call = ["bus", "call", "db.project.upsert", "--json", '{"path": "/code"}']
    assert '"ok": true' in run(programs, foreign_folder, clean_environment, *call).replace('":true', '": true')


def test_the_installed_package_is_the_one_that_runs(programs, foreign_folder, clean_environment) -> None:
    """The test above would prove nothing if it ran this work tree."""
    told = run(programs, foreign_folder, clean_environment, "python", "-P", "-c", "import bus; print(bus.__file__)")
    assert Path(told.strip()).is_relative_to(programs.parent)
