"""The inbox, through the front: what waits, what is read, put away and found, and whose it is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.support.crowd import client_of, hidden
from tests.support.people import another_browser
from webapp.account import walks as account
from webapp.db.work import reading
from webapp.family.walks import go_in, shared, sign_in_as
from webapp.inbox import walks
from webapp.inbox.models import Message
from webapp.web.models import VisitRow
from webapp.web.states import World

INBOX = walks.INBOX
MARK = f"{INBOX}/non-lus"
BY_ITSELF = {"HX-Request": "true"}
LISTS = (INBOX, f"{INBOX}/a-lire", f"{INBOX}/archives", f"{INBOX}/recherche")
ACTS = ("non-lu", "archiver", "reprendre")


def shown(world: World, address: str = INBOX) -> list[str]:
    """The subjects in a list, in order."""
    body = world.walker.open(address).body.partition("<main")[2]
    return re.findall(r'<a href="/messagerie/[0-9a-f-]{36}"><(?:b|span)>([^<]+)<', body)


def message_mark(world: World) -> str:
    """What the link of the menu says."""
    found = re.search(r'aria-label="Messagerie, ([^"]+)"', world.walker.body)
    return found[1] if found else ""


def rows(world: World) -> int:
    with reading(world.app.extensions["engine"]) as session:
        return session.scalar(select(func.count()).select_from(Message)) or 0


def test_a_new_space_holds_exactly_one_message_which_is_read_once_opened(world: World) -> None:
    walks.enter(world)
    assert message_mark(world) == "1 message non lu"
    page = world.walker.open(INBOX).page
    assert page.title == "Messagerie (1 message non lu) – Mon espace santé"
    assert page.text.count("Non lu") == 1
    assert shown(world) == ["Bienvenue dans votre espace"]
    assert "<b>Bienvenue dans votre espace</b>" in world.walker.body
    world.walker.click("Bienvenue")
    assert world.walker.page.h1 == "Bienvenue dans votre espace"
    assert message_mark(world) == ""
    page = world.walker.open(INBOX).page
    assert page.title == "Messagerie – Mon espace santé"
    assert "<b>Bienvenue" not in world.walker.body
    assert "Non lu" not in page.text


def test_it_is_unread_again_put_away_and_taken_back(world: World) -> None:
    walks.enter(world)
    address = walks.newest(world)
    world.walker.open(address).send(action=f"{address}/non-lu")
    assert world.walker.address == INBOX
    assert "de nouveau marqué" in world.walker.page.text
    assert message_mark(world) == "1 message non lu"
    walks.archive(world)
    assert message_mark(world) == ""
    assert shown(world) == []
    assert shown(world, f"{INBOX}/archives") == ["Bienvenue dans votre espace"]
    world.walker.open(INBOX).send(action=f"{address}/reprendre")
    assert shown(world) == ["Bienvenue dans votre espace"]
    assert shown(world, f"{INBOX}/archives") == []
    world.forward(timedelta(minutes=2))
    assert "de retour" not in world.walker.open(INBOX).page.text
    assert rows(world) == 1


def test_a_page_of_one_space_says_and_does_nothing_in_another(world: World) -> None:
    walks.enter_child(world)
    address = walks.newest(world)
    theirs = world.walker.open(address).form(action=f"{address}/archiver").fields
    walks.archive(world)
    world.walker.open("/famille").send(action="/famille/retour")
    assert "C’est archivé" not in world.walker.open(INBOX).page.text
    answer = client_of(world).post(f"{address}/reprendre", data=theirs)
    assert answer.status_code == 409
    assert "autre espace" in answer.text


def test_lists_of_twenty_follow_each_other_newest_first(world: World) -> None:
    walks.enter(world)
    walks.receive(world, 44)
    subjects = shown(world)
    assert len(subjects) == 20
    for _ in range(2):
        world.walker.click("Voir plus ancien")
        assert world.walker.page.h1 == "Messagerie, suite"
        more = re.findall(r"<b>([^<]+)</b>", world.walker.body.partition("<main")[2])
        assert len(more) in (20, 5)
        subjects += more
    assert len(subjects) == len(set(subjects)) == 45
    numbers = [int(one.rsplit(" ", 1)[1]) for one in subjects if "Nouvelle" in one]
    assert numbers == sorted(numbers, reverse=True)
    assert "Voir plus ancien" not in world.walker.page.text
    assert len(shown(world, f"{INBOX}/a-lire")) == 20


@pytest.mark.one_database("an address is read before it")
@pytest.mark.parametrize(
    "place", ["hier", "", "0", "../..", "0" * 32, "00000000-0000-7000-8000-000000000000"]
)
def test_a_place_that_cannot_be_is_not_found(world: World, place: str) -> None:
    walks.enter(world)
    for address in LISTS:
        assert client_of(world).get(f"{address}?avant={place}").status_code == 404


def test_words_are_found_by_their_beginning_without_accents_and_stay_out_of_addresses(world: World) -> None:
    walks.enter(world)
    walks.receive(world, 30, "Été à Besançon, sœur")
    walks.archive(world)
    for words, count in (("BESANCON soeu", 20), ("ete page", 20), ("esancon", 0), ("bienvenue", 1)):
        walks.look_for(world, words)
        assert world.walker.address == f"{INBOX}/recherche"
        assert len(shown(world, f"{INBOX}/recherche")) == count, words
    walks.look_for(world, "été")
    assert world.walker.page.text.count("Archivé") == 1 + 1  # the name of the list, and the newest
    world.walker.click("Chercher plus loin")
    assert len(re.findall("<b>Été", world.walker.body)) == 10
    assert 'value="été"' in world.walker.body
    assert world.walker.page.title.startswith("Messages trouvés, suite")
    walks.look_for(world, "introuvable")
    assert "Aucun message ne contient ces mots" in world.walker.page.text


def test_the_mark_updates_by_itself(world: World) -> None:
    walks.enter(world)
    client = client_of(world)
    assert client.get(f"{MARK}?vu=1", headers=BY_ITSELF).status_code == 204
    walks.receive(world, 1)
    answer = client.get(f"{MARK}?vu=1", headers=BY_ITSELF)
    assert answer.status_code == 200
    page = world.walker.open("/compte").body
    assert answer.text.partition("<!--")[0].strip() in page
    assert 'aria-label="Messagerie, 2 messages non lus"' in page
    walks.receive(world, 120)
    assert 'aria-label="Messagerie, 99+ messages non lus"' in client.get(MARK, headers=BY_ITSELF).text
    assert client.get(f"{MARK}?vu=99%2B", headers=BY_ITSELF).status_code == 204


def test_the_mark_prolongs_no_session_and_takes_nobody_away_from_a_page(world: World) -> None:
    walks.enter(world)
    client = client_of(world)

    def last_seen() -> object:
        with reading(world.app.extensions["engine"]) as session:
            return session.scalars(
                select(VisitRow.last_seen_at).where(VisitRow.account_id.is_not(None))
            ).all()

    before = last_seen()
    for _ in range(14):
        world.forward(timedelta(minutes=1))
        assert client.get(f"{MARK}?vu=1", headers=BY_ITSELF).status_code == 204
    assert last_seen() == before
    world.forward(timedelta(minutes=2))
    answer = client.get(f"{MARK}?vu=1", headers=BY_ITSELF)
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == (204, None)
    assert client.get(MARK).headers["Location"].startswith("/connexion")
    assert world.walker.open("/accueil").address == "/connexion"


@pytest.mark.one_database("what a page holds is decided before it")
def test_whoever_saves_data_is_asked_for_nothing(world: World) -> None:
    walks.enter(world)
    client = client_of(world)
    assert 'hx-get="/messagerie/non-lus?vu=1"' in client.get("/accueil").text
    for address in ("/accueil", INBOX):
        light = client.get(address, headers={"Save-Data": "on"}).text
        assert "hx-get" not in light
        assert "htmx" not in light
        assert 'aria-label="Messagerie, 1 message non lu"' in light
    for address in ("http://[", "//[x]", "é<b>"):  # no page: it stands nowhere in the menu
        answer = client.get(f"{MARK}?vu=0", headers={**BY_ITSELF, "HX-Current-URL": address})
        assert "aria-current" not in answer.text
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "header", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}]
)
def test_a_page_fetched_ahead_is_not_read(world: World, header: dict[str, str]) -> None:
    walks.enter(world)
    client, address = client_of(world), walks.newest(world)
    assert client.get(address, headers=header).status_code == client.head(address).status_code == 200
    world.walker.open(INBOX)
    assert message_mark(world) == "1 message non lu"


def test_every_message_is_only_for_whoever_is_in_its_space(world: World) -> None:
    """Every address with an id × every role: nothing is read, nothing is changed, the same page as for no message."""
    walks.enter(world)
    address = walks.newest(world)
    account.make_account(
        world, account.PARENT, identifier="nadia.belombriere", opens=(account.PARENT, account.CHILD)
    )
    stranger, visitor = another_browser(world), another_browser(world)
    sign_in_as(stranger, "nadia.belombriere")
    child = another_browser(world)
    sign_in_as(child, "nadia.belombriere")
    go_in(child)
    unknown = f"{INBOX}/00000000-0000-7000-8000-000000000000"
    before = state_of_rows(world)
    for who in (stranger, child):
        client = client_of(who)
        token = hidden(client.get("/compte").text, "csrf_token")
        for path in (address, unknown):
            assert client.get(path).status_code == 404
            assert client.get(f"{INBOX}?avant={path.rpartition('/')[2]}").status_code == 404
            for act in ACTS:
                assert client.get(f"{path}/{act}").status_code == 405
                assert client.post(f"{path}/{act}", data={"csrf_token": token}).status_code == 404
    client = client_of(visitor)
    token = hidden(client.get("/connexion").text, "csrf_token")
    assert client.get(address).headers["Location"].startswith("/connexion")
    for act in ACTS:
        answer = client.post(f"{address}/{act}", data={"csrf_token": token})
        assert answer.headers["Location"].startswith("/connexion")
        assert client_of(world).post(f"{address}/{act}").status_code == 403
    assert state_of_rows(world) == before
    assert client_of(world).get(address).status_code == 200


def state_of_rows(world: World) -> list[tuple[object, ...]]:
    with reading(world.app.extensions["engine"]) as session:
        found = session.execute(
            select(Message.id, Message.read_at, Message.archived_at).order_by(Message.id)
        ).all()
    return [tuple(row) for row in found]


def test_a_guardian_is_in_the_child_s_inbox_but_for_what_the_child_keeps(world: World) -> None:
    walks.enter_child(world)
    assert shown(world) == ["Bienvenue dans cet espace"]
    walks.receive(world, 1, "Gardé pour soi", confidential=True)
    assert shown(world) == ["Bienvenue dans cet espace"]
    assert message_mark(world) == "1 message non lu"
    walks.look_for(world, "garde")
    assert shown(world, f"{INBOX}/recherche") == []
    with reading(world.app.extensions["engine"]) as session:
        kept = session.scalars(select(Message.id).where(Message.confidential)).all()
    for one in kept:
        assert client_of(world).get(f"{INBOX}/{one}").status_code == 404
    world.walker.open("/accueil").send(action="/famille/retour")
    assert shown(world)[0] == "Gardé pour soi 1"  # one's own
    assert shown(world, f"{INBOX}/recherche") == []


def test_another_guardian_is_told_in_the_space_and_by_a_letter_that_says_nothing(world: World) -> None:
    shared(world)
    go_in(world)
    assert "Une personne de plus a accès à cet espace" in shown(world)
    letter = account.newest_letter(world.app.extensions["engine"], "message-waiting")
    told = " ".join(str(value) for value in letter.values())
    assert "Un message vous attend" in told
    assert "une personne de plus" not in told.lower()
    assert "Anaïs" not in told


@pytest.mark.one_database("the same rows on both")
def test_a_reopened_space_says_so_and_has_kept_its_messages(world: World) -> None:
    walks.enter(world)
    walks.close(world)
    assert "espace est fermé" in world.walker.open(INBOX).page.text
    assert message_mark(world) == ""
    world.walker.open("/compte/rouvrir").send(accept_terms="y")
    assert shown(world) == [
        "Cet espace est rouvert",
        "Justificatif de fermeture",
        "Bienvenue dans votre espace",
    ]
