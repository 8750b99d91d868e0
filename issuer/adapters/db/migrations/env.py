"""Alembic's environment: runs on the connection that the store hands over."""

from alembic import context

from issuer.adapters.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    transactional_ddl=False,  # the store has begun the transaction, and ends it
    render_as_batch=True,
)
context.run_migrations()
