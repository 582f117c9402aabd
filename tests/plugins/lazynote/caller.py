"""How these tests speak to a bus: answers without their envelope, and what they need to begin with."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from bus.plugin import Plugin
from bus.principal import Principal

if TYPE_CHECKING:
    from bus.application import Bus

START_MS = 1_750_000_000_000  # 2025-06-15T15:06:40.000Z
#: Well-formed, and nobody's.
NIL = "00000000-0000-0000-0000-000000000000"


def users() -> Plugin:
    """A plugin for which every token is the name of a user."""
    plugin = Plugin("users")

    @plugin.hook
    def bus_authenticate(token: str) -> Principal:
        return Principal(token)

    return plugin


@dataclasses.dataclass(frozen=True)
class Caller:
    """Calls commands on one bus, as the trusted local caller or as a user."""

    bus: Bus
    user: str | None = None

    def of(self, user: str) -> Caller:
        """The same bus, called by a user."""
        return dataclasses.replace(self, user=user)

    def envelope(self, command: str, /, **args: Any) -> Any:
        """The whole answer."""
        return self.bus.call(command, args, session_token=self.user)

    def __call__(self, command: str, /, **args: Any) -> Any:
        """The data of a call that succeeds, without its message."""
        envelope = self.envelope(command, **args)
        assert envelope.ok, envelope
        data = dict(envelope.data)
        assert type(data.pop("message")) is str
        return data

    def refusal(self, command: str, /, **args: Any) -> dict[str, Any]:
        """The error of a call that is refused."""
        envelope = self.envelope(command, **args)
        assert not envelope.ok, envelope
        assert envelope.data is None
        return envelope.error

    def code(self, command: str, /, **args: Any) -> str:
        """The code of a call that is refused."""
        return self.refusal(command, **args)["code"]

    def ids(self, command: str, /, **args: Any) -> list[str]:
        """The atoms of a page, in its order."""
        return [item["atom_id"] for item in self(command, **args)["items"]]

    def note(self, content: str = "A note", *tags: str) -> str:
        """The id of a new note."""
        atom_id = self("note_create", content=content)["note"]["atom_id"]
        if tags:
            self("note_set_tags", atom_id=atom_id, tags=list(tags))
        return atom_id

    def task(self, content: str = "A task") -> str:
        """The id of a new task."""
        return self("entry_create_task", content=content)["atom_id"]

    def event(self, start_ms: int, end_ms: int | None = None, title: str = "An event") -> str:
        """The id of a new event."""
        return self("entry_schedule", title=title, start_epoch_ms=start_ms, end_epoch_ms=end_ms)["atom_id"]

    def item(self, atom_id: str) -> dict[str, Any]:
        """A note as the newest version of ``notes_list`` shows it."""
        return next(item for item in self("notes_list", limit=50)["items"] if item["atom_id"] == atom_id)
