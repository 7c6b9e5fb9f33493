"""Whether an identifier is somebody's cannot be told: not from the page, the headers, the cookies or the statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select
from werkzeug.test import TestResponse

from tests.support.crowd import hidden
from webapp.db.vault import current_vault
from webapp.db.work import reading
from webapp.mail.claims import claim_due
from webapp.mail.models import OutboxRow
from webapp.mail.outbox import NOWHERE
from webapp.recovery import walks
from webapp.recovery.walks import CODE, FORGOTTEN, NOBODY, WRONG
from webapp.values.ids import new_id
from webapp.web.states import World

UNKNOWN = NOBODY[: len(walks.IDENTIFIER)].ljust(len(walks.IDENTIFIER), "x")
"""As long as the known one, so that nothing differs by what was typed."""
RANDOM = {"Content-Length", "Content-Security-Policy"}


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """The statements sent meanwhile, without their values."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(re.sub(r"\s+", " ", statement))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def bare(answer: TestResponse, identifier: str) -> tuple[Any, ...]:
    """Everything of an answer but what is random in it and what was typed."""
    text = re.sub(r"<!--[\w]*-->$", "", answer.get_data(as_text=True)).replace(identifier, "…")
    text = re.sub(r'(name="(?:csrf_token|once)" value=")[^"]*', r"\1", text)
    text = re.sub(r'nonce="[^"]*"', "", text)
    headers = sorted((k, v) for k, v in answer.headers.items() if k not in RANDOM | {"Set-Cookie"})
    cookies = [re.sub(r"=[\w.-]+", "=", line, count=1) for line in answer.headers.getlist("Set-Cookie")]
    return answer.status_code, text, headers, cookies


def post(client: FlaskClient, page: str, address: str, **fields: str) -> TestResponse:
    secrets = {name: hidden(page, name) for name in ("csrf_token", "once")}
    return client.post(address, data={**secrets, **fields})


def way_through(world: World, identifier: str) -> list[tuple[Any, ...]]:
    """Every answer to whoever asks for a code, opens the page and types wrong ones until none counts any more."""
    client, engine = world.app.test_client(), world.app.extensions["engine"]
    seen: list[tuple[Any, ...]] = []
    first = client.get(FORGOTTEN).text
    with statements(engine) as sent:
        answer = post(client, first, FORGOTTEN, identifier=identifier)
    assert answer.status_code == 303
    seen.append((*bare(answer, identifier), sent))
    for number in range(7):
        with statements(engine) as sent:
            page = client.get(CODE)
        seen.append((*bare(page, identifier), sent))
        if number < 5:
            with statements(engine) as sent:
                answer = post(client, page.text, CODE, code=WRONG)
            seen.append((*bare(answer, identifier), sent))
    return seen


def test_known_and_unknown_are_answered_alike(world: World) -> None:
    """The holder's name, which a letter wants, is asked for in both cases: the statements are the same, one for one."""
    walks.make_account(world)
    way_through(world, UNKNOWN[::-1])  # statements are compiled, chains begun
    known, unknown = way_through(world, walks.IDENTIFIER), way_through(world, UNKNOWN)
    for one, other in zip(known, unknown, strict=True):
        assert one == other


@pytest.mark.parametrize("channel", ["", "sms", "app"])
def test_limits_are_alike_too(world: World, channel: str) -> None:
    walks.make_account(world)
    ways = []
    for identifier in (walks.IDENTIFIER, UNKNOWN):
        client = world.app.test_client()
        answers = []
        for _ in range(7):
            page = client.get(FORGOTTEN).text
            answers.append(
                bare(post(client, page, FORGOTTEN, identifier=identifier, channel=channel), identifier)
            )
        assert [status for status, *_rest in answers] == [303] * 5 + [429] * 2
        ways.append(answers)
    assert ways[0] == ways[1]


def test_a_letter_to_nobody_weighs_as_much_and_never_leaves(world: World) -> None:
    engine = world.app.extensions["engine"]
    walks.make_account(world)
    walks.ask(world)
    walks.ask(world, UNKNOWN)
    now = world.app.extensions["clock"]()
    with reading(engine) as session:
        real, none = session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        assert (real.channel, none.channel, none.kind) == ("email", NOWHERE, real.kind)
        assert abs(len(real.sealed or b"") - len(none.sealed or b"")) < 80
        assert current_vault().unseal("outbox", none.id, none.sealed or b"")["to"].endswith(".invalid")
        only = real.id
    claimed = claim_due(engine, new_id(), now + timedelta(hours=2), 50)
    assert [row.id for row in claimed] == [only]
