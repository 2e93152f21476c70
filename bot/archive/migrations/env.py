"""Runs the steps on the connection and in the transaction of whoever opened the archive."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
