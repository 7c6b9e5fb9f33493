"""What happens in one space, written by the services of its pages, from somebody's account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.account.service import NewAccount, create_account, give_space
from webapp.beneficiaries.service import CardHeld, Person
from webapp.cli.lives.papers import Paper
from webapp.cli.lives.story import Story
from webapp.documents import service as documents
from webapp.documents.files import Written
from webapp.family.reach import Reached, family_of
from webapp.family.rules import Role
from webapp.inbox import service as inbox
from webapp.inbox.letters import Written as Words
from webapp.inbox.models import Message
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.onboarding import service as onboarding
from webapp.onboarding.rules import QUESTIONS
from webapp.profile import service as profile
from webapp.profile.rules import Kind
from webapp.profile.service import Author
from webapp.spaces.happening import Happening, What, tell
from webapp.spaces.rules import TERMS_VERSION
from webapp.spaces.service import Decided, open_space
from webapp.values.ages import majority_day
from webapp.values.clock import paris_day
from webapp.values.french import typeset


@dataclass
class Bearer:
    """Somebody with an account, once it was made."""

    story: Story
    person: Person
    card: CardHeld
    account: UUID | None = None

    @property
    def account_id(self) -> UUID:
        """The account; LookupError before it was made."""
        if self.account is None:
            raise LookupError("this account is not made yet")
        return self.account

    def begin(self, day: date, identifier: str, password_hash: str) -> Space:
        """Make the account and open one's own space."""

        def act(session: Session, moment: datetime) -> None:
            email, phone = self.card.contact.email, self.card.contact.phone
            terms = min(TERMS_VERSION, day.isoformat())  # nobody accepted what was not written yet
            new = NewAccount(self.person.id, identifier, password_hash, email, phone, terms, moment)
            self.account = create_account(session, moment, new)

        self.story.on(day, act)
        return self.open(day, self.person)

    def open(self, day: date, whose: Person) -> Space:
        """Open one's own space, or a child's."""

        def act(session: Session, moment: datetime) -> None:
            own = whose.id == self.person.id
            by = "self" if own else "guardian"
            decided = Decided(whose.id, whose.display_name, self.card.insured_nir, by)
            open_space(session, moment, decided, moment)
            self.reach(session, moment, whose)

        self.story.on(day, act)
        return Space(self.story, whose, self)

    def reach(self, session: Session, moment: datetime, whose: Person) -> None:
        """Let the account reach a space."""
        own = whose.id == self.person.id
        ends_on = None if own else majority_day(whose.birth_date)
        role = Role.HOLDER if own else Role.GUARDIAN
        give_space(session, moment, self.account_id, whose.id, role, ends_on=ends_on)

    def join(self, day: date, space: Space) -> Space:
        """Share a child's space with whoever opened it."""

        def act(session: Session, moment: datetime) -> None:
            self.reach(session, moment, space.person)
            tell(session, Happening(What.ANOTHER_GUARDIAN, space.person.id, moment, for_child=True))
            space.note(session, moment, Event.INVITATION_ACCEPTED, by=self)

        self.story.on(day, act)
        return replace(space, by=self)


@dataclass(frozen=True)
class Space:
    """A space, and who is in it."""

    story: Story
    person: Person
    by: Bearer

    def say(self, day: date, kind: Kind, on: date | None = None, /, **said: Any) -> None:
        """Add to the profile."""

        def act(session: Session, moment: datetime) -> None:
            profile.add(session, moment, self._author, kind, said, on)
            self.note(session, moment, Event.PROFILE_CHANGED)

        self.story.on(day, act)

    def correct(self, day: date, kind: Kind, name: str, **said: Any) -> None:
        """Correct the entry of that name, which it keeps when no other is given."""

        def act(session: Session, moment: datetime) -> None:
            known = profile.current(session, self.person.id, (kind,))
            one = next(one for one in known if one.said["name"] == name)
            new = {**one.said, **said}
            profile.correct(session, moment, self._author, one.entry_id, one.version, new)
            self.note(session, moment, Event.PROFILE_CHANGED)

        self.story.on(day, act)

    def answer(self, day: date, height: int, weight: int, *named: list[str]) -> None:
        """Answer the five first questions: centimetres, grams, then illnesses, treatments and allergies."""

        def act(session: Session, moment: datetime) -> None:
            for asked, value in zip(QUESTIONS, (height, weight), strict=False):
                onboarding.measure(session, moment, self._author, asked, value)
            for asked, names in zip(QUESTIONS[2:], named, strict=True):
                onboarding.name(session, moment, self._author, asked, names)
            self.note(session, moment, Event.PROFILE_CHANGED)

        self.story.on(day, act)

    def file(
        self, paper: Paper, *, added: date | None = None, hidden: bool = False, thrown: date | None = None
    ) -> None:
        """Add a document, the day after its own when nothing else is said."""
        day = added or paper.dated_on + timedelta(days=1)

        def act(session: Session, moment: datetime, written: Written) -> None:
            space, said = self._reached(session), documents.Said(paper.name, paper.category, paper.dated_on)
            documents.add(session, moment, space, self.by.account_id, [(written, said)])
            self.note(session, moment, Event.DOCUMENT_ADDED, {"count": 1})
            if hidden:
                documents.hide(session, moment, space, written.document_id, hidden=True)
                self.note(session, moment, Event.DOCUMENT_HIDDEN)
            if thrown:
                then = self.story.moment(thrown)
                documents.throw_away(session, then, space, written.document_id)

        self.story.file(day, replace(paper, holder=self.person.display_name), act)

    def receive(self, day: date, subject: str, *body: str, read: bool = True, archived: bool = False) -> None:
        """Receive a message of the service."""

        def act(session: Session, moment: datetime) -> None:
            words = Words("news", typeset(subject), typeset("\n\n".join(body)))
            message = inbox.send(session, moment, self.person.id, words)
            session.flush()
            then, space = self.story.moment(paris_day(moment) + timedelta(days=2)), self._reached(session)
            if read:
                inbox.mark_read(session, then, space, message)
            if archived:
                inbox.archive(session, then, space, message)

        self.story.on(day, act)

    def read_everything(self, day: date) -> None:
        """Open every message that came until then."""

        def act(session: Session, moment: datetime) -> None:
            space = self._reached(session)
            for message in session.scalars(
                select(Message.id).where(Message.beneficiary_id == space.id, Message.read_at.is_(None))
            ).all():
                inbox.mark_read(session, moment, space, message)

        self.story.on(day, act)

    @property
    def _author(self) -> Author:
        return Author(self.person.id, self.by.account_id)

    def _reached(self, session: Session) -> Reached:
        family = family_of(session, self.by.account_id, self.story.today)
        assert family is not None
        return next(one for one in (family.own, *family.children) if one.id == self.person.id)

    def note(
        self,
        session: Session,
        moment: datetime,
        event: Event,
        facts: dict[str, Any] | None = None,
        by: Bearer | None = None,
    ) -> None:
        """Write down what was done."""
        account_id = (by or self.by).account_id
        record(session, event, now=moment, beneficiary_id=self.person.id, account_id=account_id, facts=facts)
