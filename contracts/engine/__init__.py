"""The state layer of a workflow engine: projects, tasks, skills, efforts, sessions, agents, messages (``db.*``).

Names of commands, arguments and result keys are the ones of the system this domain replaces: camelCase, and commands
with dots. Arguments a contract does not know are ignored, as its callers are used to.
"""
