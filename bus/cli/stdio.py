"""``bus stdio`` for the list of subcommands and its help; entry.py starts it without this module."""

import click


@click.command()
def command() -> int:
    """Answer JSON lines on standard input, one envelope a line.

    Each line is a request: {"command": "...", "args": {...}}; further members: id, version, session_token,
    correlation_id, idempotency_key, mode ("sync" or "queue"), delay_ms, run_at, priority. Answers come in order.
    The end of input ends it.
    """
    from bus import stdio

    return stdio.run()
