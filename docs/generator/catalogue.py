"""What the pages are written from: the commands of this distribution's own plugins, and nobody else's."""

from importlib.metadata import distribution
from typing import NamedTuple

from marshmallow import Schema

from bus import loader
from bus.builtins import builtins
from bus.command import Command
from bus.contract import Contract
from docs.generator.fields import schemas_of

DISTRIBUTION = "charterbus"


class Chapter(NamedTuple):
    """The commands of one plugin."""

    plugin: str
    #: By name and version.
    commands: list[Command]


class Catalogue:
    """All commands, in all versions, with the objects they speak of."""

    def __init__(self) -> None:
        points = distribution(DISTRIBUTION).entry_points.select(group=loader.GROUP)
        found = loader.discover(allow=[point.name for point in points], strict=True)
        self.plugins = [builtins(), *found.plugins]
        registry = loader.Loaded(self.plugins).registry(strict=True)
        self.chapters = [
            Chapter(plugin.name, commands)
            for plugin in self.plugins
            if (commands := [command for command in registry if command.plugin == plugin.name])
        ]

    @property
    def contracts(self) -> list[type[Contract]]:
        """Every contract, chapter by chapter."""
        return [command.contract for chapter in self.chapters for command in chapter.commands]

    def schemas(self, chapter: Chapter) -> list[type[Schema]]:
        """The named objects inside the arguments and answers of one chapter, by name."""
        roots = [
            schema for command in chapter.commands for schema in (command.contract.Params, command.contract.Result)
        ]
        return sorted({inner for root in roots for inner in schemas_of(root)}, key=lambda schema: schema.__name__)
