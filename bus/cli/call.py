"""``bus call NAME``: run one command, or queue it, and print its envelope.

The options come from the command's contract, so the contract is looked up first, without opening a database.

Not here: how fields become options (bus/cli/arguments.py).
"""

from __future__ import annotations

import contextlib
import itertools
import sys
from typing import TYPE_CHECKING, Any

import click

from bus import logs
from bus.cli.arguments import WHOLE, JsonType, given_arguments, kebab, options_of
from bus.cli.entry import FAILED, OK
from bus.cli.installed import Installed, find_installed, report_broken
from bus.cli.show import print_envelope
from bus.envelope import Envelope
from bus.errors import TimedOut, UnknownCommand, UnknownVersion
from bus.settings import Settings

if TYPE_CHECKING:
    from bus.application import Bus

#: Longest wait of ``--wait`` unless ``--timeout-ms`` says otherwise, milliseconds.
TIMEOUT_MS = 30_000


class JsonOrStandardInput(JsonType):
    """A JSON value, or ``-`` for the one on standard input."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value of a JSON text."""
        is_dash = value == "-"
        return super().convert(
            sys.stdin.buffer.read().decode(errors="surrogateescape") if is_dash else value, param, ctx
        )


class CommandsOfTheBus(click.Group):
    """``bus call``: each command of the bus is a subcommand with options of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """None: ``bus commands`` lists them, and says more."""
        return []

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names, in the version that ``--version`` asks for."""
        settings = Settings.from_environment()
        logs.configure(settings.log_level, settings.log_format)
        name, rest = args[0], args[1:]
        return name, _subcommand(name, _version_in(rest), find_installed(settings), settings), rest


@click.group(cls=CommandsOfTheBus, subcommand_metavar="NAME [OPTIONS] [-]", options_metavar="")
def command() -> None:
    """Run the command NAME (also NAME@VERSION), or queue it, and print its envelope.

    Arguments are options (`bus call NAME --help` lists them), a JSON object after --json, or a JSON object on
    standard input with a lone "-". Secrets belong on standard input: other users can read a command line.
    """


def _version_in(words: list[str]) -> int | None:
    """The version that ``--version N`` or ``--version=N`` asks for; click reads the words again and judges them."""
    for word, following in itertools.pairwise([*words, ""]):
        option, _, value = word.partition("=")
        number = value or following
        if option == "--version" and number.isdecimal():
            return int(number[:9])
    return None


def _subcommand(name: str, version: int | None, installed: Installed, settings: Settings) -> click.Command:
    """The click command for one command of the bus; for an unknown name one that takes any option."""
    own = _own_options()
    context: dict[str, Any] = {"help_option_names": ["-h", "--help"], "token_normalize_func": kebab}
    try:
        found = installed.registry.find(name, version)
    except (UnknownCommand, UnknownVersion):
        report_broken(installed)
        context |= {"ignore_unknown_options": True, "allow_extra_args": True}
        options, names, meaning = [], None, ""
    else:
        taken = {flag for option in own for flag in option.opts} | {"--help"}
        options, names = options_of(found.params, taken)
        meaning = found.contract.__doc__ or ""

    def run(**values: Any) -> int:
        return _run(name, values, names, installed, settings)

    standard_input = click.Argument(["standard_input"], required=False, metavar="[-]")
    return click.Command(name, context, run, [standard_input, *options, *own], help=meaning)


def _own_options() -> list[click.Option]:
    """The options every command of the bus has."""
    json_help = "Arguments as a JSON object; - reads it from standard input."
    session_help = "Of a live session; better in the variable BUS_SESSION_TOKEN, which other users cannot read."
    return [
        click.Option(["--json", "arguments_json"], type=JsonOrStandardInput(), metavar="JSON", help=json_help),
        click.Option(["--version"], type=WHOLE, help="Version of the contract; the newest one if left out."),
        click.Option(["--queue", "is_queued"], is_flag=True, help="Hand it to a worker instead of running it now."),
        click.Option(["--wait", "is_awaited"], is_flag=True, help="Hand it to a worker and wait for its envelope."),
        click.Option(
            ["--timeout-ms"], type=WHOLE, default=TIMEOUT_MS, help=f"Longest --wait; {TIMEOUT_MS} if left out."
        ),
        click.Option(["--delay-ms"], type=WHOLE, help="With --queue: earliest start, milliseconds from now."),
        click.Option(["--run-at"], type=WHOLE, help="With --queue: earliest start, epoch milliseconds."),
        click.Option(["--priority"], type=WHOLE, help="With --queue: lower runs first."),
        click.Option(["--idempotency-key"], help="Repeated calls with the same key get the first answer."),
        click.Option(["--correlation-id"], help="Name of this call in the log; made up if left out."),
        click.Option(["--session-token"], envvar="BUS_SESSION_TOKEN", help=session_help),
        click.Option(
            ["--output"],
            type=click.Choice(["json", "pretty"]),
            help="How the envelope is printed; pretty on a terminal, json elsewhere.",
        ),
    ]


def _run(
    name: str, values: dict[str, Any], names: dict[str, str] | None, installed: Installed, settings: Settings
) -> int:
    from bus.application import Bus

    args = {} if names is None else _arguments(values, names)
    is_queued = values["is_queued"] or values["is_awaited"]
    passed_on = ("version", "idempotency_key", "correlation_id", "session_token", "delay_ms", "run_at", "priority")
    options = {option: values[option] for option in passed_on}
    # Standard output is for the envelope; handlers may print.
    with contextlib.redirect_stdout(sys.stderr), Bus.open(settings=settings, plugins=installed.plugins) as bus:
        envelope = bus.call(name, args, mode="queue" if is_queued else None, **options)
        if values["is_awaited"] and envelope.job is not None:
            envelope = _awaited(bus, envelope, values["timeout_ms"])
    print_envelope(envelope, values["output"])
    return OK if envelope.ok else FAILED


def _awaited(bus: Bus, accepted: Envelope, timeout_ms: int) -> Envelope:
    """The envelope of the job once it has ended, or TIMEOUT; that of its acceptance where no job is kept."""
    assert accepted.job is not None
    try:
        return bus.wait(accepted.job["id"], timeout_ms=timeout_ms)
    except LookupError:  # it travels whole (AT_LEAST_ONCE): nobody keeps its answer
        return accepted
    except TimedOut as error:
        late = Envelope.failure(accepted.command, accepted.version, error, accepted.correlation_id)
        late.job = accepted.job
        return late


def _arguments(values: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The arguments of the call, from JSON and from options.

    Raises:
        UsageError: there is JSON twice, it is no object, or an argument is given both ways.
    """
    word, text = values["standard_input"], values["arguments_json"]
    if word is not None:
        if word != "-" or text is not None:
            raise click.UsageError(f"Got unexpected argument {word!r}; arguments are options, JSON or a lone -.")
        text = JsonOrStandardInput().convert("-", None, None)
    base: Any = {} if text is None else text
    if not isinstance(base, dict):
        raise click.UsageError("The arguments must be a JSON object.")
    given = given_arguments(values, names)
    both = sorted(given.keys() & base.keys())
    if both:
        raise click.UsageError(f"Given twice, in JSON and as an option: {', '.join(both)}.")
    return {**base, **given}
