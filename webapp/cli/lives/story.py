"""Lives told in order: acts with their moments, gone through one after the other by the services of the pages.

All of it is one transaction: nobody is served yet, and waiting for the disk after each of hundreds of acts would be
waited for by whoever starts the demonstration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.beneficiaries.service import CardHeld, Person, find_cards, person
from webapp.cli.lives.papers import Paper, made
from webapp.config import Settings
from webapp.db.work import reading, writing
from webapp.documents.files import Written, write_down
from webapp.documents.storage import store_of
from webapp.values.clock import PARIS, paris_day

SEED = 1
Act = Callable[[Session, datetime], None]
Filing = Callable[[Session, datetime, Written], None]


@dataclass
class Story:
    """What happened, to be gone through in its order; the same whenever it is told on the same day."""

    engine: Engine
    settings: Settings
    now: datetime
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  (it protects nothing)
    acts: list[tuple[datetime, Act]] = field(default_factory=list)
    papers: list[tuple[datetime, Paper, Filing]] = field(default_factory=list)
    told: dict[date, int] = field(default_factory=dict)
    """The last minute of each evening at which something happened."""

    @property
    def today(self) -> date:
        """The day of the demonstration."""
        return paris_day(self.now)

    def ago(self, days: float) -> date:
        """The day that was so many days ago."""
        return self.today - timedelta(days=round(days))

    def moment(self, day: date) -> datetime:
        """Return a moment of the evening of a day, or a few minutes ago: later each time it is asked, never to come."""
        told = self.told[day] = self.told.get(day, day.toordinal() * 37 % 150) + 1
        evening = datetime.combine(day, time(18), PARIS) + timedelta(minutes=told)
        return min(evening.astimezone(self.now.tzinfo), self.now - timedelta(minutes=10))

    def on(self, day: date, act: Act) -> None:
        """Have this happen on that day; of what happens on one day, what was told first happens first."""
        self.acts.append((self.moment(day), act))

    def file(self, day: date, paper: Paper, act: Filing) -> None:
        """Have a document filed on that day."""
        self.papers.append((self.moment(day), paper, act))

    def who(self, shown: DemoPerson, first_name: str = "") -> tuple[Person, CardHeld]:
        """Find somebody in the registry by a card; `first_name`: which one, of twins."""
        with reading(self.engine) as session:
            held = find_cards(session, shown.nir, shown.birth_date, shown.card_type, shown.card_serial)
            found = [(person(session, card.person_id), card) for card in held]
        return next((one, card) for one, card in found if one and one.first_name.startswith(first_name))

    def play(self) -> None:
        """Write the files, then let everything happen."""
        files = [made(paper) for _moment, paper, _filing in self.papers]
        written = write_down(self.engine, store_of(self.settings), self.now, files)
        acts = list(self.acts)
        for (moment, _paper, filing), file in zip(self.papers, written, strict=True):
            acts.append((moment, _with(filing, file)))
        with writing(self.engine) as session:
            for moment, act in sorted(acts, key=lambda one: one[0]):
                act(session, moment)


def _with(filing: Filing, file: Written) -> Act:
    return lambda session, moment: filing(session, moment, file)
