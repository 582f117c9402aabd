"""Keep a small notebook: notes, tags, a task, an event, a folder, and a search in any script.

Run: python examples/07_keep_a_notebook.py
Prints:
    written Plan for 京都
    tagged travel
    due book a room
    found [京都]
    Journeys holds Plan for 京都
"""

from typing import Any

from bus import Bus


class Notebook:
    """The notebook's commands as attributes: ``notebook.note_create(content="…")``."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def __getattr__(self, command: str) -> Any:
        def call(**args: Any) -> dict[str, Any]:
            answer = self._bus.call(command, args)
            if answer.data is None:
                raise SystemExit(f"{command} was refused: {answer.error}")
            return answer.data

        return call


def main() -> None:
    with Bus.open("sqlite://") as bus:
        notebook = Notebook(bus)
        note = notebook.note_create(content="# Plan for 京都\nTemples, tea, and a room with a view.")["note"]
        print("written", note["preview_text"].partition(" Temples")[0])

        note = notebook.note_set_tags(atom_id=note["atom_id"], tags=["Travel", "travel "])["note"]
        print("tagged", *note["tags"])

        notebook.entry_execute(input="> task book a room")
        notebook.entry_execute(input="> schedule 04/02/2027 09:30-10:45 train", timezone="Asia/Tokyo")
        print("due", *(item["content"] for item in notebook.tasks_list_inbox()["items"] if item["kind"] == "task"))

        found = notebook.entry_search(text="京都", kind="note")["items"]
        print("found", *(item["snippet"].split()[3] for item in found))

        folder = notebook.workspace_create_folder(name="Journeys")["node"]
        notebook.workspace_create_note_ref(parent_node_id=folder["node_id"], atom_id=note["atom_id"])
        rows = notebook.workspace_explorer(parent_node_id=folder["node_id"])["items"]
        print("Journeys holds", *(row["display_name"] for row in rows))


if __name__ == "__main__":
    main()
