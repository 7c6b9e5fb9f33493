"""An outbox, the servers that its letters leave through, and what a test looks at in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.support.mail import Gateway, Mailbox, a_letter, sms_gateway, smtp_server
from webapp.config import Settings
from webapp.db.base import Base
from webapp.db.vault import Vault, use_vault
from webapp.db.work import reading, writing
from webapp.mail.claims import witness_by
from webapp.mail.letter import Destination
from webapp.mail.models import OutboxRow
from webapp.mail.outbox import put, wake_by

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
