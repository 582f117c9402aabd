"""``bus serve``: commands over HTTP, or JSON lines over a Unix socket."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--host", help="Address to listen at; else BUS_HTTP_HOST.")
@click.option("--port", type=click.IntRange(0, 65_535), help="Port to listen at, 0 for a free one; else BUS_HTTP_PORT.")
@click.option(
    "--unix",
    "path",
    type=click.Path(path_type=Path),
    help="Answer JSON lines at this Unix socket, instead of HTTP.",
)
def command(*, host: str | None, port: int | None, path: Path | None) -> int:
    """Answer commands over HTTP until stopped.

    POST /commands/NAME runs a command with the body as its arguments. With --unix, each line is a request as in
    `bus stdio`, and this user's programs need no session. SIGTERM or Ctrl-C lets what has begun be answered within
    BUS_DRAIN_MS; a second one stops at once.
    """
    if path is not None:
        if host is not None or port is not None:
            raise click.UsageError("--unix serves no HTTP; leave --host and --port to a second bus serve")
        from bus.gateway import unix

        return unix.run(path)
    from bus.gateway import starting
    from bus.settings import Settings

    settings = Settings.from_environment()
    settings = settings.replace(
        http_host=host or settings.http_host, http_port=settings.http_port if port is None else port
    )
    return starting.run(settings, lambda place: click.echo(f"bus: listening at {place}", err=True))
