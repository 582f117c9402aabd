"""The way in from the network: HTTP in, the envelope of every other way in out.

The path of a request: protocol.py (limits on bytes and time) ▶ application.py (which route) ▶ commands.py,
dispatching.py, jobs.py … (what is asked) ▶ threads.py (where the bus may block) ▶ replies.py (status, headers, bytes).
"""
