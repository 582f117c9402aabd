"""The same command as one writes it with FastAPI, on the event loop: no thread is needed for what does not block.

python -m uvicorn benchmarks.web_fastapi:app
"""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field


class Args(BaseModel):
    """The arguments of the command."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=200)


class Envelope(BaseModel):
    """The answer, with the members of the bus's."""

    ok: bool
    command: str
    version: int
    data: dict[str, Any] | None
    error: dict[str, Any] | None
    warnings: list[str]
    correlation_id: str
    job: dict[str, Any] | None


app = FastAPI()


@app.post("/commands/nothing")
async def nothing(args: Args) -> Envelope:
    """Do nothing with a short text."""
    return Envelope(
        ok=True, command="nothing", version=1, data={}, error=None, warnings=[], correlation_id="fastapi", job=None
    )
