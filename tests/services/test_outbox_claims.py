"""Many workers, slow servers, witnesses, addresses of servers: whoever claims a letter sends it."""

from __future__ import annotations

import threading
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text, update

from tests.support.clock import Clock
from tests.support.mail import Gateway, Mailbox, a_letter, smtp_server
from tests.support.outbox import CAMILLE, PHONE, box, gateway, outbox, post, real, row
from webapp.config import Settings, SettingsError
from webapp.db.work import writing
from webapp.mail import claims, delivery
from webapp.mail.claims import Settled, witness_by
from webapp.mail.delivery import Delivered, deliver_due
from webapp.mail.models import OutboxRow
from webapp.mail.outbox import NoShortForm, put
from webapp.mail.senders import mail_road
from webapp.mail.smtp import smtp_server as read_mail_url

pytestmark = pytest.mark.filterwarnings(
    "ignore:'imghdr' is deprecated:DeprecationWarning"
)  # Apprise's import

__all__ = ["box", "gateway", "outbox", "real"]


def test_a_slow_server_never_outlives_the_claim(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        post(outbox, clock.now)

    def slow(settings: Settings) -> Any:
        road = mail_road(settings)
        send = road.send

        def wait_and_send(letter: Any) -> None:
            clock.forward(seconds=30)
            send(letter)

        monkeypatch.setattr(road, "send", wait_and_send)
        return road

    monkeypatch.setattr(delivery, "mail_road", slow)
    assert deliver_due(outbox, real, clock) == Delivered(sent=2)
    monkeypatch.setattr(delivery, "mail_road", mail_road)
    assert deliver_due(outbox, real, clock) == Delivered(sent=3)  # given back at once
    assert len({message["Message-ID"] for message in box.messages}) == len(box.messages) == 5


def test_many_workers_share_the_work_and_double_nothing(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox
) -> None:
    ids = {post(outbox, clock.now) for _ in range(60)}
    totals: list[Delivered] = []
    start = threading.Barrier(6)

    def work() -> None:
        start.wait()
        while (done := deliver_due(outbox, real, clock, limit=4)).sent:
            totals.append(done)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(total.sent for total in totals) == 60
    arrived = [str(message["Message-ID"]) for message in box.messages]
    assert sorted(arrived) == sorted(f"<{row_id}@espace.example.fr>" for row_id in ids)


def test_a_letter_that_cannot_be_opened_holds_nobody_up(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox
) -> None:
    broken = post(outbox, clock.now)
    with writing(outbox) as session:
        session.execute(update(OutboxRow).values(sealed=b"altered"))
    post(outbox, clock.now)
    assert deliver_due(outbox, real, clock) == Delivered(sent=1, failed=1)
    assert row(outbox, broken).sent_at is None
    assert len(box.messages) == 1


def test_a_witness_is_told_in_the_transaction_that_marks(
    outbox: Engine, real: Settings, clock: Clock, gateway: Gateway
) -> None:
    told: list[tuple[Settled, datetime]] = []
    witness_by(lambda _session, settled, now: told.append((settled, now)))
    person = uuid.uuid4()
    with writing(outbox) as session:
        row_id = put(session, a_letter(kind="code"), PHONE, clock.now, about=person)
    deliver_due(outbox, real, clock)
    assert told == [(Settled(row_id, "code", "sms", person, True), clock.now)]


def test_a_witness_that_fails_does_not_send_twice(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError

    witness_by(fail)
    row_id = post(outbox, clock.now)
    assert deliver_due(outbox, real, clock) == Delivered(sent=1)
    assert row(outbox, row_id).sent_at == clock.now
    assert len(box.messages) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_password_is_given_and_a_wrong_one_puts_off(outbox: Engine, real: Settings, clock: Clock) -> None:
    with smtp_server(login=True) as box:
        wrong = real.with_changes(mail_url=f"smtp://me%40example.fr:nope@127.0.0.1:{box.port}")
        right = real.with_changes(mail_url=f"smtp://me%40example.fr:p%40ss%2Fword@127.0.0.1:{box.port}")
        post(outbox, clock.now)
        assert deliver_due(outbox, wrong, clock) == Delivered(failed=1)
        clock.forward(seconds=5)
        assert deliver_due(outbox, right, clock) == Delivered(sent=1)
        assert box.logins[-1] == (b"me@example.fr", b"p@ss/word")


def test_an_untrusted_certificate_is_refused(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox
) -> None:
    """The server speaks no TLS at all: nothing may leave in clear instead."""
    post(outbox, clock.now)
    for url in (f"smtp://127.0.0.1:{box.port}?starttls=1", f"smtps://127.0.0.1:{box.port}"):
        assert deliver_due(outbox, real.with_changes(mail_url=url), clock) == Delivered(failed=1)
        clock.forward(minutes=1)
    assert box.messages == []


def test_a_letter_without_short_form_leaves_by_no_sms(outbox: Engine, clock: Clock) -> None:
    from dataclasses import replace

    with writing(outbox) as session, pytest.raises(NoShortForm):
        put(session, replace(a_letter(), sms=None), PHONE, clock.now)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.fr", ("mail.example.fr", 25, False, False, "")),
        ("smtp://u:p@mail.example.fr?starttls=1", ("mail.example.fr", 587, False, True, "u")),
        ("smtp://u:p@mail.example.fr:2525/?starttls=1", ("mail.example.fr", 2525, False, True, "u")),
        ("smtps://u:p@mail.example.fr", ("mail.example.fr", 465, True, False, "u")),
    ],
)
def test_mail_urls(url: str, expected: tuple[Any, ...]) -> None:
    server = read_mail_url(url)
    assert (server.host, server.port, server.tls_from_start, server.starttls, server.user) == expected
    assert "p@" not in repr(server)


@pytest.mark.parametrize("url", ["smtp://", "smtp://h:port", "smtp://h?tls=1", "smtp://h/path"])
def test_a_mail_url_that_cannot_be(url: str) -> None:
    with pytest.raises(SettingsError, match="MAIL_URL"):
        read_mail_url(url)


def test_the_claim_uses_an_index(outbox: Engine, clock: Clock) -> None:
    with writing(outbox) as session:
        for _ in range(3):
            put(session, a_letter(), CAMILLE, clock.now)
    with outbox.connect() as connection:
        query = "SELECT id FROM outbox WHERE sent_at IS NULL AND failed_for_good_at IS NULL ORDER BY due_at LIMIT 5"
        if outbox.dialect.name == "postgresql":
            connection.execute(text("SET enable_seqscan = off"))
            plan = str(connection.execute(text(f"EXPLAIN {query}")).all())
        else:
            plan = str(connection.execute(text(f"EXPLAIN QUERY PLAN {query}")).all())
    assert "ix_outbox_waiting" in plan


def test_a_full_folder_loses_nothing(
    outbox: Engine, settings: Settings, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = settings.with_changes(mail_url=f"spool:{tmp_path}/file/mail")
    post(outbox, clock.now)
    assert deliver_due(outbox, blocked, clock) == Delivered(failed=1)
    clock.forward(seconds=5)
    assert deliver_due(outbox, settings, clock) == Delivered(sent=1)


def test_a_lease_is_longer_than_the_slowest_letter() -> None:
    assert claims.LEASE > delivery.SLOWEST_SEND


def test_a_letter_in_other_hands_is_not_the_next_one(outbox: Engine, clock: Clock) -> None:
    """A worker would have come back at once for it, found nothing, and left the one it put off to the sweep."""
    post(outbox, clock.now)
    (held,) = claims.claim_due(outbox, uuid.uuid4(), clock.now, 1)
    assert delivery.next_due(outbox) is None
    later = clock.forward(seconds=5)
    post(outbox, later)
    assert delivery.next_due(outbox) == later
    claims.mark(outbox, held, later, sent=True, told=[])
