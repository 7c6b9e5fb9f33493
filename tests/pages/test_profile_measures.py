"""Measures: a form that understands, a table by pages, a plot that is read out, an index that is put into words."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from tests.pages.test_profile import other_person
from tests.support.crowd import client_of
from webapp.family import walks as family
from webapp.profile.rules import Kind
from webapp.profile.states import PRESSURE, PROFILE, WEIGHT, add, first_entry
from webapp.profile.walks import measured
from webapp.web.states import World

HEIGHT, GLUCOSE = "/profil-medical/taille", "/profil-medical/glycemie"
one_database = pytest.mark.one_database("tests/services/test_profile_listing.py has both")


@one_database
@pytest.mark.parametrize(
    ("at", "field", "typed", "words"),
    [
        (PRESSURE, "pressure", "12,8", "120/80 mmHg"),
        (GLUCOSE, "glucose", "6,1 mmol/L", "1,099 g/L (6,1 mmol/L)"),
        ("/profil-medical/temperature", "temperature", "37,2", "37,2 °C"),
        ("/profil-medical/douleur", "pain", "4/10", "4 sur 10"),
        ("/profil-medical/coeur", "heart_rate", "72", "72 battements par minute"),
        ("/profil-medical/oxygene", "oxygen", "97 %", "97 %"),
        (HEIGHT, "height_m", "172", "1,72 m"),
    ],
)
def test_a_measure_is_understood_and_read_back(
    signed_in: World, at: str, field: str, typed: str, words: str
) -> None:
    add(typed, at=at, field=field, note="Au repos")(signed_in)
    for page in (at, PROFILE):
        assert words in signed_in.walker.open(page).page.text
    assert "Au repos" in signed_in.walker.open(at).page.text
    assert '<svg class="draw plot"' not in signed_in.walker.body
    address = first_entry(signed_in, at)
    signed_in.walker.open(address).send(note="Après une marche")
    text = signed_in.walker.open(address).page.text
    assert "Au repos" in text
    assert "Après une marche" in text


@one_database
def test_a_measure_is_of_today_unless_another_day_is_said(signed_in: World) -> None:
    fields = signed_in.walker.open(WEIGHT).form("weight_kg").fields
    assert [fields[name] for name in ("day", "month", "year")] == ["2", "3", "2026"]
    add("70", at=WEIGHT, field="weight_kg", day="1", month="2", year="2026")(signed_in)
    assert "le 1er février 2026" in signed_in.walker.open(PROFILE).page.text
    signed_in.walker.open(WEIGHT)
    late = {**signed_in.walker.form("weight_kg").fields, "weight_kg": "70", "day": "3"}
    for wrong in (late, {**late, "day": ""}, {**late, "day": "", "month": "", "year": ""}):
        assert signed_in.walker.post(WEIGHT, wrong).status == 422
    assert signed_in.walker.page.text.count("Écrivez le jour de la mesure") == 2


@one_database
def test_the_plot_is_an_image_that_is_read_out_and_bears_no_style(signed_in: World) -> None:
    measured(signed_in, Kind.BLOOD_PRESSURE, [{"systolic": 120 + n, "diastolic": 80 - n} for n in range(9)])
    body = signed_in.walker.open(PRESSURE).body
    plot = body[body.index('<svg class="draw plot"') :]
    plot = plot[: plot.index("</svg>")]
    assert 'role="img"' in plot
    assert "9 mesures\u202f; première\u202f: 120/80" in plot
    assert "la plus haute\u202f: 128/72" in plot
    assert plot.count('<path class="here"') == 2
    assert "style=" not in plot
    assert len(plot) < 3_000
    assert "Tirets\u202f: le plus bas nombre" in body


@one_database
def test_the_index_of_an_adult_is_put_into_words(signed_in: World) -> None:
    add("172", at=HEIGHT, field="height_m")(signed_in)
    add("70", at=WEIGHT, field="weight_kg")(signed_in)
    text = signed_in.walker.open(WEIGHT).page.text
    assert (
        "Indice de masse corporelle (IMC) : 23,7 . Entre 18,5 et 24,9, l’OMS parle de corpulence normale."
        in text
    )


@one_database
def test_no_range_is_said_of_a_child(world: World) -> None:
    family.two_parents(world)
    family.go_in(world)
    add("120", at=HEIGHT, field="height_m")(world)
    add("22", at=WEIGHT, field="weight_kg")(world)
    text = world.walker.open(WEIGHT).page.text
    assert "(IMC) : 15,3" in text
    assert "carnet de santé" in text
    assert "OMS" not in text


@one_database
def test_the_table_goes_on_by_pages(signed_in: World) -> None:
    measured(signed_in, Kind.WEIGHT, [{"value": 60_000 + 100 * place} for place in range(45)])
    seen = []
    walker = signed_in.walker.open(WEIGHT)
    for _page in range(3):
        seen += [
            words for href, words in walker.page.links if href.startswith(f"{WEIGHT}/") and "kg" in words
        ]
        if "Voir plus ancien" in walker.page.text:
            walker.click("Voir plus ancien")
    assert seen == [
        f"{60 + place / 10:.1f}".replace(".0", "").replace(".", ",") + "\u202fkg"
        for place in range(44, -1, -1)
    ]
    assert "suite" in walker.page.h1
    assert not [form for form in walker.page.forms if "weight_kg" in form.fields]


@one_database
def test_a_place_that_is_no_entry_of_this_part_is_not_there(signed_in: World) -> None:
    measured(signed_in, Kind.WEIGHT, [{"value": 70_000}] * 25)
    own = first_entry(signed_in, WEIGHT).rpartition("/")[2]
    them = other_person(signed_in)
    assert signed_in.walker.open(f"{WEIGHT}?avant={own}").status == 200
    assert signed_in.walker.open(f"{HEIGHT}?avant={own}").status == 404
    assert them.walker.open(f"{WEIGHT}?avant={own}").status == 404
    for wrong in ("hier", own.upper(), own.replace("-", "")):
        assert signed_in.walker.open(f"{WEIGHT}?avant={wrong}").status == 404
    assert signed_in.walker.open("/profil-medical/maladies/courbe").status == 404


def test_as_many_queries_for_thirty_measures_as_for_three_thousand(world: World) -> None:
    from webapp.account import walks

    walks.make_account(world)
    walks.sign_in(world)
    addresses = (PROFILE, WEIGHT, f"{WEIGHT}/courbe", f"{WEIGHT}?avant=")
    counts = []
    for more in (30, 2_970):
        measured(world, Kind.WEIGHT, ({"value": 70_000 + place % 900} for place in range(more)), every=1)
        measured(world, Kind.HEIGHT, [{"value": 172}])
        older = next(href for href, words in world.walker.open(WEIGHT).page.links if "ancien" in words)
        counts.append([queries(world, address) for address in (*addresses[:3], older)])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 4, counts
    assert "La courbe de toutes les mesures" in world.walker.open(WEIGHT).page.text
    assert "3\u202f000 mesures" in world.walker.open(f"{WEIGHT}/courbe").body


def queries(world: World, address: str) -> int:
    """How many SELECTs a page costs."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = world.app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    assert client_of(world).get(address).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    return sum(one.lstrip().startswith(("SELECT", "(SELECT")) for one in seen)
