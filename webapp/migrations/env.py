"""Alembic's entry: runs the revisions on the engine it is given."""

from alembic import context

import webapp.features  # noqa: F401  (imports every model)
from webapp.db.base import Base

engine = context.config.attributes["engine"]
with engine.execution_options(writing=True).connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
