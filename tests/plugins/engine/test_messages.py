"""``db.messages.*``."""

from __future__ import annotations

from typing import Any

from tests.plugins.engine.caller import Caller


def test_append_stores_the_whole_row(db: Caller) -> None:
    session = db.session()
    row = db("messages.append", sessionId=session, role="tool", content="", toolName="Bash")
    assert row == {
        "id": row["id"],
        "sessionId": session,
        "role": "tool",
        "content": "",
        "toolName": "Bash",
        "timestamp": "2025-06-15T15:06:40.000Z",
    }
    assert db("messages.append", sessionId=session, role="", content="c")["toolName"] is None


def test_list_is_in_the_order_of_writing(db: Caller) -> None:
    session = db.session()
    rows = [db("messages.append", sessionId=session, role="user", content=str(number)) for number in range(3)]
    db("messages.append", sessionId=db.session(), role="user", content="elsewhere")
    assert db("messages.list", sessionId=session) == rows
    assert db("messages.list", sessionId=session, limit=2) == rows[:2]
    assert db("messages.list", sessionId=0) == []
    assert db.bad_fields("messages.list", sessionId=session, limit=0) == {"limit"}


def test_upsert_always_inserts_in_order(db: Caller) -> None:
    session = db.session()
    messages: list[dict[str, Any]] = [
        {"role": "user", "content": f"{number} é 🎉", "unknown": 1} | ({"toolName": "T"} if number % 2 else {})
        for number in range(250)
    ]
    assert db("messages.upsert", sessionId=session, messages=messages) == 250
    assert db("messages.upsert", sessionId=session, messages=messages[:1]) == 1
    rows = db("messages.list", sessionId=session)
    assert [row["id"] for row in rows] == sorted({row["id"] for row in rows})
    assert [row["content"] for row in rows] == [message["content"] for message in [*messages, messages[0]]]
    assert [row["toolName"] for row in rows[:4]] == [None, "T", None, "T"]


def test_nothing_to_insert_is_zero_for_any_session(db: Caller) -> None:
    assert db("messages.upsert", sessionId=0, messages=[]) == 0


def test_an_unknown_session_is_not_found(db: Caller) -> None:
    assert db.code("messages.append", sessionId=0, role="user", content="c") == "NOT_FOUND"
    assert db.code("messages.upsert", sessionId=0, messages=[{"role": "user", "content": "c"}]) == "NOT_FOUND"


def test_one_bad_message_refuses_them_all(db: Caller) -> None:
    session = db.session()
    good = {"role": "user", "content": "c"}
    bad = [good, {"content": 1}, {"role": None, "content": "c", "toolName": None}, "text", good]
    fields = db.bad_fields("messages.upsert", sessionId=session, messages=bad)
    assert {field for field in fields if not field.startswith("messages.3")} == {
        "messages.1.role",
        "messages.1.content",
        "messages.2.role",
        "messages.2.toolName",
    }
    assert any(field.startswith("messages.3") for field in fields)
    assert db("messages.list", sessionId=session) == []


def test_messages_may_go_to_an_ended_session(db: Caller) -> None:
    session = db.session()
    db("session.finish", sessionId=session)
    assert db("messages.append", sessionId=session, role="user", content="late")["sessionId"] == session
