"""Servers down, recipients refused, workers dead: a letter is put off, never lost, given up in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.support.clock import Clock
from tests.support.mail import Gateway, Mailbox
from tests.support.outbox import PHONE, box, gateway, outbox, post, real, row
from webapp.config import Settings
from webapp.mail import delivery
from webapp.mail.claims import LEASE
from webapp.mail.delivery import Delivered, deliver_due, next_due
from webapp.mail.letter import Destination

pytestmark = pytest.mark.filterwarnings(
    "ignore:'imghdr' is deprecated:DeprecationWarning"
)  # Apprise's import

__all__ = ["box", "gateway", "outbox", "real"]


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
    outbox: Engine, real: Settings, clock: Clock, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    box.refused = {"nobody@example.fr"}
    for address in ("a@example.fr", "nobody@example.fr", "b@example.fr"):
        post(outbox, clock.now, Destination("email", address))
    assert deliver_due(outbox, real, clock) == Delivered(sent=2, failed=1)
    assert box.sessions == 1
    (told,) = [entry.getMessage() for entry in caplog.records if entry.name.startswith("webapp")]
    assert told.endswith("SMTPRecipientsRefused 550")
    assert "example.fr" not in told


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
