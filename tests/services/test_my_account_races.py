"""Changes of one account, many at once: never without an address, one winner a code, and nobody left signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.support.crowd import THREADS, Crowd
from webapp.account import access_codes, walks
from webapp.account.access_codes import Purpose
from webapp.account.guard import Origin
from webapp.account.models import SignIn
from webapp.account.service import AccountView, account_named, change
from webapp.account.under_way import reset_subject
from webapp.config import Settings
from webapp.db.work import reading, writing
from webapp.journal.checking import verify_chain
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.my_account import service
from webapp.my_account.service import EMAIL, PHONE
from webapp.recovery.service import choose_password
from webapp.spaces.codes import issue, use
from webapp.spaces.models import ProvisionalCode
from webapp.spaces.rules import CodeKind
from webapp.values.ids import new_id
from webapp.values.refusal import Refusal
from webapp.web.states import World

ROUNDS = 12
LIFE = timedelta(minutes=15)


@pytest.fixture
def engine(world: World, app: Flask) -> Engine:
    """A database in which one person has an account."""
    walks.make_account(world)
    walks.make_account(world, walks.PARENT, identifier="quelquun.85")
    engine: Engine = app.extensions["engine"]
    return engine


def known(engine: Engine, identifier: str = walks.IDENTIFIER) -> AccountView:
    with reading(engine) as session:
        found = account_named(session, identifier)
    assert found is not None
    return found


def counted(engine: Engine, event: Event) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).where(JournalEntry.event == str(event))) or 0


def whole(engine: Engine) -> None:
    with reading(engine) as session:
        assert verify_chain(session) == []


def test_both_addresses_removed_at_once_leave_one(
    crowd: Crowd, engine: Engine, settings: Settings, now: datetime
) -> None:
    mine = known(engine)
    for _ in range(ROUNDS):
        with writing(engine) as session:
            change(session, mine.id, email="a@example.org", phone="+33799990001")

        def remove(number: int) -> str:
            kind = PHONE if number % 2 else EMAIL
            with writing(engine) as session:
                service.remove(session, now, settings, mine, kind)
                return kind.field

        found = crowd(remove)
        after = known(engine)
        assert bool(after.email) != bool(after.phone)
        assert found["LastAddress"] == THREADS // 2
    assert counted(engine, Event.EMAIL_CHANGED) + counted(engine, Event.PHONE_CHANGED) == ROUNDS
    whole(engine)


def test_a_code_gives_one_address_once(
    crowd: Crowd, engine: Engine, settings: Settings, now: datetime
) -> None:
    mine = known(engine)
    for number in range(ROUNDS):
        address = f"n{number}@example.org"
        with writing(engine) as session:
            sent = access_codes.begin(
                session,
                now + timedelta(hours=number),
                mine,
                "email",
                timedelta(days=1),
                purpose=Purpose.NEW_ADDRESS,
                address=address,
            )

        def prove(_number: int, sent: access_codes.Sent = sent, at: int = number) -> str:
            with writing(engine) as session:
                moment = now + timedelta(hours=at)
                service.prove(session, moment, settings, mine, EMAIL, sent.sign_in_id, sent.code)
                return "won"

        assert crowd(prove) == {"won": 1, "SignInUsed": THREADS - 1}
        assert known(engine).email == address
    assert counted(engine, Event.EMAIL_CHANGED) == ROUNDS
    whole(engine)


def test_two_addresses_changed_at_once_are_both_kept(
    crowd: Crowd, engine: Engine, settings: Settings, now: datetime
) -> None:
    """One telephone, one e-mail: neither undoes the other, and each letter goes where one was reached then."""
    mine = known(engine)
    with writing(engine) as session:
        proofs = [
            access_codes.begin(
                session, now, mine, kind.channel, LIFE, purpose=Purpose.NEW_ADDRESS, address=address
            )
            for kind, address in ((EMAIL, "nouvelle@example.org"), (PHONE, "+33799990066"))
        ]

    def prove(number: int) -> str:
        kind, sent = (EMAIL, PHONE)[number % 2], proofs[number % 2]
        with writing(engine) as session:
            service.prove(session, now, settings, mine, kind, sent.sign_in_id, sent.code)
            return "won"

    assert crowd(prove) == {"won": 2, "SignInUsed": THREADS - 2}
    after = known(engine)
    assert (after.email, after.phone) == ("nouvelle@example.org", "+33799990066")
    with reading(engine) as session:
        letters = select(func.count()).where(OutboxRow.kind.in_(("email-changed", "phone-changed")))
        assert session.scalar(letters) == 4


def test_one_identifier_for_two_accounts_goes_to_one(
    crowd: Crowd, engine: Engine, settings: Settings, now: datetime
) -> None:
    for number in range(ROUNDS):
        name = f"tous.le.veulent.{number}"
        both = [known(engine, walks.IDENTIFIER), known(engine, "quelquun.85")]

        def rename(one: int, name: str = name, both: list[AccountView] = both) -> str:
            with writing(engine) as session:
                service.change_identifier(session, now, settings, both[one % 2], name)
                return "won"

        found = crowd(rename)
        assert found["won"] == THREADS // 2  # the one that has it keeps it however often it asks
        assert found["IdentifierTaken"] == THREADS // 2
        with writing(engine) as session:
            for one, former in zip(both, (walks.IDENTIFIER, "quelquun.85"), strict=True):
                change(session, one.id, identifier=former)
    whole(engine)


def everything(
    engine: Engine, settings: Settings, mine: AccountView, now: datetime, name: str
) -> list[Callable[[Session], object]]:
    """Return one act of each kind on an account, each ready to be done."""
    hashed = "$argon2id$of nobody"
    with writing(engine) as session:
        change(session, mine.id, identifier=walks.IDENTIFIER, phone="+33799990001")
        proof = access_codes.begin(
            session, now, mine, "email", LIFE, purpose=Purpose.NEW_ADDRESS, address="n@example.org"
        )
        entering = access_codes.begin(session, now, mine, "email", LIFE)
        subject = reset_subject(mine.identifier)
        reset = issue(session, now, subject=subject, account_id=mine.id, kind=CodeKind.RESET)
        use(session, reset.id, now)
    here = Origin(None, "ab" * 32)
    return [
        lambda session: service.change_password(session, now, settings, mine, hashed, new_id()),
        lambda session: service.change_identifier(session, now, settings, mine, name),
        lambda session: service.prove(session, now, settings, mine, EMAIL, proof.sign_in_id, proof.code),
        lambda session: service.remove(session, now, settings, mine, PHONE),
        lambda session: access_codes.check(session, now, entering.sign_in_id, entering.code),
        lambda session: choose_password(session, now, settings, reset.id, hashed, here),
    ]


def test_whatever_protects_an_account_changes_at_once_without_a_fault(
    crowd: Crowd, engine: Engine, settings: Settings, now: datetime
) -> None:
    """Password, identifier, address, a sign-in and a forgotten password: each waits for the other, in one order."""
    mine = known(engine)
    for number in range(ROUNDS):
        acts = everything(engine, settings, mine, now + timedelta(hours=2 * number), f"autre.nom.{number}")

        def act(one: int, acts: list[Callable[[Session], object]] = acts) -> str:
            with writing(engine) as session:
                acts[one % len(acts)](session)
                return "done"

        found = crowd(act)
        assert set(found) <= {"done", "SignInUsed", "SignInExpired", "ProofGone"}
        with reading(engine) as session:
            left = session.scalars(select(SignIn.purpose).where(SignIn.account_id == mine.id)).all()
            assert set(left) <= {Purpose.NEW_ADDRESS}
            codes = select(func.count()).where(ProvisionalCode.kind == CodeKind.RESET)
            assert session.scalar(codes) == 0
    whole(engine)


def test_no_code_without_an_account_of_its_own(engine: Engine, settings: Settings, now: datetime) -> None:
    """The proof of one account serves no other, whoever knows its row and its code."""
    mine, other = known(engine), known(engine, "quelquun.85")
    with writing(engine) as session:
        sent = access_codes.begin(
            session, now, mine, "email", LIFE, purpose=Purpose.NEW_ADDRESS, address="n@example.org"
        )
    with writing(engine) as session, pytest.raises(Refusal):
        service.prove(session, now, settings, other, EMAIL, sent.sign_in_id, sent.code)
    assert known(engine, "quelquun.85").email == other.email
    with writing(engine) as session, pytest.raises(Refusal):
        service.ask_again(session, now, settings, other, EMAIL, sent.sign_in_id)
