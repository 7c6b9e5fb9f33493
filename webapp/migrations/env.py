"""Alembic's entry: runs the revisions on the engine it is given."""

from alembic import context
from sqlalchemy import text

import webapp.features  # noqa: F401  (imports every model)
from webapp.db.base import Base, say_which

ONE_AT_A_TIME = (
    0x6D69_6772_6174  # "migrat": the key of PostgreSQL's advisory lock; SQLite has one writer anyway
)

engine = context.config.attributes["engine"]
with engine.execution_options(writing=True).connect() as connection:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    say_which(Base.metadata, connection.dialect.name)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
