"""One database has one name, by whatever URL it is opened; two have two."""

from __future__ import annotations

import os
import threading

from bus.database import Database
from workers.brokers.identity import prefix_of


def prefix(url):
    database = Database(url)
    try:
        return prefix_of(database)
    finally:
        database.close()


def test_a_file_keeps_its_name_by_every_path(tmp_path):
    (tmp_path / "other").symlink_to(tmp_path)
    first = prefix(f"sqlite:///{tmp_path}/a.sqlite")

    assert prefix(f"sqlite:///{tmp_path}/other/a.sqlite") == first
    assert prefix(f"sqlite:///{tmp_path}/b.sqlite") != first
    assert first.startswith("charterbus:")
    assert [file.name for file in (tmp_path / "a.sqlite.run").iterdir()] == ["identity"]


def test_all_who_ask_at_once_get_one_name(tmp_path):
    names = []
    askers = [threading.Thread(target=lambda: names.append(prefix(f"sqlite:///{tmp_path}/a.sqlite"))) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert len(names) == 8
    assert len(set(names)) == 1


def test_a_database_of_a_server_has_one_name_for_every_user_and_host(postgresql_server):
    with postgresql_server.database() as one, postgresql_server.database() as other:
        first = prefix(one)
        with Database(one).connect() as connection:
            name = f"u{os.getpid()}"
            connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
        try:
            assert prefix(one.replace("postgres@127.0.0.1", f"{name}@localhost")) == first
            assert prefix(other) != first
        finally:
            postgresql_server.run(f"DROP ROLE {name}")
