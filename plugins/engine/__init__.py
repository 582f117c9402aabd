"""The state layer of a workflow engine (``db.*``): it keeps state in the database and touches nothing else.

A handler registers when its module is imported; a new command is a new contract and a handler in the file of its
noun, or a new file imported here.
"""

from plugins.engine import agents, efforts, fleet, messages, phases, projects, sessions, skills, tasks
from plugins.engine.plugin import engine

__all__ = ["agents", "efforts", "engine", "fleet", "messages", "phases", "projects", "sessions", "skills", "tasks"]
