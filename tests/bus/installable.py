"""A plugin of a stranger, installed in a folder of its own, for tests that start ``bus`` as a process."""

from pathlib import Path

MODULE = '''
import os
import subprocess
import sys
import time
from pathlib import Path

from bus import LOCAL, READ, WRITE, Contract, Plugin, Schema, fields


class Echo(Contract):
    """Answer what was sent."""

    name, access, effect = "sample_echo", LOCAL, READ

    class Params(Schema):
        value = fields.Json(allow_none=True, load_default=None)

    class Result(Schema):
        value = fields.Json(required=True, allow_none=True)


class Noise(Contract):
    """Make every noise a handler can make."""

    name, access, effect = "sample_noise", LOCAL, READ


class Wait(Contract):
    """Say that it has begun, and end when told so. Both by a file."""

    name, access, effect = "sample_wait", LOCAL, READ

    class Params(Schema):
        begun = fields.Text(required=True)
        end = fields.Text(required=True)


class Fail(Contract):
    """Fail in a way nobody foresaw."""

    name, access, effect = "sample_fail", LOCAL, WRITE


class Kinds(Contract):
    """Answer arguments of every kind."""

    name, access, effect = "sample_kinds", LOCAL, READ

    class Params(Schema):
        text = fields.Text(load_default="tea", metadata={"description": "What to drink."})
        whole = fields.Int64()
        number = fields.Number()
        isFlag = fields.Boolean()
        texts = fields.List(fields.Text())
        wholes = fields.List(fields.Int64())
        thing = fields.Object()
        things = fields.List(fields.Object())
        queue = fields.Text(validate=fields.validate.OneOf(["a", "b"]))

    class Result(Schema):
        given = fields.Object(required=True)


class Print(Contract):
    """Print something."""

    name, access, effect = "sample_print", LOCAL, READ


sample = Plugin("sample", contracts=[Echo, Noise, Wait, Fail, Kinds, Print])


@sample.handles(Echo)
def sample_echo(ctx, value):
    return {"value": value}


@sample.handles(Noise)
def sample_noise(ctx):
    print("noise on stdout")
    sys.__stdout__.write("noise on the first stdout")
    os.write(1, b"noise on descriptor 1")
    os.system("echo noise of a shell")
    subprocess.run(["cat"], check=True)
    assert sys.stdin.read() == ""
    return {}


@sample.handles(Wait)
def sample_wait(ctx, begun, end):
    Path(begun).touch()
    while not Path(end).exists():
        time.sleep(0.005)
    return {}


@sample.handles(Fail)
def sample_fail(ctx):
    raise RuntimeError("nobody foresaw this")


@sample.handles(Kinds)
def sample_kinds(ctx, **given):
    return {"given": given}


@sample.handles(Print)
def sample_print(ctx):
    print("printed by a handler")
    return {}


@sample.hook
def bus_cli(group):
    import click

    @group.command("sample-hello")
    def hello():
        """Say hello."""
        click.echo("hello")


print("noise while the plugin is imported")
'''


def install_sample(folder: Path, module: str = MODULE) -> dict[str, str]:
    """Install the plugin ``sample`` into a folder.

    Returns:
        The variables that let a process find it, and no other plugin.
    """
    folder.mkdir()
    (folder / "sample_plugin.py").write_text(module)
    information = folder / "sample_plugin-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: sample-plugin\nVersion: 1.0\n")
    (information / "entry_points.txt").write_text("[bus.plugins]\nsample = sample_plugin:sample\n")
    return {"PYTHONPATH": str(folder), "BUS_PLUGINS_ALLOW": "sample"}
