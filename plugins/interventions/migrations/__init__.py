"""Alembic revisions of the domain's tables, one file each, never edited once released."""
