"""Downloading everything: the same facts in both files, nothing that is secret, nothing of anybody else."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import html5lib
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.crowd import client_of, hidden
from webapp.account import walks
from webapp.account.models import Account
from webapp.account.service import account_named, change
from webapp.archive.sections import SECTIONS
from webapp.beneficiaries.generator_demo import DEMO_PEOPLE
from webapp.closing.walks import close
from webapp.db.work import reading, writing
from webapp.family.walks import go_in, shared
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.journal.service import record
from webapp.spaces.models import HealthSpace
from webapp.web.states import World

PATH = "/compte/telecharger"
HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough: what is read is tested with what wrote it."""
    path = tmp_path / "espace-sante.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def home(world: World) -> World:
    """Somebody signed in, the password given again; somebody else has an account too."""
    walks.make_account(world, walks.PARENT, identifier="quelquun.82", opens=(walks.PARENT, walks.CHILD))
    walks.make_account(world)
    walks.sign_in(world)
    walks.prove_again(world)
    return world


def ask(world: World) -> TestResponse:
    client = client_of(world)
    page = client.get(PATH).text
    return client.post(PATH, data={name: hidden(page, name) for name in ("csrf_token", "once")})


def files(world: World) -> tuple[dict[str, Any], str]:
    answer = ask(world)
    assert answer.status_code == 200
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["donnees.json", "lisez-moi.html"]
        return json.loads(archive.read("donnees.json")), archive.read("lisez-moi.html").decode()


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


def test_it_says_what_is_held(home: World) -> None:
    close(home)
    data, page = files(home)
    who = walks.ADULT
    assert data["account"]["identifier"] == walks.IDENTIFIER
    assert data["registry_person"]["birth_date"] == who.birth_date.isoformat()
    assert data["registry_cards"][0]["social_security_number"] == who.nir
    assert [one["kind"] for one in data["decisions"]] == ["opening", "closing"]
    assert [(one["role"], one["state"]) for one in data["spaces"]] == [("holder", "closed")]
    assert len(data["sessions"]) == 1
    assert "Espace fermé" in [one["event"] for one in data["activity"]]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", data["account"]["created_at"])
    for section in SECTIONS:
        for key, label in section.columns:
            assert f"<code>{section.key}.{key}</code>" in page
            assert label


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


def test_nothing_secret_and_nothing_of_anybody_else(home: World) -> None:
    with reading(home.app.extensions["engine"]) as session:
        hashes = list(session.scalars(select(Account.password_hash)))
    data, page = files(home)
    both = json.dumps(data, ensure_ascii=False) + page
    others = [one for one in DEMO_PEOPLE if one != walks.ADULT]
    secrets = [*hashes, walks.PASSWORD, "argon2", "quelquun.82", *(one.nir for one in others)]
    secrets += [name for one in others for name in one.name.split() if len(name) > 4]
    secrets += [one.card_serial for one in others]
    assert [one for one in secrets if one in both] == []


def test_a_guardian_sees_of_a_child_what_the_pages_show(world: World) -> None:
    shared(world)
    walks.prove_again(world)
    go_in(world)
    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    data, _page = files(world)
    child = next(one for one in data["spaces"] if one["role"] == "guardian")
    assert child["state"] == "opened"
    before = data["children_events"]
    assert before
    with writing(engine) as session:
        kept = session.scalars(
            select(JournalEntry.beneficiary_id).where(JournalEntry.event == Event.SPACE_SHARED)
        )
        reached = session.scalars(select(HealthSpace.beneficiary_id)).all()
        for person in {*kept, *reached}:
            record(
                session, Event.CODE_REDEEMED, now=now, beneficiary_id=person, facts={"canary": "Zoé-secrète"}
            )
    data, page = files(world)
    assert data["children_events"] == before
    assert "Zoé-secrète" not in page
    assert "yann" not in page.lower()  # the other guardian


def test_an_account_made_with_a_child_s_card_tells_nothing_of_its_owner(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.CHILD,))
    walks.sign_in(world)
    walks.prove_again(world)
    data, page = files(world)
    assert data["registry_person"] is None
    assert (data["registry_cards"], data["decisions"]) == ([], [])
    assert walks.PARENT.nir not in page


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
