"""Downloading everything: one answer with two files that say the same, and its owner is told."""

from __future__ import annotations

from typing import Any

import html5lib
import pytest
from sqlalchemy import select

from tests.support.archive import PATH, ask, files
from tests.support.crowd import client_of, hidden
from webapp.account import walks
from webapp.account.service import account_named, change
from webapp.archive.sections import SECTIONS
from webapp.closing.walks import close
from webapp.db.work import reading, writing
from webapp.factors.walks import give_application, give_codes
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.journal.service import record
from webapp.passkeys.walks import give_passkeys
from webapp.web.states import World

HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}"


pytestmark = pytest.mark.one_database("what is read is tested with what wrote it")


def shown(cell: Any) -> Any:
    """What a cell of the page says, as JSON would."""
    child = next(iter(cell), None)
    if child is not None and child.tag in ("time", "data"):
        return child.get("datetime") or child.get("value")
    if child is not None:
        return None
    return cell.text


def as_shown(value: Any) -> Any:
    if isinstance(value, list):
        return "\u202f; ".join(value) or None
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    return str(value) if isinstance(value, int) else value


def test_both_files_say_the_same(home: World) -> None:
    give_application(home)
    give_codes(home)
    give_passkeys(home, "La clé grise")
    close(home)
    data, page = files(home)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert list(data) == ["schema", "made_at", "site", *(section.key for section in SECTIONS)]
    for section in SECTIONS:
        part = tree.find(f".//section[@id='{section.key}']")
        if section.single:
            said = [[shown(cell) for cell in part.iter("dd")]]
            held = [data[section.key]]
        else:
            said = [
                [shown(cell) for cell in row.iter("td")]
                for row in part.iter("tr")
                if row.find("td") is not None
            ]
            held = data[section.key]
        assert said == [[as_shown(value) for value in one.values()] for one in held], section.key
        for one in held:
            assert list(one) == [key for key, _label in section.columns]


def test_the_page_has_its_frame(home: World) -> None:
    _data, page = files(home)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert tree.get("lang") == "fr"
    assert len(list(tree.iter("h1"))) == len(list(tree.iter("main"))) == 1
    assert all(table.find("caption") is not None for table in tree.iter("table"))
    assert not list(tree.iter("script"))
    ids = {one.get("id") for one in tree.iter() if isinstance(one.tag, str)}
    assert {link.get("href")[1:] for link in tree.iter("a")} <= ids


def test_the_answer_is_a_file_that_runs_nothing_and_is_stored_nowhere(home: World) -> None:
    answer = ask(home)
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mes-donnees-2026-03-02.zip"'
    assert answer.mimetype == "application/zip"


def test_what_is_hostile_is_text(home: World) -> None:
    engine, now = home.app.extensions["engine"], home.app.extensions["clock"]()
    with writing(engine) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        change(session, known.id, identifier=HOSTILE)
        record(
            session, Event.SIGN_IN_DONE, now=now, account_id=known.id, facts={"by": "app", "device": HOSTILE}
        )
    data, page = files(home)
    assert data["account"]["identifier"] == HOSTILE
    assert "<script" not in page
    assert "alert(1)" in page
    assert "{{7*7}}" in page


def test_its_owner_is_told_and_it_is_written_down(home: World) -> None:
    ask(home)
    assert walks.newest_letter(home.app.extensions["engine"], "data-downloaded")["to"]
    with reading(home.app.extensions["engine"]) as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert last is not None
    assert last.event == Event.DATA_DOWNLOADED


def test_a_double_click_downloads_twice_and_the_eleventh_waits(home: World) -> None:
    client = client_of(home)
    page = client.get(PATH).text
    form = {name: hidden(page, name) for name in ("csrf_token", "once")}
    assert [client.post(PATH, data=form).status_code for _ in range(11)] == [200] * 10 + [429]
    home.forward(walks.OVER * 100)
    walks.sign_in(home)
    walks.prove_again(home)
    assert ask(home).status_code == 200


def test_it_asks_again_who_it_is(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)
    assert world.walker.open(PATH).address == "/compte/confirmation"
    token = hidden(world.walker.body, "csrf_token")
    answer = client_of(world).post(PATH, data={"csrf_token": token})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/compte/confirmation")
