"""The outbox: a letter leaves if and only if its act was stored, at least once, and leaves nothing behind."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import Engine, select, text, update

from tests.conftest import Clock
from tests.support.mail import Gateway, Mailbox, a_letter, sms_gateway, smtp_server
from webapp.config import Settings, SettingsError
from webapp.db.base import Base
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading, writing
from webapp.mail import claims, delivery
from webapp.mail.claims import LEASE, Settled, witness_by
from webapp.mail.delivery import Delivered, deliver_due, next_due
from webapp.mail.letter import Destination
from webapp.mail.models import OutboxRow
from webapp.mail.outbox import NoShortForm, put, wake_by
from webapp.mail.senders import mail_road
from webapp.mail.smtp import smtp_server as read_mail_url
from webapp.values.refusal import Refusal

pytestmark = pytest.mark.filterwarnings(
    "ignore:'imghdr' is deprecated:DeprecationWarning"
)  # Apprise's import

CAMILLE = Destination("email", "camille.canari@example.fr")
PHONE = Destination("sms", "+33612345678")


@pytest.fixture
def outbox(engine: Engine, settings: Settings) -> Iterator[Engine]:
    Base.metadata.create_all(engine)
    use_vault(Vault(settings.keys))
    yield engine
    wake_by(None)
    witness_by(None)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with smtp_server() as box:
        yield box


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with sms_gateway() as gateway:
        yield gateway


@pytest.fixture
def real(settings: Settings, box: Mailbox, gateway: Gateway) -> Settings:
    """Settings of real roads."""
    return settings.with_changes(
        public_url="https://espace.example.fr",
        mail_url=f"smtp://127.0.0.1:{box.port}",
        sms_url=f"json://127.0.0.1:{gateway.port}/sms?:to={{to}}",
    )


def post(engine: Engine, now: datetime, to: Destination = CAMILLE, **options: Any) -> uuid.UUID:
    with writing(engine) as session:
        return put(session, a_letter(**options), to, now)


def row(engine: Engine, row_id: uuid.UUID) -> OutboxRow:
    with reading(engine) as session:
        return session.execute(select(OutboxRow).where(OutboxRow.id == row_id)).scalar_one()


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


def test_a_letter_that_is_put_off_comes_again(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox
) -> None:
    box.answers = ["451 later"] * 3
    row_id = post(outbox, clock.now)
    for wait in (5, 30, 120):
        assert deliver_due(outbox, real, clock) == Delivered(failed=1)
        assert next_due(outbox) == clock.now + timedelta(seconds=wait)
        clock.forward(seconds=wait - 1)
        assert deliver_due(outbox, real, clock) == Delivered()
        clock.forward(seconds=1)
    assert deliver_due(outbox, real, clock) == Delivered(sent=1)
    assert box.messages[0]["Message-ID"] == f"<{row_id}@espace.example.fr>"
    assert next_due(outbox) is None


def test_a_server_that_is_down_is_asked_once_a_batch(
    outbox: Engine, real: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def connect(*_: Any) -> Any:
        calls.append(1)
        raise ConnectionRefusedError

    monkeypatch.setattr("webapp.mail.smtp.connect", connect)
    for _ in range(4):
        post(outbox, clock.now)
    assert deliver_due(outbox, real, clock) == Delivered(failed=4)
    assert len(calls) == 1


def test_a_server_that_comes_back_gets_everything(outbox: Engine, real: Settings, clock: Clock) -> None:
    down = real.with_changes(mail_url="smtp://127.0.0.1:1")
    ids = [post(outbox, clock.now) for _ in range(3)]
    assert deliver_due(outbox, down, clock) == Delivered(failed=3)
    clock.forward(minutes=1)
    assert deliver_due(outbox, real, clock) == Delivered(sent=3)
    assert all(row(outbox, row_id).tries == 2 for row_id in ids)


def test_a_refused_recipient_does_not_hold_the_others_up(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox
) -> None:
    box.refused = {"nobody@example.fr"}
    for address in ("a@example.fr", "nobody@example.fr", "b@example.fr"):
        post(outbox, clock.now, Destination("email", address))
    with structlog.testing.capture_logs() as logs:
        assert deliver_due(outbox, real, clock) == Delivered(sent=2, failed=1)
    assert box.sessions == 1
    assert [entry["why"] for entry in logs] == ["SMTPRecipientsRefused 550"]
    assert "example.fr" not in str(logs)


def test_a_connection_that_the_server_closed_is_opened_again(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox
) -> None:
    post(outbox, clock.now)
    post(outbox, clock.now)
    box.closes_after = 1
    assert deliver_due(outbox, real, clock) == Delivered(sent=2)
    assert box.sessions == 2
    assert len({message["Message-ID"] for message in box.messages}) == 2


def test_a_gateway_that_refuses_is_tried_again(
    outbox: Engine, real: Settings, clock: Clock, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.statuses = [500]
    post(outbox, clock.now, PHONE)
    assert deliver_due(outbox, real, clock) == Delivered(failed=1)
    clock.forward(seconds=5)
    assert deliver_due(outbox, real, clock) == Delivered(sent=1)
    assert len(gateway.taken) == 1
    assert "612345678" not in caplog.text


def test_a_dead_code_is_not_sent(outbox: Engine, real: Settings, clock: Clock, box: Mailbox) -> None:
    row_id = post(outbox, clock.now, until=clock.now + timedelta(minutes=15))
    clock.forward(minutes=15)
    assert deliver_due(outbox, real, clock) == Delivered(abandoned=1)
    assert box.messages == []
    after = row(outbox, row_id)
    assert after.failed_for_good_at == clock.now
    assert after.sealed is None


def test_a_code_is_tried_again_at_least_every_minute(outbox: Engine, real: Settings, clock: Clock) -> None:
    down = real.with_changes(mail_url="smtp://127.0.0.1:1")
    post(outbox, clock.now, until=clock.now + timedelta(minutes=15))
    for _ in range(6):
        assert deliver_due(outbox, down, clock) == Delivered(failed=1)
        clock.forward(minutes=1)
    assert deliver_due(outbox, real, clock) == Delivered(sent=1)


def test_a_letter_is_given_up_after_a_day(outbox: Engine, real: Settings, clock: Clock) -> None:
    down = real.with_changes(mail_url="smtp://127.0.0.1:1")
    row_id = post(outbox, clock.now)
    start = clock.now
    for _ in range(60):
        if deliver_due(outbox, down, clock).abandoned:
            break
        clock.now = next_due(outbox) or clock.now
    assert timedelta(hours=22) < clock.now - start <= timedelta(days=1)
    assert row(outbox, row_id).sealed is None
    assert deliver_due(outbox, real, clock) == Delivered()


def test_a_worker_that_died_after_sending_makes_a_twin_with_the_same_id(
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: Any, **__: Any) -> None:
        raise Killed

    post(outbox, clock.now)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "mark", die)
        with pytest.raises(Killed):
            deliver_due(outbox, real, clock)
    assert deliver_due(outbox, real, clock) == Delivered()  # the claim still holds
    clock.now += LEASE
    assert deliver_due(outbox, real, clock) == Delivered(sent=1)
    first, second = box.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_a_folder_never_shows_a_twin(
    outbox: Engine, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    post(outbox, clock.now)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "mark", die)
        with pytest.raises(KeyboardInterrupt):
            deliver_due(outbox, settings, clock)
    clock.now += LEASE
    assert deliver_due(outbox, settings, clock) == Delivered(sent=1)
    assert len(list((settings.var / "mail").iterdir())) == 1


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
