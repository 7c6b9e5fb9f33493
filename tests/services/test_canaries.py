"""Twenty values that must stay secret go through whole journeys, faults included; then every trace is searched."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.support.registry import a_row, nir, write_csv
from webapp.activation import views_open as opening
from webapp.activation import walks
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.beneficiaries.importing import import_registry
from webapp.config import Settings
from webapp.mail.delivery import deliver_due
from webapp.values.card import CardType
from webapp.web.states import World
from webapp.web.walker import walk_in_process

NIR, CHILD_NIR, WRONG_NIR = nir("2870475990977"), nir("1150631992977"), nir("1550675990977")
PERSONAL = {
    "insured_nir": NIR,
    "person_nir": NIR,
    "family_name": "CANARIVOLE",
    "used_name": "SERINELLE",
    "first_names": "Quinquilla Ysolde",
    "card_serial": "40991827364",
    "email": "quinquilla.serinelle@example.org",
    "phone": "+33799992468",
    "address": "77 impasse du Colibri-Perdu",
    "postal_code": "97735",
    "city": "Plumevert-sur-Aile",
}
IDENTIFIER, PASSWORD, WRONG_PASSWORD = "oiseau.rare.31", "Volière-dorée-47", "Mangeoire-vide-58"
TYPED_SERIAL, TYPED_CODE, FAULT = "40771827364", "QQWQ TTRT XXVX", "un mot qui était dans une erreur"


def planted() -> dict[str, str]:
    """Each canary by a name for the report."""
    return {
        **{name: value for name, value in PERSONAL.items() if name != "person_nir"},
        "child's number": CHILD_NIR,
        "wrong number": WRONG_NIR,
        "identifier": IDENTIFIER,
        "password": PASSWORD,
        "wrong password": WRONG_PASSWORD,
        "typed serial": TYPED_SERIAL,
        "typed code": TYPED_CODE,
        "words of an error": FAULT,
    }


@pytest.fixture
def noisy() -> Any:
    """Every logger says everything, as on a server whose operator is looking for a fault."""
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    yield
    root.setLevel(before)


def spellings(value: str) -> set[bytes]:
    """A value as it may be spelt: as it is, in capitals, without blanks, escaped, backwards for keys."""
    forms = {
        value,
        value.upper(),
        value.lower(),
        value.replace(" ", ""),
        value.encode("unicode_escape").decode(),
    }
    if value.startswith("+33"):
        forms |= {"0" + value[3:], value[3:]}
    return {form.encode() for form in forms} | {value.encode("utf-16-le")}


def found_in(name: str, content: bytes, canaries: dict[str, str]) -> list[str]:
    return [
        f"{canary} in {name}"
        for canary, value in canaries.items()
        if any(spelling in content for spelling in spellings(value))
    ]


def database(world: World, settings: Settings) -> dict[str, bytes]:
    """The whole database: the files of SQLite, every row of every table of PostgreSQL as text."""
    engine = world.app.extensions["engine"]
    if engine.dialect.name == "sqlite":
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        return {file.name: file.read_bytes() for file in path.parent.glob(f"{path.name}*")}
    dump: dict[str, bytes] = {}
    with engine.connect() as connection:
        names = (
            connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
            .scalars()
            .all()
        )
        for name in names:
            cursor = connection.connection.cursor()
            with cursor.copy(f"COPY {name} TO STDOUT (FORMAT binary)") as copy:
                dump[name] = b"".join(bytes(part) for part in copy)
    return dump


def test_no_canary_is_found(
    world: World,
    settings: Settings,
    tmp_path: Path,
    noisy: None,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    canaries = planted()
    assert len(canaries) == 18
    engine, clock = world.app.extensions["engine"], world.app.extensions["clock"]
    child = {
        "person_nir": CHILD_NIR,
        "birth_date": "2015-06-08",
        "first_names": "Perruchon",
        "guardians": NIR,
    }
    file = write_csv(tmp_path / "canaries.csv", [a_row(**PERSONAL), a_row(**{**PERSONAL, **child})])
    assert import_registry(engine, file, clock()).accepted
    file.unlink()
    who = DemoPerson("", "", NIR, walks.ADULT.birth_date, CardType.WITH_PHOTO, PERSONAL["card_serial"])

    world.walker.open("/activation/nouveau-code").send(**{**walks.identity(who), "nir": WRONG_NIR})
    world.walker.send(**{**walks.identity(who), "card_serial": TYPED_SERIAL})
    world.walker.send(**{**walks.identity(who), "nir": NIR[:-1], "birth_day": "99"})
    codes = {"first code": walks.ask_code(world, who)}
    world.walker.send(code=TYPED_CODE)
    world.walker.send(code=codes["first code"])
    world.walker.send(decision="activate").send(accept_terms="y")
    world.walker.send(identifier=IDENTIFIER, password="trop court")

    def fail(*_: object) -> None:
        raise RuntimeError(FAULT, NIR, PASSWORD)

    with monkeypatch.context() as broken:  # in the view, then in the database, in the middle of an opening
        broken.setattr(opening, "hash_password", fail)
        world.walker.open("/activation/identifiants").send(identifier=IDENTIFIER, password=PASSWORD)
        assert world.walker.status == 500
    with monkeypatch.context() as broken:
        broken.setattr(opening, "hash_password", lambda _password: None)  # the column refuses it
        world.walker.open("/activation/identifiants").send(identifier=IDENTIFIER, password=PASSWORD)
        assert world.walker.status == 500
    world.walker.open("/activation/identifiants").send(identifier=IDENTIFIER, password=PASSWORD)
    assert world.walker.address == "/activation/terminee"

    fresh = World(walk_in_process(world.app.test_client()), world.app, world.forward)
    small = DemoPerson("", "", NIR, walks.CHILD.birth_date, CardType.WITH_PHOTO, PERSONAL["card_serial"])
    codes["second code"] = walks.ask_code(fresh, small, "sms")
    fresh.walker.send(code=codes["second code"]).send(decision="activate")
    fresh.walker.send(identifier=IDENTIFIER, password=WRONG_PASSWORD)
    fresh.walker.send(identifier=IDENTIFIER, password=PASSWORD)
    codes["access code"] = walks.newest_access_code(engine)
    fresh.walker.send(code=codes["access code"])
    assert fresh.walker.address == "/activation/terminee"
    assert deliver_due(engine, settings, clock).sent >= 4

    said = capfd.readouterr()
    places = {"stdout": said.out.encode(), "stderr": said.err.encode(), "log": caplog.text.encode()}
    places |= database(world, settings)
    for path in sorted(settings.var.rglob("*")):
        if (
            path.is_file()
            and not path.is_relative_to(settings.var / "mail")
            and not path.is_relative_to(settings.var / "sms")
        ):
            places[str(path.relative_to(settings.var))] = path.read_bytes()
    assert len(places) > 5
    assert "fault" in said.out + said.err + caplog.text  # faults were logged, without their words
    codes.pop("access code")  # six digits are met by chance in any file
    everything = {**canaries, **codes}
    assert len(everything) == 20
    assert [hit for name, content in places.items() for hit in found_in(name, content, everything)] == []


def test_the_search_finds_what_is_there() -> None:
    canaries = planted()
    for name, value in canaries.items():
        assert found_in("a file", b"xx" + value.encode() + b"yy", canaries) != [], name


def test_an_error_of_the_database_hides_what_was_sent(world: World) -> None:
    with pytest.raises(DBAPIError) as error, world.app.extensions["engine"].begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": PASSWORD})
    assert "hidden" in str(error.value)
    assert PASSWORD not in str(error.value)
