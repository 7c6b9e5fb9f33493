"""Letters leave once what they tell of is stored, and nothing readable remains."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import Engine, select

from tests.support.clock import Clock
from tests.support.mail import Gateway, Mailbox, a_letter
from tests.support.outbox import CAMILLE, PHONE, box, gateway, outbox, post, real, row
from webapp.config import Settings
from webapp.db.work import reading, writing
from webapp.mail.delivery import Delivered, deliver_due
from webapp.mail.models import OutboxRow
from webapp.mail.outbox import put, wake_by
from webapp.values.refusal import Refusal

pytestmark = pytest.mark.filterwarnings(
    "ignore:'imghdr' is deprecated:DeprecationWarning"
)  # Apprise's import

__all__ = ["box", "gateway", "outbox", "real"]


def test_an_email_arrives_whole(outbox: Engine, real: Settings, clock: Clock, box: Mailbox) -> None:
    row_id = post(outbox, clock.now)
    assert deliver_due(outbox, real, clock) == Delivered(sent=1)
    assert box.envelopes == [("ne-pas-repondre@espace.example.fr", ["camille.canari@example.fr"])]
    message = box.messages[0]
    assert message["Message-ID"] == f"<{row_id}@espace.example.fr>"
    assert message["From"] == "Mon espace santé <ne-pas-repondre@espace.example.fr>"
    assert message["Subject"] == "Votre code – été"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == clock.now
    assert message.get_content_type() == "multipart/alternative"
    plain, html = message.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == a_letter().text
    assert html.get_content_type() == "text/html"
    assert "Loïc" in html.get_content()


def test_an_sms_arrives_whole(outbox: Engine, real: Settings, clock: Clock, gateway: Gateway) -> None:
    post(outbox, clock.now, PHONE)
    assert deliver_due(outbox, real, clock) == Delivered(sent=1)
    assert gateway.taken == [("+33612345678", "Code :\nK7QM 2XWD 9HTA")]


def test_a_batch_takes_one_connection(outbox: Engine, real: Settings, clock: Clock, box: Mailbox) -> None:
    for _ in range(5):
        post(outbox, clock.now)
    assert deliver_due(outbox, real, clock) == Delivered(sent=5)
    assert box.sessions == 1


def test_a_folder_holds_what_was_sent(outbox: Engine, settings: Settings, clock: Clock) -> None:
    post(outbox, clock.now)
    clock.forward(seconds=1)
    post(outbox, clock.now, PHONE)
    assert deliver_due(outbox, settings, clock) == Delivered(sent=2)
    (mail,) = (settings.var / "mail").iterdir()
    (sms,) = (settings.var / "sms").iterdir()
    assert mail.name.startswith("20260302T093000.000000Z-")
    assert mail.suffix == ".eml"
    message = message_from_bytes(mail.read_bytes(), policy=default)
    assert message["To"] == CAMILLE.address
    assert sms.read_text() == "+33612345678\nCode :\nK7QM 2XWD 9HTA\n"


def test_nothing_leaves_for_an_act_that_was_not_stored(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox
) -> None:
    woken: list[int] = []
    wake_by(lambda: woken.append(1))

    def act_that_fails() -> None:
        with writing(outbox) as session:
            put(session, a_letter(), CAMILLE, clock.now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act_that_fails()
    assert deliver_due(outbox, real, clock) == Delivered()
    assert (box.messages, woken) == ([], [])


def test_a_worker_is_told_once_the_letters_are_stored(outbox: Engine, clock: Clock) -> None:
    seen: list[int] = []

    def count() -> None:
        with reading(outbox) as session:
            seen.append(len(session.execute(select(OutboxRow.id)).all()))

    wake_by(count)
    with writing(outbox) as session:
        put(session, a_letter(), CAMILLE, clock.now)
        put(session, a_letter(), PHONE, clock.now)
        assert seen == []
    assert seen == [2]


def test_a_letter_of_a_refusal_leaves(outbox: Engine, real: Settings, clock: Clock) -> None:
    def act_that_refuses() -> None:
        with writing(outbox) as session:
            put(session, a_letter(), CAMILLE, clock.now)
            raise Refusal

    with pytest.raises(Refusal):
        act_that_refuses()
    assert deliver_due(outbox, real, clock) == Delivered(sent=1)


def test_nothing_readable_is_stored_and_nothing_at_all_remains(
    outbox: Engine, real: Settings, clock: Clock
) -> None:
    row_id = post(outbox, clock.now)
    sealed = row(outbox, row_id).sealed
    assert sealed is not None
    for canary in (b"canari", b"K7QM", b"Bonjour", b"Votre code"):
        assert canary not in sealed
    deliver_due(outbox, real, clock)
    after = row(outbox, row_id)
    assert (after.sealed, after.claim, after.claimed_until) == (None, None, None)
    assert after.sent_at == clock.now
