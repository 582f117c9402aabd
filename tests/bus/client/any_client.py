"""Both clients under one face: an AsyncClient runs in a loop that each call drives."""

from __future__ import annotations

import asyncio
import contextvars
import functools
from collections.abc import Callable
from typing import Any

from bus.client import AsyncClient, Client, Event, safe_invoke, safe_invoke_async

KINDS = ("sync", "async")


class AnyClient:
    """A client of either kind; its methods are those of ``Client``."""

    def __init__(self, kind: str, url: str, **options: Any) -> None:
        self._is_closed = False
        self._runner = asyncio.Runner() if kind == "async" else None
        self.real: Any = (AsyncClient if self._runner else Client)(url, **options)

    def __getattr__(self, name: str) -> Any:
        return functools.partial(self._run, getattr(self.real, name))

    def _run(self, method: Any, *args: Any, **options: Any) -> Any:
        if self._runner is None:
            return method(*args, **options)
        # The loop would go on in the context of its first call.
        return self._runner.run(method(*args, **options), context=contextvars.copy_context())

    def watch(self, job_id: str, seen: Callable[[Event], None] = lambda _: None, **options: Any) -> list[Event]:
        """All events of a job; ``seen`` is told of each as it comes."""
        events: list[Event] = []

        def take(event: Event) -> None:
            events.append(event)
            seen(event)

        async def listen() -> None:
            async for event in self.real.watch(job_id, **options):
                take(event)

        if self._runner is None:
            for event in self.real.watch(job_id, **options):
                take(event)
        else:
            self._runner.run(listen())
        return events

    def safe_invoke(self, *args: Any, **options: Any) -> Any:
        """The function that goes with the kind."""
        return self._run(safe_invoke_async if self._runner else safe_invoke, self.real, *args, **options)

    def close(self) -> None:
        """Close the connections, and the loop; a second time does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self._run(self.real.close)
        if self._runner is not None:
            self._runner.close()
