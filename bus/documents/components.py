"""What many commands share in one document: each schema and each refusal once, under its own name.

Every command brings a document of its own, with objects under ``$defs``. Here they move to ``#/components/schemas``;
objects that say the same share a name, others of the same name get a number.
"""

# A schema is JSON, and what is inside of it is not known.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import json
import re
from typing import Any, cast

from bus.documents.kinds import Shape

#: Where references of a command's own document lead, and where they lead here.
_OWN, _SHARED = "#/$defs/", "#/components/schemas/"
_UNFIT = re.compile(r"[^A-Za-z0-9._-]")


class Components:
    """``components.schemas`` and ``components.responses`` while they grow."""

    def __init__(self) -> None:
        self._schemas: dict[str, Shape] = {}
        self._responses: dict[str, Shape] = {}
        #: What is said by the schema of a name, all that it refers to included.
        self._meanings: dict[str, str] = {}

    @property
    def schemas(self) -> dict[str, Shape]:
        """All of them, by name."""
        return dict(sorted(self._schemas.items()))

    @property
    def responses(self) -> dict[str, Shape]:
        """All of them, by name."""
        return dict(sorted(self._responses.items()))

    def put_response(self, name: str, response: Shape) -> Shape:
        """A reference to a response; equal ones share a name."""
        free = self._free(name, json.dumps(response))
        self._responses[free] = response
        return {"$ref": f"#/components/responses/{free}"}

    def put(self, name: str, document: Shape) -> Shape:
        """A reference to what a command's own document says."""
        definitions: dict[str, Shape] = document.get("$defs", {})
        names = {own: self._free(own, _meaning({"$ref": _OWN + own}, definitions, ())) for own in definitions}
        for own, shared in names.items():
            self._schemas.setdefault(shared, _renamed(definitions[own], names))
        root = {keyword: part for keyword, part in document.items() if keyword not in ("$schema", "$defs")}
        shared = self._free(name, _meaning(root, definitions, ()))
        self._schemas.setdefault(shared, _renamed(root, names))
        return {"$ref": _SHARED + shared}

    def _free(self, name: str, meaning: str) -> str:
        """The name under which this is said."""
        free = name = _UNFIT.sub("_", name)
        number = 1
        while self._meanings.setdefault(free, meaning) != meaning:
            number += 1
            free = f"{name}_{number}"
        return free


def _meaning(schema: Any, definitions: dict[str, Shape], open_names: tuple[str, ...]) -> str:
    """What a schema says as text, with everything it refers to in its place."""
    return json.dumps(_written_out(schema, definitions, open_names))


def _written_out(part: Any, definitions: dict[str, Shape], open_names: tuple[str, ...]) -> Any:
    if isinstance(part, list):
        return [_written_out(one, definitions, open_names) for one in cast("list[Any]", part)]
    if not isinstance(part, dict):
        return part
    shape = {key: _written_out(one, definitions, open_names) for key, one in cast("Shape", part).items()}
    name = _own_name(part)
    if name is not None and name not in open_names:
        shape["$ref"] = [name, _written_out(definitions[name], definitions, (*open_names, name))]
    return shape


def _renamed(part: Any, names: dict[str, str]) -> Any:
    if isinstance(part, list):
        return [_renamed(one, names) for one in cast("list[Any]", part)]
    if not isinstance(part, dict):
        return part
    shape = {key: _renamed(one, names) for key, one in cast("Shape", part).items()}
    name = _own_name(part)
    return shape if name is None else shape | {"$ref": _SHARED + names[name]}


def _own_name(part: Any) -> str | None:
    """The name that a reference is about; None: it is none, but perhaps a member that is called so."""
    reference = part.get("$ref")
    is_own = isinstance(reference, str) and reference.startswith(_OWN)
    return reference.removeprefix(_OWN) if is_own else None
