"""States of the news."""

from __future__ import annotations

from webapp.web.states import State, World

PIECE = """
[[actualite]]
date = {day}
titre = "{title}"
texte = \"\"\"
{text}

Il y a un second paragraphe.
\"\"\"
"""


def publish(world: World, *titles: str) -> None:
    """Write a file with these titles, a day apart, the newest first."""
    pieces = [
        PIECE.format(day=f"2026-02-{20 - at:02}", title=title, text="Ce qui change pour moi. " * 8)
        for at, title in enumerate(titles)
    ]
    file = world.app.extensions["settings"].news
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(pieces), "utf-8")


def _many(world: World) -> None:
    publish(world, "Les vaccinations arrivent", "Un service plus léger", "Anticonstitutionnellement" * 4)


STATES = (
    State("news-empty", "/actualites", kind="prose"),
    State("news-many", "/actualites", _many, kind="prose"),
)
