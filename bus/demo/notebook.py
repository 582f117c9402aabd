"""A small notebook: a note, its tag, a folder it moves into, and a search that finds it."""

from bus.demo.scene import Scene

NOTE = "# 春天 in Kyōto\nTemples, tea and 今天学习编程 on the train."

#: In order, as those of engine.py.
NOTEBOOK = (
    Scene(
        "a note",
        "python",
        "note_create",
        {"content": NOTE},
        holds=lambda d: d["note"]["preview_text"].startswith("春天 in Kyōto Temples"),
        name="note",
    ),
    Scene(
        "its tags, in one spelling",
        "cli",
        "note_set_tags",
        {"atom_id": "$note.note.atom_id", "tags": [" Travel ", "TRAVEL", "tea"]},
        holds=lambda d: d["note"]["tags"] == ["tea", "travel"],
    ),
    Scene("a folder", "stdio", "workspace_create_folder", {"name": "Journeys"}, name="folder"),
    Scene(
        "the note in the tree",
        "stdio",
        "workspace_create_note_ref",
        {"atom_id": "$note.note.atom_id"},
        holds=lambda d: d["node"]["parent_node_id"] is None,
        name="ref",
    ),
    Scene(
        "it moves into the folder",
        "stdio",
        "workspace_move_node",
        {"node_id": "$ref.node.node_id", "new_parent_id": "$folder.node.node_id"},
    ),
    Scene(
        "a folder cannot move into itself",
        "cli",
        "workspace_move_node",
        {"node_id": "$folder.node.node_id", "new_parent_id": "$folder.node.node_id"},
        code="cycle_detected",
    ),
    Scene(
        "a search for two words of a sentence without blanks",
        "python",
        "entry_search",
        {"text": "学习"},
        holds=lambda d: [item["snippet"].count("[学习]") for item in d["items"]] == [1],
    ),
)
