"""A domain as a text, so that a test can change a word of it and see what becomes of the types."""

from __future__ import annotations

import types

from bus.builtins import builtins
from bus.plugin import Plugin
from bus.registry import Registry

SOURCE = '''
import time

from bus import INTERNAL, LOCAL, READ, WRITE, Contract, Plugin, Refusal, Schema, fields, roles
from bus.contract import QueuePolicy
from bus.principal import Principal

Length, OneOf, Range, Regexp = (
    fields.validate.Length, fields.validate.OneOf, fields.validate.Range, fields.validate.Regexp
)


class NoteNotFound(Refusal):
    """No note has this id."""

    code = "note_not_found"
    message = "no note has the id {note_id}"


class NoteScolded(Refusal):
    """Says too much."""

    code = "note_scolded"
    message = "no {why}"


class Author(Schema):
    """Who wrote it."""

    name = fields.Text(required=True)
    email = fields.Text(required=True, allow_none=True)


class Note(Schema):
    id = fields.Id(required=True)
    content = fields.Text(required=True)
    color = fields.Text(required=True, validate=OneOf(["red", "green"]))
    author = fields.Nested(Author, required=True, allow_none=True)
    tags = fields.List(fields.Text(), required=True)


class NoteCreate1(Contract):
    """Create a note."""

    name, version = "note_create", 1
    access, effect = LOCAL, WRITE
    deprecated = "use version 2"

    class Params(Schema):
        content = fields.Text(required=True, validate=Length(max=100))

    class Result(Schema):
        id = fields.Id(required=True)

    def downcast(data):
        return {"id": data["note"]["id"]}


class NoteCreate(Contract):
    """Create a note."""

    name, version = "note_create", 2
    access, effect = LOCAL, WRITE
    errors = (NoteNotFound,)

    class Params(Schema):
        content = fields.Text(required=True, validate=Length(max=100))
        color = fields.Text(load_default="red", validate=OneOf(["red", "green"]))
        parent_id = fields.Id(load_default=None, allow_none=True, code="invalid_note_id")
        slug = fields.Text(load_default="", validate=Regexp("[a-z]*$"))
        places = fields.List(fields.Int64(validate=Range(min=0, max=9)), load_default=list)
        extra = fields.Json(load_default=None, allow_none=True)
        author = fields.Nested(Author, load_default=None, allow_none=True)

    class Result(Schema):
        note = fields.Nested(Note, required=True)
        hint = fields.Text()


class NoteGet(Contract):
    """Read a note."""

    name, version = "note_get", 1
    access, effect = LOCAL, READ
    errors = (NoteNotFound,)

    class Params(Schema):
        note_id = fields.Id(required=True, code="invalid_note_id")

    class Result(Schema):
        note = fields.Nested(Note, required=True)


class NoteEcho(Contract):
    """Answer what was given."""

    name, version = "note_echo", 1
    access, effect = LOCAL, READ

    class Params(Schema):
        one = fields.Json(allow_none=True)
        two = fields.Json(allow_none=True)

    class Result(Schema):
        given = fields.Object(required=True)


class NoteWait(Contract):
    """Answer late."""

    name, version = "note_wait", 1
    access, effect = LOCAL, READ

    class Params(Schema):
        wait_ms = fields.Int64(required=True)

    class Result(Schema):
        waited_ms = fields.Int64(required=True)


class NoteFail(Contract):
    """Fail in a way nobody foresaw."""

    name, version = "note_fail", 1
    access, effect = LOCAL, WRITE


class NoteScold(Contract):
    """Refuse at length."""

    name, version = "note_scold", 1
    access, effect = LOCAL, READ
    errors = (NoteScolded,)


class NotePin(Contract):
    """Pin it to the wall, later."""

    name, version = "note.pin-up", 1
    access, effect = LOCAL, WRITE
    queue = QueuePolicy(by_default=True)


class NoteUnlock(Contract):
    """Keeps its secrets."""

    name, version = "note_unlock", 1
    access, effect, secret = roles("admin", "owner"), WRITE, True

    class Params(Schema):
        password = fields.Text(required=True)


class NoteSweep(Contract):
    """Nobody calls it from outside."""

    name, version = "note_sweep", 1
    access, effect = INTERNAL, WRITE


CONTRACTS = [NoteCreate1, NoteCreate, NoteGet, NoteEcho, NoteWait, NoteFail, NoteScold, NotePin, NoteUnlock, NoteSweep]
sample = Plugin("sample", contracts=CONTRACTS)
ADA = Principal("ada", frozenset({"owner"}))
NOTE = {"id": "0198c0de-0000-7000-8000-000000000001", "content": "tea", "color": "red", "author": None, "tags": ["a"]}


@sample.handles(NoteCreate)
def note_create(ctx, content, color, parent_id, slug, places, extra, author):
    return {"note": {**NOTE, "content": content, "color": color, "author": author}}


@sample.handles(NoteGet)
def note_get(ctx, note_id):
    if note_id != NOTE["id"]:
        raise NoteNotFound(note_id=note_id)
    return {"note": NOTE}


@sample.handles(NoteEcho)
def note_echo(ctx, **given):
    return {"given": given}


@sample.handles(NoteWait)
def note_wait(ctx, wait_ms):
    time.sleep(wait_ms / 1000)
    return {"waited_ms": wait_ms}


@sample.handles(NoteFail)
def note_fail(ctx):
    raise RuntimeError("nobody foresaw this")


@sample.handles(NoteScold)
def note_scold(ctx):
    raise NoteScolded(why="no " * 100)


@sample.handles(NotePin)
@sample.handles(NoteUnlock)
@sample.handles(NoteSweep)
def note_nothing(ctx, **given):
    return {}


@sample.hook
def bus_authenticate(token):
    return ADA if token == "sesame" else None


@sample.hook
def bus_principal(principal_id):
    return ADA
'''


def plugin_of(source: str = SOURCE) -> Plugin:
    """The domain that a text describes."""
    module = types.ModuleType("notes_of_a_test")
    exec(source, vars(module))  # noqa: S102  # the text above
    return module.sample


def registry_of(source: str = SOURCE) -> Registry:
    """The commands of a domain and of the bus itself."""
    return Registry([builtins(), plugin_of(source)])


def changed(*pairs: tuple[str, str]) -> str:
    """The source with words replaced, each of which stands there."""
    source = SOURCE
    for old, new in pairs:
        assert old in source, old
        source = source.replace(old, new)
    return source
