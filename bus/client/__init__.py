"""Calling a bus in another process: ``Client`` for threads, ``AsyncClient`` for event loops, ``safe_invoke`` for both.

    with Client("http://127.0.0.1:8000", session_token=token) as bus:
        envelope = bus.call("note_create", {"content": "tea"})

Not here: the other end (bus/gateway).
"""

from bus.client.ambient import correlated, traced
from bus.client.async_client import AsyncClient
from bus.client.client import Client
from bus.client.failures import CommandError, NoAnswer, NoAnswerInTime
from bus.client.invoking import Measurement, safe_invoke, safe_invoke_async
from bus.client.retrying import Retries
from bus.client.steps import Event
from bus.client.texts import TEXTS

__all__ = [
    "TEXTS",
    "AsyncClient",
    "Client",
    "CommandError",
    "Event",
    "Measurement",
    "NoAnswer",
    "NoAnswerInTime",
    "Retries",
    "correlated",
    "safe_invoke",
    "safe_invoke_async",
    "traced",
]
