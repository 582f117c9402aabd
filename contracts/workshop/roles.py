"""The four roles, and the groups of callers that contracts name.

Roles form a ladder: whoever stands higher may do all that those below may.
"""

from bus.contract import roles

ADMIN, SUPERVISOR, TECHNICIAN, VIEWER = "admin", "supervisor", "technician", "viewer"
#: From the highest to the lowest.
ROLES = (ADMIN, SUPERVISOR, TECHNICIAN, VIEWER)

ADMINS = roles(ADMIN)
#: Those who may look at other people's accounts.
STAFF = roles(ADMIN, SUPERVISOR)
#: Those who do the work and those who plan it.
WORKERS = roles(ADMIN, SUPERVISOR, TECHNICIAN)
