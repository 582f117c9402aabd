"""Version 1 of every command of the domain, one module a noun."""

from contracts.engine.v1 import agents, efforts, messages, projects, sessions, skills, tasks

__all__ = ["agents", "efforts", "messages", "projects", "sessions", "skills", "tasks"]
