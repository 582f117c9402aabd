"""Brokers that keep what they have confirmed, and can be told to lose it all or to have no room.

Not here: how the servers run (tests/servers.py, tests/rabbitmq.py).
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.rabbitmq import RabbitMQ
from tests.servers import HOST, Redis, Server, ServerError
from workers.amqp.flushing import flush
from workers.amqp.place import place_of
from workers.brokers.identity import prefix_of

if TYPE_CHECKING:
    from bus.application import Bus

#: Of the machine's memory.
NO_MEMORY, ENOUGH_MEMORY = 0.00001, 0.9


class Broker(Server):
    """What drills want of a broker besides a server's start and end."""

    def url_by(self, port: int) -> str:
        """How a client reaches it by somebody who listens on another port."""
        raise NotImplementedError

    def lose_all(self, bus: Bus) -> None:
        """Lose what it holds of a bus, as when it was flushed."""
        raise NotImplementedError

    def fill(self, *, is_full: bool) -> None:
        """Have no memory left, or enough of it again."""
        raise NotImplementedError

    def remember(self) -> None:
        """Let a kill take nothing of what is there now."""


class LastingRedis(Redis, Broker):
    """A server that keeps what it has said yes to."""

    def command(self) -> list[str]:
        return [*super().command(), "--appendonly", "yes", "--appendfsync", "always"]

    def url_by(self, port: int) -> str:
        return f"redis://{HOST}:{port}/0"

    def lose_all(self, bus: Bus) -> None:
        self.ask("FLUSHALL")

    def fill(self, *, is_full: bool) -> None:
        self.ask(f"CONFIG SET maxmemory {int(is_full)}")


class TalkingRabbitMQ(RabbitMQ, Broker):
    """A server that does what its own command line could tell it, without the seconds that takes to start."""

    def url_by(self, port: int) -> str:
        return f"amqp://{HOST}:{port}"

    def lose_all(self, bus: Bus) -> None:
        """Every queue is deleted, under the hands of those who publish and listen to it."""
        flush(place_of(self.url), prefix_of(bus.database), bus.queue_names)

    def fill(self, *, is_full: bool) -> None:
        """Sound the memory alarm, or end it, as ``rabbitmqctl set_vm_memory_high_watermark`` does."""
        share = NO_MEMORY if is_full else ENOUGH_MEMORY
        self.tell(f"vm_memory_monitor set_vm_memory_high_watermark [{share:f}]", "ok")

    def remember(self) -> None:
        """Put the log of the tables into the tables: RabbitMQ 3.10 may lose a queue that is in the log alone."""
        self.tell("mnesia dump_log []", "dumped")

    def tell(self, call: str, answer: str) -> None:
        """Let the server call one of its functions.

        Raises:
            ServerError: it answered otherwise.
        """
        cookie = (self.folder / ".erlang.cookie").read_text()
        command = [str(self.programs / "erl_call"), "-n", "rabbit@localhost", "-c", cookie, "-a", call]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30, env=self.environment())
        if done.stdout != answer:
            raise ServerError(f"RabbitMQ was told {call} and answered {done.stdout}{done.stderr}")
