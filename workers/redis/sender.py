"""A script that is run over connections which are kept: for whoever runs it for each request of a caller.

A client of redis-py hands every command through its pool, its retries and its metrics. For a script that puts one
letter into a list that is half of the time of the publisher.

Source: redis-py 8, ``redis.connection`` (Connection, ConnectionPool).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from redis.exceptions import NoScriptError, RedisError, ResponseError

if TYPE_CHECKING:
    from redis import Redis


class Sender:
    """Threads may share it; each that runs the script at the same time has a connection.

    Args:
        client: a Redis of its own.
        script: in Lua.
    """

    def __init__(self, client: Redis, script: str) -> None:
        self._client: Any = client
        self._script = script
        self._sha = hashlib.sha1(script.encode()).hexdigest()  # noqa: S324  # how Redis names it
        #: Connections that nobody uses.
        self._free: list[Any] = []

    def run(self, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """Run the script once.

        Raises:
            RedisError: it did not answer, or with an error; it may have run in the first case.
        """
        connection = self._connection()
        given = (len(keys), *keys, *args)
        try:
            answer = self._ask(connection, given)
        except ResponseError:
            self._free.append(connection)
            raise
        except BaseException:
            connection.disconnect()
            self._client.connection_pool.release(connection)
            raise
        self._free.append(connection)
        return answer

    def _ask(self, connection: Any, given: tuple[Any, ...]) -> Any:
        connection.send_command("EVALSHA", self._sha, *given)
        try:
            return connection.read_response()
        except NoScriptError:
            connection.send_command("EVAL", self._script, *given)
            return connection.read_response()

    def _connection(self) -> Any:
        """A connection; one whose other end has gone meanwhile connects again when it sends."""
        try:
            connection = self._free.pop()
        except IndexError:
            return self._client.connection_pool.get_connection()
        try:
            is_stale = connection.can_read()
        except (RedisError, OSError):
            is_stale = True
        if is_stale:
            connection.disconnect()
        return connection

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
