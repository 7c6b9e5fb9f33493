"""The lives of a few invented people, so that every page can be looked at full; and somebody who has nothing yet.

Told once, by `espace-sante demo`, when it has just imported its people; never on a server that is not this machine's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from webapp.beneficiaries.generator_demo import DEMO_PEOPLE
from webapp.config import Settings

PASSWORD = "Tilleul-du-matin-7"  # noqa: S105  (printed for everybody: these people do not exist)
PARENT, CHILD, ALONE = (DEMO_PEOPLE[number] for number in (1, 2, 5))
ALIVE = DEMO_PEOPLE[1:6]
"""Those with an account or a space once this was told: the others begin from nothing."""


@dataclass(frozen=True)
class Shown:
    """Somebody to sign in as, and what there is to see (French)."""

    name: str
    identifier: str
    interest: str


ACCOUNTS = (
    Shown(
        "Nadia Belombrière",
        "belombriere.85",
        "six ans de documents, de mesures et de messages, et son fils Léo",
    ),
    Shown(
        "Solène Kergerbault",
        "kergerbault.82",
        "un enfant, Anaïs, dont l’espace est partagé avec l’autre parent",
    ),
    Shown("Yann Hautcourtil", "hautcourtil.80", "l’autre parent d’Anaïs"),
    Shown("Ange-Marie Ventacciani", "ventacciani.58", "un espace ouvert hier, où tout est encore vide"),
)


def tell_lives(settings: Settings, engine: Engine, now: datetime) -> None:
    """Give these people accounts and what goes with six years; as of `now`."""
    from webapp.account.passwords import hash_password
    from webapp.cli.lives import child, mother, parents
    from webapp.cli.lives.space import Bearer
    from webapp.cli.lives.story import Story
    from webapp.inbox.telling import write_down
    from webapp.spaces.happening import tell_with
    from webapp.values.ages import is_minor

    tell_with(write_down)
    story = Story(engine, settings, now)
    opened, hashed = story.ago(mother.YEARS * 365), hash_password(PASSWORD)
    nadia = Bearer(story, *story.who(PARENT))
    mother.live(story, nadia.begin(opened, ACCOUNTS[0].identifier, hashed), opened)
    leo = story.who(CHILD)[0]
    if is_minor(leo.birth_date, story.today):
        then = opened + timedelta(days=20)
        child.live(story, nadia.open(then, leo), then)
    parents.live(story, hashed, (ACCOUNTS[1].identifier, ACCOUNTS[2].identifier))
    Bearer(story, *story.who(ALONE)).begin(story.ago(1), ACCOUNTS[3].identifier, hashed)
    story.play()
