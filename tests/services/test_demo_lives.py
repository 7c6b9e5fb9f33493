"""The lives of the demonstration: told once, whole, and every page of those who have them can be looked at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select

from tests.support.crowd import client_of
from tests.support.people import another_browser
from tests.support.world import MORNING
from webapp.account import walks
from webapp.account.models import Account
from webapp.account.service import account_named
from webapp.cli import lives
from webapp.cli.lives.child import GROWTH, grown
from webapp.db.work import reading
from webapp.documents.models import Document, LooseFile
from webapp.family.walks import go_in
from webapp.inbox.models import Message
from webapp.journal.checking import verify_chain
from webapp.journal.models import JournalEntry
from webapp.mail.models import OutboxRow
from webapp.profile.models import ProfileEntry
from webapp.profile.parts import PARTS
from webapp.values.password import refuse_password
from webapp.web.states import World

BARS = {"/accueil": 3_500, "/profil-medical": 8_000, "/documents": 3_500, "/messagerie": 3_500}
MOST = 4


@pytest.fixture
def told(world: World) -> World:
    """The lives, and nobody signed in."""
    settings, engine = world.app.extensions["settings"], world.app.extensions["engine"]
    world.go("lives", lambda: lives.tell_lives(settings, engine, MORNING))
    return world


def sign_in(world: World, number: int) -> None:
    identifier = lives.ACCOUNTS[number].identifier
    fields = {"identifier": identifier, "password": lives.PASSWORD, "channel": "email"}
    world.walker.open("/connexion").send(**fields)
    world.walker.send(code=walks.newest_access_code(world.app.extensions["engine"]))


def test_it_is_told_by_the_services_without_a_letter_and_never_ahead_of_the_clock(told: World) -> None:
    with reading(told.app.extensions["engine"]) as session:
        assert session.scalar(select(func.count()).select_from(OutboxRow)) == 0
        assert session.scalar(select(func.count()).select_from(LooseFile)) == 0
        assert verify_chain(session) == []
        for moment in (Document.added_at, Message.sent_at, ProfileEntry.written_at, JournalEntry.at):
            assert session.scalar(select(moment).where(moment > MORNING).limit(1)) is None, moment
        for day in (Document.dated_on, ProfileEntry.happened_on):
            assert session.scalar(select(day).where(day > date(2026, 3, 2)).limit(1)) is None, day
        assert session.scalar(select(func.count()).where(Document.hidden)) == 1
        assert session.scalar(select(func.count()).where(Document.deleted_at.is_not(None))) == 1
        for terms, accepted in session.execute(select(Account.terms_version, Account.terms_accepted_at)):
            assert terms <= accepted.date().isoformat()  # nobody accepts what is not written yet
        for account in lives.ACCOUNTS:
            assert account_named(session, account.identifier), account
            assert refuse_password(lives.PASSWORD, (account.name, account.identifier)) is None


def addresses(world: World) -> list[str]:
    """The main pages of whoever is in a space, and the first entry, document and message of each list."""
    found = ["/accueil", "/profil-medical", "/documents", "/documents/corbeille", "/documents/recherche"]
    found += ["/messagerie", "/messagerie/a-lire", "/messagerie/archives", "/famille", "/compte/activite"]
    for part in PARTS:
        at = f"/profil-medical/{part.slug}"
        found += [at, f"{at}/courbe"] if part.measured else [at]
    for at in list(found):
        links = [href for href, _words in world.walker.open(at).page.links]
        found += [href for href in links if href.startswith(f"{at}/") and len(href) > 40][:1]
        found += [href for href in links if href.startswith(f"{at}?avant=")][:1]
    return list(dict.fromkeys(found))


def looked_at(world: World) -> dict[str, tuple[int, int]]:
    """Open every main page: the SELECTs and the bytes of each; nothing is written but that a message was read."""
    client, engine = client_of(world), world.app.extensions["engine"]
    found: dict[str, tuple[int, int]] = {}
    for address in addresses(world):
        said: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object, said: list[str] = said) -> None:
            said.append(statement.lstrip("( "))

        event.listen(engine, "before_cursor_execute", note)
        page = client.get(address, headers={"Accept-Encoding": "br"})
        event.remove(engine, "before_cursor_execute", note)
        assert page.status_code == 200, address
        wrote = [one for one in said if one.startswith(("INSERT", "DELETE", "UPDATE"))]
        assert all(one.startswith(("UPDATE visits", "UPDATE messages SET read_at")) for one in wrote), wrote
        found[address] = sum(one.startswith("SELECT") for one in said), len(page.data)
    return found


def test_every_page_of_the_family_is_full_and_light(told: World) -> None:
    sign_in(told, 0)
    text = told.walker.open("/accueil").page.text
    for said in ("Nadia", "Lévothyroxine", "Grippe", "Ordonnance"):
        assert said in text
    own = looked_at(told)
    assert [at for at in own if at.startswith("/documents?avant=")]
    assert [at for at in own if at.startswith("/messagerie?avant=")]
    go_in(told)
    child = told.walker.open("/accueil").page.text
    assert "Léo" in child
    assert "À faire maintenant" not in child
    for address, (reads, weight) in [*own.items(), *looked_at(told).items()]:
        assert reads <= MOST, (address, reads)
        assert weight <= BARS.get(address, 8_000), address


@pytest.mark.one_database("what is shown is read by services that are tried on both")
def test_what_is_looked_for_is_found(told: World) -> None:
    sign_in(told, 0)
    told.walker.open("/documents/recherche").send(words="échographie")
    assert "Échographie de la thyroïde" in told.walker.page.text
    told.walker.open("/messagerie/recherche").send(words="grippe")
    assert "La vaccination contre la grippe" in told.walker.page.text
    assert "Kinésithérapie" not in told.walker.open("/accueil").page.text, "it is over"
    told.walker.open("/profil-medical/traitements")
    assert told.walker.page.text.index("Lévothyroxine") < told.walker.page.text.index("Kinésithérapie")
    assert 'href="/profil-medical" aria-current="true"' in told.walker.body
    assert "séance" in told.walker.click("Kinésithérapie").page.text


@pytest.mark.one_database("what is shown is read by services that are tried on both")
def test_two_accounts_corrected_one_treatment_and_somebody_has_nothing(told: World) -> None:
    sign_in(told, 1)
    go_in(told)
    links = told.walker.open("/profil-medical/traitements").page.links
    entry = next(href for href, words in links if href.startswith("/profil-medical/traitements/"))
    text = told.walker.open(entry).page.text
    for dose in ("10 gouttes par jour", "15 gouttes par jour", "un jour sur deux"):
        assert dose in text
    alone = another_browser(told)
    sign_in(alone, 3)
    assert "il reste 5 questions sur 5" in alone.walker.open("/accueil").page.text.replace("\u202f", " ")
    assert "Bienvenue dans votre espace" in alone.walker.open("/messagerie").page.text


def test_a_child_grows() -> None:
    heights = [grown(years / 4)[0] for years in range(73)]
    assert heights == sorted(heights)
    assert heights[0] == GROWTH[0][1]
    assert grown(30) == GROWTH[-1][1:]


@pytest.mark.one_database("days are counted, not read")
@pytest.mark.parametrize("days", [117, 6_000])
def test_it_can_be_told_on_any_day(world: World, days: int) -> None:
    now = MORNING + timedelta(days=days, hours=-6)
    lives.tell_lives(world.app.extensions["settings"], world.app.extensions["engine"], now)
    with reading(world.app.extensions["engine"]) as session:
        written = ProfileEntry.written_at
        assert session.scalar(select(written).where(written > now).limit(1)) is None
        assert len(session.scalars(select(Document.id)).all()) > 40
