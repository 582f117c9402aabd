"""The state layer of a workflow engine: projects, tasks, skills, efforts, sessions, agents, messages (``db.*``).

Names of commands, arguments and result keys are the ones of the system this domain replaces: camelCase, and commands
with dots. Arguments a contract does not know are ignored, as its callers are used to.
"""

#: Where each command is defined; nothing of it is imported before a command of the domain is needed.
COMMANDS = {
    "contracts.engine.v1.agents": (
        "db.agents.register@1",
        "db.agents.get@1",
        "db.agents.list@1",
        "db.agents.updateStatus@1",
        "db.agents.findByEffort@1",
        "db.fleet.status@1",
    ),
    "contracts.engine.v1.efforts": (
        "db.effort.start@1",
        "db.effort.phase@1",
        "db.effort.finish@1",
        "db.effort.list@1",
        "db.effort.get@1",
        "db.effort.getMetadata@1",
        "db.effort.updateMetadata@1",
        "db.effort.findActive@1",
        "db.effort.history@1",
    ),
    "contracts.engine.v1.messages": (
        "db.messages.append@1",
        "db.messages.list@1",
        "db.messages.upsert@1",
    ),
    "contracts.engine.v1.projects": (
        "db.project.upsert@1",
        "db.project.find@1",
    ),
    "contracts.engine.v1.sessions": (
        "db.session.start@1",
        "db.session.find@1",
        "db.session.heartbeat@1",
        "db.session.updateContextUsage@1",
        "db.session.updateLoadedFiles@1",
        "db.session.finish@1",
        "db.session.get@1",
        "db.session.listStale@1",
        "db.session.setTranscript@1",
    ),
    "contracts.engine.v1.skills": (
        "db.skills.upsert@1",
        "db.skills.get@1",
        "db.skills.list@1",
        "db.skills.find@1",
        "db.skills.delete@1",
    ),
    "contracts.engine.v1.tasks": (
        "db.task.upsert@1",
        "db.task.find@1",
        "db.task.list@1",
    ),
    "contracts.engine.v2": (
        "db.session.heartbeat@2",
        "db.task.upsert@2",
        "db.skills.upsert@2",
    ),
}
