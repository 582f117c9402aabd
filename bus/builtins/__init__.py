"""The commands every bus answers: about its jobs, its commands and its health. A plugin like any other, named "bus"."""

from bus.builtins.plugin import builtins

__all__ = ["builtins"]
