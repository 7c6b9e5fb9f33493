"""Plain values and the rules about them. Nothing here knows Flask, SQLAlchemy or the environment."""
