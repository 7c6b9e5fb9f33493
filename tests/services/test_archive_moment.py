"""Both files of an archive are of one moment, whatever happens while they are written."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, cast
from zipfile import ZipFile

from jinja2 import Template

from webapp.account import walks
from webapp.account.service import account_named
from webapp.archive.records import Holder, Section
from webapp.archive.service import make_archive
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.web.states import World


class Meanwhile:
    """Stands for the page: something happens once the first file is written, then it lists what it reads."""

    def __init__(self, world: World) -> None:
        self._world = world

    def generate(self, sections: tuple[Section, ...], holder: Holder, **_rest: Any) -> Iterator[str]:
        engine, now = self._world.app.extensions["engine"], self._world.app.extensions["clock"]()
        with writing(engine) as session:
            record(session, Event.STEP_UP_DONE, now=now, account_id=holder.account.id)
        activity = next(one for one in sections if one.key == "activity")
        yield json.dumps([words for _at, words, _note in activity.read(holder)])


def test_what_happens_between_the_two_files_is_in_neither(world: World) -> None:
    walks.make_account(world)
    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    with reading(engine) as session:
        known = account_named(session, walks.IDENTIFIER)
    assert known is not None
    page = cast(Template, Meanwhile(world))
    with reading(engine) as session:
        made = make_archive(session, now, world.app.extensions["settings"], known, page)
    archive = b"".join(made.pieces())
    with ZipFile(io.BytesIO(archive)) as files:
        data = json.loads(files.read("donnees.json"))
        listed = json.loads(files.read("lisez-moi.html"))
    assert [one["event"] for one in data["activity"]] == listed
    assert listed
