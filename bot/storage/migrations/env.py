"""What Alembic runs to migrate: on the connection, and in the transaction, that upgrading.py is in."""

from alembic import context

from bot.storage.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
