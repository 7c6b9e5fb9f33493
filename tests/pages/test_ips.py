"""The summary as a file through its pages: out, looked at, in; each line once, nobody else's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.services.test_ips_profile import ONE_OF_EACH
from tests.services.test_registry_command import Command
from tests.support.crowd import client_of
from tests.support.people import another_browser, events
from webapp.account import walks
from webapp.cli import group
from webapp.family import walks as family
from webapp.ips.reading import read
from webapp.ips.rules import LARGEST, MOST_LINES
from webapp.ips.states import A_FEW, IMPORT, file_of, upload
from webapp.journal.events import Event
from webapp.keys import Keys
from webapp.profile.rules import Kind
from webapp.profile.states import PROFILE, add
from webapp.web.states import World

pytestmark = pytest.mark.one_database("what is written goes through profile.service, tested on both")
OUT, EXAMPLES = "/profil-medical/synthese/ips.json", Path(__file__).parent.parent / "support" / "ips_examples"


def send(world: World, data: bytes) -> None:
    """Choose a file and send it."""
    form = world.walker.open(IMPORT).form("file")
    world.walker.post(IMPORT, {**form.fields, **upload(data)})


def take(world: World, data: bytes) -> None:
    """Send a file and add every line that is proposed."""
    send(world, data)
    form = world.walker.form(action=f"{IMPORT}/ajouter")
    ticked = {name: values[0] for name, values in form.choices.items()}
    world.walker.post(f"{IMPORT}/ajouter", {**form.fields, **ticked})


def test_a_file_is_looked_at_then_added_and_a_second_time_adds_nothing(signed_in: World) -> None:
    before = events(signed_in)
    send(signed_in, A_FEW)
    assert "4 lignes à ajouter" in signed_in.walker.page.text
    assert events(signed_in) == before
    assert "Asthme" not in signed_in.walker.open(PROFILE).page.text
    take(signed_in, A_FEW)
    assert signed_in.walker.address == PROFILE
    for words in ("Asthme", "70,5 kg", "Aucune allergie connue"):
        assert words in signed_in.walker.page.text
    assert events(signed_in)[len(before) :] == [Event.PROFILE_CHANGED]
    send(signed_in, A_FEW)
    assert "Rien à ajouter" in signed_in.walker.page.text


def test_only_what_is_ticked_is_added(signed_in: World) -> None:
    send(signed_in, A_FEW)
    form = signed_in.walker.form(action=f"{IMPORT}/ajouter")
    asthma = next(name for name, values in form.choices.items() if "Asthme" in values[0])
    fields = {name: form.fields[name] for name in ("csrf_token", "once")}
    signed_in.walker.post(
        f"{IMPORT}/ajouter", {**fields, asthma: form.choices[asthma][0], "line-x": '["no",{},""]'}
    )
    assert "Asthme" in signed_in.walker.page.text
    assert "70,5 kg" not in signed_in.walker.page.text


def test_a_file_of_somebody_else_is_said_and_nothing_is_ticked(signed_in: World) -> None:
    send(signed_in, (EXAMPLES / "Bundle-IPS-examples-Bundle-01.json").read_bytes())
    assert "Ce n’est pas la date de naissance" in signed_in.walker.page.text
    assert "Hemoglobin A1c" in signed_in.walker.page.text
    assert not [
        name for name in signed_in.walker.form(action=f"{IMPORT}/ajouter").fields if name.startswith("line")
    ]


def test_what_is_said_already_or_otherwise_is_not_proposed(signed_in: World) -> None:
    add("ASTHME")(signed_in)
    add("Pénicilline", at="/profil-medical/allergies")(signed_in)
    send(signed_in, A_FEW)
    assert "2 lignes à ajouter" in signed_in.walker.page.text
    assert "Aucune allergie connue, alors qu’il y en a" in signed_in.walker.page.text
    assert "no-allergy" not in signed_in.walker.body


def test_what_is_named_already_with_other_details_is_not_ticked(signed_in: World) -> None:
    add("asthme")(signed_in)
    send(
        signed_in,
        file_of((Kind.ILLNESS, {"name": "Asthme", "since": "2012"}), (Kind.ILLNESS, {"name": "Toux"})),
    )
    text, form = signed_in.walker.page.text, signed_in.walker.form(action=f"{IMPORT}/ajouter")
    assert "Asthme, depuis 2012 Déjà dans le profil, dit autrement" in text
    assert len(form.choices) == 2


def test_the_file_that_goes_out_comes_in_elsewhere(signed_in: World) -> None:
    add("Toux")(signed_in)
    client = client_of(signed_in)
    answer = client.get(OUT)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("application/fhir+json", "no-store")
    assert "attachment" in answer.headers["Content-Disposition"]
    found = read(answer.data)
    assert [(line.kind, line.said) for line in found.lines] == [("illness", {"name": "Toux"})]
    take(signed_in, file_of(*ONE_OF_EACH))  # every detail is held, and goes out again
    sent, back = read(file_of(*ONE_OF_EACH)), read(client.get(OUT).data)
    assert {line.key for line in back.lines} == {line.key for line in (*found.lines, *sent.lines)}
    assert another_browser(signed_in).walker.open(OUT).address == "/connexion"


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 10_000, b"{}"], ids=len)
def test_what_cannot_be_read_is_refused_kindly(signed_in: World, data: bytes) -> None:
    send(signed_in, data)
    assert signed_in.walker.status == 422
    assert signed_in.walker.page.title.startswith("Erreur")
    assert signed_in.walker.form("file").action == ""


def test_what_is_far_too_large_is_not_even_read(signed_in: World) -> None:
    send(signed_in, b" " * (LARGEST + 70_000))
    assert signed_in.walker.status == 413
    assert signed_in.walker.page.h1 == "Ajouter un résumé médical"


def test_a_child_has_its_own_and_a_frozen_one_stays_as_it_is(world: World) -> None:
    father = family.shared(world)
    family.go_in(world)
    take(world, A_FEW)
    assert "Asthme" in world.walker.open(PROFILE).page.text
    send(world, A_FEW.replace(b"Asthme", b"Rhume"))
    form = world.walker.form(action=f"{IMPORT}/ajouter")
    family.disagree(father)
    world.walker.post(f"{IMPORT}/ajouter", {**form.fields, "line-0": '["illness",{"name":"Rhume"},""]'})
    assert world.walker.status == 409
    assert "Rhume" not in world.walker.open(PROFILE).page.text
    world.walker.send(action="/famille/retour")
    assert "Asthme" not in world.walker.open(PROFILE).page.text


def _command(world: World, keys: Keys, tmp_path: Path, *arguments: str) -> Result:
    url = world.app.extensions["engine"].url.render_as_string(hide_password=False)
    environment = Command(url, keys, tmp_path).environment
    return CliRunner().invoke(group, ["record", "import", *arguments], env=environment)


def test_the_command_takes_a_file_once_and_no_one_elses(signed_in: World, keys: Keys, tmp_path: Path) -> None:
    file = tmp_path / "resume.json"
    file.write_bytes(A_FEW)
    mine = ("--identifier", walks.IDENTIFIER, str(file))
    assert "born on another day" in _command(signed_in, keys, tmp_path, *mine).output
    assert "Asthme" not in signed_in.walker.open(PROFILE).page.text
    for said in ("4 entries added, 0 already", "0 entries added, 4 already"):
        assert said in _command(signed_in, keys, tmp_path, "--any-birth-date", *mine).output
    assert "Asthme" in signed_in.walker.open(PROFILE).page.text
    assert events(signed_in).count(Event.PROFILE_CHANGED) == 1
    assert _command(signed_in, keys, tmp_path, "--identifier", "personne.99", str(file)).exit_code == 1
    file.write_text("{}")
    wrong = _command(signed_in, keys, tmp_path, *mine)
    assert (wrong.exit_code, json.dumps("not a summary")[1:-1] in wrong.output) == (1, True)


def test_as_many_lines_as_are_shown_at_once_are_added_at_once(signed_in: World) -> None:
    """More than an ordinary form may hold: the rest is proposed by the same file again."""
    said = [(Kind.ILLNESS, {"name": f"{number} " + "é" * 190}) for number in range(MOST_LINES + 5)]
    take(signed_in, file_of(*said))
    assert signed_in.walker.address == PROFILE
    send(signed_in, file_of(*said))
    assert "5 lignes à ajouter" in signed_in.walker.page.text
