"""An archive of ten thousand events: read in pages, in bounded memory."""

from __future__ import annotations

import io
import json
import tracemalloc
from zipfile import ZipFile

import pytest
from sqlalchemy import insert

from webapp.account import walks
from webapp.account.service import account_named
from webapp.archive.service import make_archive
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.journal.models import JournalEntry
from webapp.web.states import World

LONG = 10_000
MOST = 12_000_000
"""Bytes at the peak: the compressed archive, a page of entries, and what the interpreter keeps of templates."""


pytestmark = pytest.mark.one_database("the pages are cut before it")


def test_ten_thousand_events_are_all_there_in_bounded_memory(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    walks.make_account(world)
    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    with writing(engine) as session:
        known = account_named(session, walks.IDENTIFIER)
        assert known is not None
        common = {"at": now, "event": str(Event.STEP_UP_DONE), "account_id": known.id, "mac": bytes(32)}
        session.execute(insert(JournalEntry), [{"seq": 1_000 + seq, **common} for seq in range(LONG)])
    page = world.app.jinja_env.get_template("archive/file/page.html")
    tracemalloc.start()
    with reading(engine) as session:
        made = make_archive(session, now, world.app.extensions["settings"], known, page)
    archive = b"".join(made.pieces())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with ZipFile(io.BytesIO(archive)) as files:
        data = json.loads(files.read("donnees.json"))
        rows = files.read("lisez-moi.html").decode().count("Identité confirmée")
    with capsys.disabled():
        print(f"\n    archive of {LONG:,} events: {len(archive):,} bytes, {peak / 1e6:.1f} MB at the peak")
    assert len(data["activity"]) >= LONG
    assert rows == LONG
    assert peak < MOST
