"""Secrets are masked by the names they stand under and inside of URLs."""

import time

import pytest

from bus.masking import is_secret_name, masked, masked_members, masked_text

SECRET = ["password", "newPassword", "session_token", "X-Auth-Token", "apiKey", "APIKey", "key", "signing_key", "code"]
SECRET += ["backup_codes", "totpSecret", "otp", "client-secret", "Authorization", "Set-Cookie", "passwd", "pin"]
PLAIN = ["keyboard", "key_count", "error_code", "status_code", "exit_code", "codec", "command", "pinned", "", "author"]


@pytest.mark.parametrize("name", SECRET)
def test_names_of_secrets(name) -> None:
    assert is_secret_name(name)
    assert masked_members({name: "s3cret"}) == {name: "***"}
    assert masked_members({name: None}) == {name: None}


@pytest.mark.parametrize("name", PLAIN)
def test_names_of_other_things(name) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://bus:hunter2@db:5432/bus", "postgresql://bus:***@db:5432/bus"),
        ("at redis://:hunter2@h:1/0 now", "at redis://:***@h:1/0 now"),
        ("postgresql://u:a@b/c:d@h/x", "postgresql://u:***@h/x"),
        ("postgresql://h/d?user=u&password=hunter2&x=1", "postgresql://h/d?user=u&password=***&x=1"),
        ("https://host:8080/a/b", "https://host:8080/a/b"),
        ("no url: a@b", "no url: a@b"),
    ],
)
def test_passwords_in_urls(text, shown) -> None:
    assert masked_text(text) == shown


def test_secrets_are_found_at_any_depth() -> None:
    value = {"user": {"name": "ada", "tokens": ["a", "b"]}, "list": [{"password": 1}, ("x", {"code": "123456"})]}
    assert masked(value) == {
        "user": {"name": "ada", "tokens": "***"},
        "list": [{"password": "***"}, ["x", {"code": "***"}]],
    }


def test_what_is_no_json_becomes_text() -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError

    assert masked([float("nan"), b"x", Broken(), {1: 2}]) == ["nan", "b'x'", "<Broken>", {"1": 2}]


def test_endless_nesting_ends() -> None:
    endless: list[object] = []
    endless.append(endless)
    assert "..." in str(masked(endless))


def test_long_texts_take_linear_time() -> None:
    began = time.process_time()
    masked_text("://a:" * 50_000)
    masked_text("://" + "?pass" * 50_000)
    assert time.process_time() - began < 5
