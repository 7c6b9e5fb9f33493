"""Messages at rest: sealed, found by index, erased and merged with their space, told once, to whom it concerns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, func, insert, select, text
from sqlalchemy.orm import Session

from tests.services.test_merged import merge, registry, two
from tests.support.registry import FATHER
from tests.support.registry_database import Registry
from webapp.account import walks
from webapp.account.models import Account
from webapp.account.noticing import NEW_MESSAGE
from webapp.account.service import account_named, change
from webapp.beneficiaries.models import Beneficiary
from webapp.db.vault import current_vault
from webapp.db.work import open_session, reading, writing
from webapp.family.majority import hand_over
from webapp.family.reach import Reached, family_of
from webapp.family.walks import THEIRS, answer, invite, shared, two_parents
from webapp.inbox import merged, service
from webapp.inbox.erasing import erase_messages
from webapp.inbox.letters import Written, welcome
from webapp.inbox.models import Message
from webapp.inbox.rules import Folder
from webapp.inbox.searching import search
from webapp.inbox.telling import write_down
from webapp.mail.models import OutboxRow
from webapp.spaces import happening
from webapp.spaces.happening import Happening, What
from webapp.spaces.service import Decided, open_space
from webapp.values.clock import paris_day
from webapp.web.states import World

__all__ = ["registry", "two"]


def reached(session: Session, world: World, identifier: str = walks.IDENTIFIER) -> Reached:
    known = account_named(session, identifier)
    assert known is not None
    found = family_of(session, known.id, paris_day(world.app.extensions["clock"]()))
    assert found is not None
    return found.own


def kinds(session: Session, person: UUID) -> list[str]:
    mine = Message.beneficiary_id == person
    return list(session.scalars(select(Message.kind).where(mine).order_by(Message.sent_at, Message.id)))


def waiting(world: World) -> int:
    with reading(world.app.extensions["engine"]) as session:
        one = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == "message-waiting")
        return session.scalar(one) or 0


def test_what_a_message_says_is_sealed_with_its_row(account: World) -> None:
    with reading(account.app.extensions["engine"]) as session:
        row = session.execute(select(Message.id, Message.sealed)).one()
    assert b"Bienvenue" not in row.sealed
    assert "Bienvenue" in current_vault().unseal("messages", row.id, row.sealed)["subject"]


def test_a_space_that_was_not_opened_leaves_no_message(account: World) -> None:
    """The message is of the transaction of the opening: it goes when that one does."""
    engine, now = account.app.extensions["engine"], account.app.extensions["clock"]()
    with open_session(engine, writing=True) as session:
        person = reached(session, account).id
        service.send(session, now, person, Written("news", "Sujet", "Texte"))
        session.flush()
        session.rollback()
    with reading(engine) as session:
        assert kinds(session, person) == ["welcome"]


def test_messages_go_with_the_space_that_is_erased(account: World) -> None:
    walks.make_account(account, walks.PARENT, identifier="nadia.belombriere")
    engine, now = account.app.extensions["engine"], account.app.extensions["clock"]()
    with writing(engine) as session:
        gone, stays = reached(session, account), reached(session, account, "nadia.belombriere")
        erase_messages(session, now, [gone.id])
    with reading(engine) as session:
        assert (kinds(session, gone.id), kinds(session, stays.id)) == ([], ["welcome"])


def test_messages_to_somebody_who_turns_out_to_be_somebody_else_are_theirs(
    registry: Registry, two: tuple[UUID, UUID]
) -> None:
    hers, his = two
    happening.tell_with(write_down)
    with writing(registry.engine) as session:
        open_space(session, registry.clock, Decided(his, "Léo", FATHER, "guardian"), registry.clock)
    merge(registry)
    with writing(registry.engine) as session:
        assert merged.carry_over(session, registry.clock) == 1
        assert merged.carry_over(session, registry.clock) == 0
        assert (kinds(session, his), kinds(session, hers)) == ([], ["welcome"])
        row = session.execute(select(Message.id, Message.sealed)).one()
        assert (
            current_vault().unseal("messages", row.id, row.sealed)["subject"] == "Bienvenue dans cet espace"
        )


def test_a_second_opening_is_no_second_welcome(account: World) -> None:
    engine, now = account.app.extensions["engine"], account.app.extensions["clock"]()
    with writing(engine) as session:
        person = reached(session, account).id
        for what in (What.OPENED, What.REOPENED, What.CLOSED, What.OPPOSED, What.HANDED_OVER):
            write_down(session, Happening(what, person, now, reference="K7QM2XWD9HTA"))
            session.flush()
        assert sorted(kinds(session, person)) == ["closed", "handed-over", "opposed", "reopened", "welcome"]


def test_an_opposition_to_a_space_that_was_never_used_leaves_it_without_a_message(account: World) -> None:
    engine, now = account.app.extensions["engine"], account.app.extensions["clock"]()
    with writing(engine) as session:
        person = reached(session, account).id
        erase_messages(session, now, [person])
        write_down(session, Happening(What.OPPOSED, person, now, reference="K7QM2XWD9HTA"))
        assert kinds(session, person) == []
        write_down(session, Happening(What.REOPENED, person, now))
        session.flush()
        assert kinds(session, person) == ["welcome"]


def test_whoever_comes_of_age_finds_it_said(world: World) -> None:
    shared(world)
    world.forward(
        (walks.OVER * 0)
        + (world.app.extensions["clock"]().replace(year=2044) - world.app.extensions["clock"]())
    )
    engine = world.app.extensions["engine"]
    with writing(engine) as session:
        assert hand_over(session, world.app.extensions["clock"](), world.app.extensions["settings"]) == 1
        child = session.scalars(select(Message.beneficiary_id).where(Message.kind == "handed-over")).one()
        assert kinds(session, child) == ["welcome", "another-guardian", "handed-over"]


def test_the_letter_goes_to_whoever_did_not_do_it_and_did_not_decline_it(world: World) -> None:
    father = two_parents(world)
    invite(world)
    answer(father, "accept")
    assert waiting(world) == 1


def test_whoever_declined_is_not_written_to(world: World) -> None:
    father = two_parents(world)
    with writing(world.app.extensions["engine"]) as session:
        mother = account_named(session, THEIRS[0])
        assert mother is not None
        change(session, mother.id, declined=[NEW_MESSAGE])
    invite(world)
    answer(father, "accept")
    assert waiting(world) == 0


def test_a_welcome_is_announced_by_nobody_else_than_the_opening(account: World) -> None:
    assert waiting(account) == 0


def fill(session: Session, account: World, each: int) -> None:
    """Everybody of the registry has many messages, one in ten unread, one in four put away."""
    now = account.app.extensions["clock"]()
    session.execute(
        insert(Message),
        [
            {
                "id": uuid4(),
                "beneficiary_id": one,
                "kind": "news",
                "sealed": bytes(300),
                "sent_at": now,
                "read_at": None if number % 10 == 0 else now,
                "archived_at": now if number % 4 == 1 else None,
            }
            for one in session.scalars(select(Beneficiary.id)).all()
            for number in range(each)
        ],
    )
    if session.get_bind().dialect.name == "postgresql":  # SQLite is never told to
        session.execute(text("ANALYZE"))


def test_every_list_is_read_by_an_index(account: World) -> None:
    """No table is read whole, nothing is sorted: a million messages cost what ten do."""
    engine = account.app.extensions["engine"]
    with writing(engine) as session:
        fill(session, account, 500)
    seen: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, given: Any, *_rest: object) -> None:
        seen.append((statement, given))

    plans = []
    with reading(engine) as session:
        space, known = reached(session, account), account_named(session, walks.IDENTIFIER)
        assert known is not None
        before = session.scalars(select(Message.id).where(Message.beneficiary_id == space.id).limit(1)).one()
        event.listen(engine, "before_cursor_execute", note)
        service.count_unread(session, space)
        session.execute(select(service.unread_of_own(Account.__table__.c.id)).where(Account.id == known.id))
        family_of(session, known.id, paris_day(account.app.extensions["clock"]()))
        for place in (None, before):
            session.execute(service.newest_first(space, place).limit(1))
            for own in (service.seen_of_own(known.id), service.seen_in(space)):
                for folder in Folder:
                    session.execute(service.in_folder(own, folder, place))
        event.remove(engine, "before_cursor_execute", note)
        explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
        for statement, given in seen:
            lines = session.connection().exec_driver_sql(explain + statement, given).all()
            plans.append("\n".join(str(tuple(line)) for line in lines))
    assert len(plans) == 17
    for plan in plans:
        assert "ix_messages_" in plan, plan
        for slow in ("Seq Scan on messages", "SCAN messages", "TEMP B-TREE", "Sort  ("):
            assert slow not in plan, plan
    assert all("ix_messages_unread" in plan for plan in plans[:3])
    assert "ix_messages_archived" in plans[-1]


def test_a_search_looks_through_so_many_and_goes_on_from_there(
    account: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.inbox.searching.LOOKED_THROUGH", 5)
    engine, now = account.app.extensions["engine"], account.app.extensions["clock"]()
    with writing(engine) as session:
        space = reached(session, account)
        for number in range(12):
            service.send(session, now, space.id, Written("news", f"Numéro {number}", "Texte"))
    with reading(engine) as session:
        pages, before = [], None
        while True:
            page = search(session, space, "bienvenue", before)
            pages.append(len(page.messages))
            before = page.older
            if before is None:
                break
        assert pages == [0, 0, 1]


def test_a_welcome_says_where_to_go_and_asks_for_nothing() -> None:
    said = welcome(Happening(What.OPENED, uuid4(), datetime(2026, 3, 2, 9, 30, tzinfo=UTC)))
    assert said.subject == "Bienvenue dans votre espace"
    assert "2\u00a0mars 2026 à 10\u202fh\u202f30" in said.body
