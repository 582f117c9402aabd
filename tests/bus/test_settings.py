"""Settings come from the environment, each documented."""

import dataclasses
import re
from pathlib import Path

import platformdirs
import pytest
from sqlalchemy.engine import make_url

from bus.errors import SetupError
from bus.settings import SETTINGS, Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings.from_environment({}).sources == {}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting) -> None:
    assert setting.meaning.endswith(".")
    assert setting.default
    assert all(re.fullmatch(r"[A-Z_]+", variable) for variable in setting.variables)
    assert isinstance(getattr(Settings(), setting.name), int) <= (
        setting.unit is not None or "or false" in setting.kind.allowed
    )


def test_every_field_but_sources_is_a_setting() -> None:
    names = [field.name for field in dataclasses.fields(Settings)]
    assert names == [*(setting.name for setting in SETTINGS), "sources"]


def test_each_variable_sets_its_field() -> None:
    environment = {
        "BUS_HOME": "/srv/bus",
        "BUS_DATABASE_URL": "postgresql://bus@db/bus",
        "BUS_BROKER_URL": "redis://localhost:6379/0",
        "BUS_PLUGINS_ALLOW": " notes, tasks ,",
        "BUS_PLUGINS_DENY": "old",
        "BUS_PLUGINS_STRICT": "Yes",
        "BUS_SQLITE_SYNCHRONOUS": "full",
        "BUS_BUSY_TIMEOUT_MS": " 7000 ",
        "BUS_MAX_REQUEST_BYTES": "1048576",
        "BUS_LOG_LEVEL": "debug",
    }
    settings = Settings.from_environment(environment)
    assert settings.home == Path("/srv/bus")
    assert settings.database_url == "postgresql://bus@db/bus"
    assert settings.broker_url == "redis://localhost:6379/0"
    assert settings.plugins_allow == ("notes", "tasks")
    assert settings.plugins_deny == ("old",)
    assert settings.plugins_strict is True
    assert settings.sqlite_synchronous == "FULL"
    assert settings.busy_timeout_ms == 7_000
    assert settings.max_request_bytes == 2**20
    assert settings.log_level == "DEBUG"
    assert settings.sources["home"] == "BUS_HOME"
    assert set(settings.sources.values()) == environment.keys()


def test_postgres_is_read_as_postgresql() -> None:
    assert Settings.from_environment({"DATABASE_URL": "postgres://h/d"}).database_url == "postgresql://h/d"


def test_a_password_shows_neither_in_an_error_nor_in_the_settings() -> None:
    with pytest.raises(SetupError) as caught:
        Settings.from_environment({"BUS_DATABASE_URL": "mysql://bus:pa@ss/word@host/name"})
    assert "word" not in str(caught.value)
    assert "bus:***@host/name" in str(caught.value)
    assert "hunter2" not in repr(Settings(database_url="postgresql://u:hunter2@h/d", broker_url="redis://:hunter2@h"))


def test_settings_cannot_be_changed_but_replaced() -> None:
    settings = Settings()
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.max_depth = 5  # pyright: ignore[reportAttributeAccessIssue]
    assert settings.replace(max_depth=5).max_depth == 5
    assert settings.max_depth == 100


def test_the_home_folder_is_where_the_platform_keeps_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for data_home in (None, str(tmp_path), "not/absolute", ""):
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
        if data_home is not None:
            monkeypatch.setenv("XDG_DATA_HOME", data_home)
        assert Settings.from_environment({}).home == Path(platformdirs.user_data_dir("charterbus", appauthor=False))


def test_any_home_folder_makes_a_url_that_leads_to_it() -> None:
    settings = Settings(home=Path("/srv/a b/50%41?x#y/ü"))
    assert make_url(settings.database_location()).database == str(settings.sqlite_file)
    assert settings.replace(database_url="sqlite://").database_location() == "sqlite://"


def test_signing_keys_are_long_and_never_shown() -> None:
    """Neither where settings are printed nor in the sentence about a key that is too short."""
    long, short = "k" * 32, "hunter2"
    settings = Settings.from_environment({"BUS_SIGNING_KEYS": f"{long}, {long}2"})
    assert settings.signing_keys == (long, f"{long}2")
    assert long not in repr(settings)

    with pytest.raises(SetupError, match="BUS_SIGNING_KEYS .* keys of at least 32 bytes") as refused:
        Settings.from_environment({"BUS_SIGNING_KEYS": f"{long},{short}"})
    assert short not in str(refused.value)
    assert long not in str(refused.value)
