"""A form writes in the space that its page was about, or nowhere: in another tab one may have gone into another one."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.support.crowd import client_of
from webapp.db.work import reading
from webapp.documents.models import Document
from webapp.family import walks
from webapp.profile.models import FirstQuestions, ProfileEntry
from webapp.web.states import World
from webapp.web.walker import FoundForm, PageReader

pytestmark = pytest.mark.one_database("no query differs")

FORMS: dict[str, dict[str, Any]] = {
    "/profil-medical/allergies": {"name": "Pénicilline"},
    "/bienvenue/question/1": {"height_m": "1,72"},
    "/documents/ajouter": {"category": "42", "files": b"bonjour"},
}
TABLES = (ProfileEntry, FirstQuestions, Document)


def opened(world: World) -> dict[str, FoundForm]:
    """Open each page, as in a tab of its own."""
    return {
        address: next(
            one for one in world.walker.open(address).page.forms if one.names & FORMS[address].keys()
        )
        for address in FORMS
    }


def refused(world: World, forms: dict[str, FoundForm], where: str) -> None:
    """Send them all: nothing is written anywhere, and the page says where one is now."""
    before = rows(world)
    for address, form in forms.items():
        said = {
            name: (BytesIO(one), "lettre.txt") if name == "files" else one
            for name, one in FORMS[address].items()
        }
        answer = client_of(world).post(address, data={**form.fields, **said})
        assert answer.status_code == 409, address
        page = PageReader(answer.text)
        assert "autre espace" in page.h1
        assert where in page.text
    assert rows(world) == before


def rows(world: World) -> list[int | None]:
    with reading(world.app.extensions["engine"]) as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in TABLES]


def test_a_form_of_another_space_writes_nowhere(world: World) -> None:
    walks.shared(world)
    mine = opened(world)
    walks.go_in(world)
    refused(world, mine, "l’espace d’Anaïs")
    theirs = opened(world)
    world.walker.open("/famille").send(action="/famille/retour")
    refused(world, theirs, "mon espace")
    walks.go_in(world)
    answer = world.walker.open("/profil-medical/allergies").send(name="Pollen")  # shown again, it is taken
    assert "Pollen" in answer.page.text


def test_a_form_about_a_child_who_has_come_of_age_writes_nowhere(world: World) -> None:
    walks.two_parents(world)
    clock, born = world.app.extensions["clock"], walks.TWIN.birth_date
    day = clock().replace(year=born.year + 18, month=born.month, day=born.day, hour=21, minute=55)
    world.forward(day - timedelta(days=1) - clock())  # five minutes before midnight, in Paris
    walks.sign_in_as(world, walks.THEIRS[0])
    walks.go_in(world)
    theirs = opened(world)
    world.forward(timedelta(minutes=10))
    refused(world, theirs, "mon espace")


def test_what_another_tab_sent_when_the_session_had_ended_is_not_found_again_here(world: World) -> None:
    """A child's allergy would stand in the parent's own form, ready to be added."""
    walks.two_parents(world)
    walks.go_in(world)
    theirs = world.walker.open("/profil-medical/allergies").form("name").fields
    world.walker.open("/famille").send(action="/famille/retour")
    world.forward(timedelta(minutes=16))
    client_of(world).post("/profil-medical/allergies", data={**theirs, "name": "Pollen"})
    walks.sign_in_as(world, walks.THEIRS[0])
    assert world.walker.open("/profil-medical/allergies").form("name").fields["name"] == ""
