"""What the domains of the workshop have in common on the wire: roles, fields, pages, actions, refusals."""
