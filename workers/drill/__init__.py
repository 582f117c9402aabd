"""``bus drill``: faults strike workers of the drill's own, at a queue of its own, and then the ledger must balance.

    shadow     what keeps a drill apart: its name, its bus, its settings
    plugin     its commands, and the table that shows their effects
    crew       its worker processes; member is what they run
    orders     what is published, and by whom
    faults     what strikes
    ledger     accepted = answered, effects exactly once, none stuck
    stage      everything set up, and taken away again whatever happens; leftovers of drills that were killed
    run        fault after fault
    cli, show  the subcommand and its table

Not here: the drill of the tests, which strikes at named points of a job's life (tests/processes/drill.py).
"""
