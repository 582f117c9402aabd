"""How variables are read: which one wins, and a wrong one stops the start with a sentence."""

import pytest

from bus.errors import SetupError
from bus.settings import Settings

#: What nobody may set: variable, text, what the sentence says must be there.
WRONG = [
    ("BUS_MAX_DEPTH", "deep", "a whole number from 10 to 500"),
    ("BUS_MAX_DEPTH", "5", "a whole number from 10 to 500"),
    ("BUS_MAX_DEPTH", "1e2", "a whole number from 10 to 500"),
    ("BUS_BUSY_TIMEOUT_MS", "4999", "a whole number from 5000 to 600000"),
    ("BUS_MAX_REQUEST_BYTES", "1048575", "a whole number from 1048576 to 1073741824"),
    ("BUS_WORKER_THREADS", "-1", "a whole number from 1 to 256"),
    ("BUS_WORKER_THREADS", "9" * 5_000, "a whole number from 1 to 256"),
    ("BUS_PLUGINS_STRICT", "maybe", "true or false"),
    ("BUS_PLUGINS_ALLOW", "notes tasks", "names separated by commas"),
    ("BUS_SQLITE_SYNCHRONOUS", "OFF", "one of NORMAL, FULL"),
    ("BUS_LOG_LEVEL", "verbose", "one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
    ("BUS_LOG_FORMAT", "xml", "one of auto, json, console"),
    ("BUS_DATABASE_URL", "mysql://host/name", "a URL that begins with sqlite:// or postgresql://"),
    ("DATABASE_URL", "bus.sqlite", "a URL that begins with sqlite:// or postgresql://"),
    ("BUS_BROKER_URL", "localhost", "a URL such as redis://host:6379/0 or amqp://host:5672"),
    ("BUS_HOME", "~nobody-has-this-name/bus", "the path of a folder"),
]


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_environment({"BUS_MAX_DEPTH": "", "BUS_DATABASE_URL": "  "}) == Settings()


def test_our_own_variable_goes_before_the_common_one() -> None:
    common = {"DATABASE_URL": "postgresql://other/db"}
    assert Settings.from_environment(common).database_url == "postgresql://other/db"
    assert Settings.from_environment(common).sources == {"database_url": "DATABASE_URL"}
    both = {**common, "BUS_DATABASE_URL": "sqlite:////srv/x.db"}
    assert Settings.from_environment(both).database_url == "sqlite:////srv/x.db"


@pytest.mark.parametrize(("variable", "text", "allowed"), WRONG)
def test_a_wrong_value_is_named_with_what_is_allowed(variable, text, allowed) -> None:
    with pytest.raises(SetupError) as caught:
        Settings.from_environment({variable: text})
    sentence = str(caught.value)
    assert sentence.startswith(f"{variable} is ")
    assert text[:50] in sentence
    assert allowed in sentence
    assert len(sentence) < 400


def test_all_wrong_values_are_named_at_once() -> None:
    with pytest.raises(SetupError, match=r"BUS_MAX_DEPTH is .*; BUS_LEASE_MS is "):
        Settings.from_environment({"BUS_MAX_DEPTH": "x", "BUS_LEASE_MS": "y"})
