"""The specification's tables of arguments: in their order, with the codes of their values and of the state."""

from __future__ import annotations

import dataclasses
from typing import Any

from tests.plugins.lazynote.caller import NIL

OTHERS = [1, 1.5, True, [], {}]
#: By kind: values of a wrong type, whatever the argument is for.
WRONG_SHAPES: dict[str, list[Any]] = {
    "id": OTHERS,
    "text": OTHERS,
    "int": ["1", "", 1.5, 1.0, True, False, [], {}, 2**63, -(2**63) - 1, 10**400],
    "tags": ["a", 1, True, {}, [1], [None], ["ok", []]],
}
UNCLEAN = ["\0", "a\0b", "\ud800", "x\udfff"]
BAD_IDS = [
    "",
    " ",
    "nope",
    NIL + "0",
    NIL[:-1],
    NIL.replace("-", "", 1),
    NIL.replace("-", "_"),
    f"{{{NIL}}}",
    f"urn:uuid:{NIL}",
    "g" * 32,
    "\u0660" * 32,
    "__uncategorized__",
    f"note_ref_uncategorized_{NIL}",
    *UNCLEAN,
]
BLANK = ["", " ", "\u3000\n"]
BAD_NAMES = [*BLANK, "x" * 256, *UNCLEAN]


@dataclasses.dataclass(frozen=True)
class Argument:
    """One line of a table."""

    name: str
    kind: str
    #: A value of the right shape that passes every check of values.
    good: Any
    code: str = "VALIDATION_ERROR"
    #: Values of the right type that are bad.
    bad: tuple[Any, ...] = ()
    is_required: bool = True
    is_nullable: bool = False

    @property
    def wrong_shapes(self) -> list[Any]:
        """Values of a wrong type, null included where it is one."""
        return [*WRONG_SHAPES[self.kind], *([] if self.is_nullable else [None])]


def an_id(name: str, code: str, *, optional: bool = False) -> Argument:
    return Argument(name, "id", NIL, code, tuple(BAD_IDS), not optional, optional)


def text(name: str, good: str, code: str = "VALIDATION_ERROR", *bad: str, optional: bool = False) -> Argument:
    return Argument(name, "text", good, code, bad, not optional, optional)


def number(name: str, *, optional: bool = False) -> Argument:
    return Argument(name, "int", 5, is_required=not optional, is_nullable=optional)


def page(code: str = "VALIDATION_ERROR") -> list[Argument]:
    bad = (-1, -(2**63))
    return [Argument(name, "int", 0, code, bad, is_required=False, is_nullable=True) for name in ("limit", "offset")]


LONG = "x" * 1_000_001
ATOM = an_id("atom_id", "invalid_atom_id")
NOTE = an_id("atom_id", "invalid_note_id")
NODE = an_id("node_id", "invalid_node_id")
PARENT = an_id("parent_node_id", "invalid_parent_node_id", optional=True)
CONTENT = text("content", "text", "invalid_argument", *UNCLEAN, LONG)
LINE = text("input", "> task x", "VALIDATION_ERROR", *UNCLEAN)
ZONE = text("timezone", "Europe/Berlin", "VALIDATION_ERROR", "", "Mars/Base", "../etc/passwd", "\0", optional=True)
KIND = text("kind", "all", "invalid_kind", "", " ", "memo", "notes", "\0", optional=True)
LIMIT, OFFSET = page()
TAG = text("tag", "t", "invalid_tag", *BLANK, *UNCLEAN, optional=True)
TAGS = Argument("tags", "tags", ["t"], "invalid_tag", (["ok", " "], [""], ["x" * 101], ["\0"]))
STATUS = text("status", "done", "invalid_status", "", "Done", " todo", "\0")
STATUS = dataclasses.replace(STATUS, is_nullable=True)

ARGUMENTS: dict[str, list[Argument]] = {
    "entry_search": [text("text", "x"), KIND, LIMIT],
    "entry_create_note": [text("content", "x", "note_content_empty", *BLANK, *UNCLEAN, LONG)],
    "entry_create_task": [text("content", "x", "task_content_empty", *BLANK, *UNCLEAN, LONG)],
    "entry_schedule": [
        text("title", "x", "schedule_title_empty", *BLANK, *UNCLEAN, LONG),
        number("start_epoch_ms"),
        number("end_epoch_ms", optional=True),
    ],
    "entry_parse": [LINE, ZONE],
    "entry_execute": [LINE, ZONE, text("kind", "all", optional=True), LIMIT],
    "note_create": [CONTENT],
    "note_update": [NOTE, CONTENT],
    "note_get": [NOTE],
    "notes_list": [TAG, *page("invalid_argument")],
    "note_set_tags": [NOTE, TAGS],
    "tags_list": [],
    "tasks_list_inbox": [LIMIT, OFFSET],
    "tasks_list_today": [number("bod_ms"), number("eod_ms"), LIMIT, OFFSET],
    "tasks_list_upcoming": [number("eod_ms"), LIMIT, OFFSET],
    "atom_update_status": [ATOM, STATUS],
    "calendar_list_by_range": [number("start_ms"), number("end_ms"), LIMIT, OFFSET],
    "calendar_update_event": [ATOM, number("start_ms"), number("end_ms")],
    "workspace_list_children": [PARENT],
    "workspace_create_folder": [PARENT, text("name", "x", "invalid_display_name", *BAD_NAMES)],
    "workspace_create_note_ref": [PARENT, ATOM, text("display_name", "x", optional=True)],
    "workspace_rename_node": [NODE, text("new_name", "x", "invalid_display_name", *BAD_NAMES)],
    "workspace_move_node": [
        NODE,
        an_id("new_parent_id", "invalid_parent_node_id", optional=True),
        number("target_order", optional=True),
    ],
    "workspace_delete_folder": [
        NODE,
        text("mode", "dissolve", "invalid_delete_mode", "", "Dissolve", "delete-all", "delete", "\0"),
    ],
    "workspace_delete_large_folder": [NODE],
    "workspace_explorer": [
        dataclasses.replace(PARENT, bad=tuple(bad for bad in BAD_IDS if bad != "__uncategorized__")),
    ],
}

#: What a command answers whose ids nobody has, when all its arguments are good.
UNKNOWN: dict[str, str] = {
    "note_update": "note_not_found",
    "note_get": "note_not_found",
    "note_set_tags": "note_not_found",
    "atom_update_status": "atom_not_found",
    "calendar_update_event": "atom_not_found",
    "workspace_list_children": "parent_not_found",
    "workspace_create_folder": "parent_not_found",
    "workspace_create_note_ref": "parent_not_found",
    "workspace_rename_node": "node_not_found",
    "workspace_move_node": "node_not_found",
    "workspace_delete_folder": "node_not_found",
    "workspace_delete_large_folder": "node_not_found",
    "workspace_explorer": "parent_not_found",
}


def good_args(command: str) -> dict[str, Any]:
    """Arguments that pass all checks of shape and value, with ids that nobody has."""
    return {argument.name: argument.good for argument in ARGUMENTS[command]}
