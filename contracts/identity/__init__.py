"""Who may act: accounts, their sessions and second factors, what they are allowed, and what is kept on record.

A token names a session, a session a user, and the user's row says at every call what they may do.
"""
