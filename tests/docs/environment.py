"""An environment of its own for each page: what a page installs is gone with it and reaches nobody else.

It is a layer over the environment the tests run in: everything installed there can be imported, ``pip`` too, and what
``python -m pip install`` installs lands in the layer.

Not here: the shell that works in it (tests/docs/terminal.py).
"""

import sysconfig
import venv
from importlib.metadata import distribution
from pathlib import Path

from tests.forks import Forks


def layered_environment(home: Path, forks: Forks) -> Path:
    """Make a new environment in ``home`` over the present one, and return the folder of its programs."""
    venv.create(home, with_pip=False, symlinks=True)
    (packages,) = home.glob("lib/python*/site-packages")
    # addsitedir and not a plain line: the environment below may hold path files itself, such as our editable install.
    (packages / "below.pth").write_text(f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    programs = home / "bin"
    for point in distribution("charterbus").entry_points.select(group="console_scripts"):
        # The programs of the environment below would not see what is installed in this one.
        lines = (
            f"#!{programs / 'python'}",
            "import sys",
            f"from {point.module} import {point.attr}",
            f"sys.exit({point.attr}())",
        )
        program = programs / f"{point.name}-itself"
        program.write_text("\n".join(lines))
        program.chmod(0o755)
        forks.install(programs / point.name, program, packages)
    return programs
