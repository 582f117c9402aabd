"""Notes, tasks, calendar events, their search, the entry line that makes them, and the tree they hang in.

An *atom* is a note, a task or an event; its kind never changes, and every kind may have a status and a time. Every
atom, tag and node belongs to an owner; another owner's id is answered like one that nobody has.
"""
