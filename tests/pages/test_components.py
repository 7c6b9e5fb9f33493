"""The components alone, with real WTForms fields: valid HTML, where every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from wtforms import BooleanField, Form, PasswordField, RadioField, StringField

from webapp.web.forms import offer

TEMPLATES = Path(__file__).parents[2] / "templates"
MISSING = "Le numéro doit avoir 15 caractères\u202f: il en manque 2"


class Everything(Form):
    """One field of each kind."""

    nir = StringField("Numéro de sécurité sociale")
    day = StringField("Jour")
    month = StringField("Mois")
    year = StringField("Année")
    decision = RadioField("Ma décision", choices=offer(("activate", "J’ouvre"), ("oppose", "Je m’oppose")))
    password = PasswordField("Mot de passe")
    accept_terms = BooleanField("J’accepte")
    refusal: str | None = None


@pytest.fixture
def ui() -> Any:
    """Return the components as pages see them."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("components/ui.html").module


def rules(*kept: bool) -> list[SimpleNamespace]:
    """Return states of rules, kept or not."""
    return [
        SimpleNamespace(rule=SimpleNamespace(label_fr=f"règle {n}"), kept=one) for n, one in enumerate(kept)
    ]


def page_of(ui: Any, form: Everything) -> Any:
    """Return the tree of a page with every component; html5lib refuses what is not valid."""
    body = "".join(
        (
            ui.error_summary(form),
            ui.field(form.nir, hint="15 caractères", code=True, drawing=ui.card_with_photo()),
            ui.birth_date(form.day, form.month, form.year),
            ui.choices(form.decision, details={"oppose": "Aucun espace"}, hint="Rien n’est coché d’avance"),
            ui.password(form.password, "new-password", rules=rules(True, False), rules_url="/regles"),
            ui.checkbox(form.accept_terms, hint="On peut les relire"),
            ui.facts([("Nom", "Camille <b>Durand</b>")]),
            ui.lines([{"href": "/1", "title": "Bienvenue", "unread": True}, {"title": "Sans lien"}]),
            ui.table("Documents", ["Nom", "Date"], [["Analyse", "hier"]]),
        )
    )
    source = f"<!doctype html><html lang='fr'><head><title>x</title></head><body>{body}</body></html>"
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(source)


def mistaken() -> Everything:
    """Return a form where everything is to be corrected."""
    form = Everything()
    for field in form:
        field.errors = [f"À corriger\u202f: {field.name}"]
    form.nir.errors = [MISSING]
    form.day.errors = form.month.errors = ["Ce jour n’existe pas"]
    return form


@pytest.mark.parametrize("form", [Everything, mistaken], ids=["untouched", "mistaken"])
def test_every_reference_leads_somewhere(ui: Any, form: Callable[[], Everything]) -> None:
    """Labels, descriptions and links of the summary point at ids that exist, each once."""
    tree = page_of(ui, form())
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    asked = [
        reference
        for element in tree.iter()
        for name in ("for", "aria-describedby")
        for reference in (element.get(name) or "").split()
    ]
    asked += [link.get("href")[1:] for link in tree.iter("a") if link.get("href").startswith("#")]
    assert asked
    assert set(asked) <= set(ids)


def test_the_same_words_in_the_summary_and_at_the_field(ui: Any) -> None:
    """RGAA 11.10: said above, said at the field, and the field is marked."""
    tree = page_of(ui, mistaken())
    words = {p.get("id"): p.text for p in tree.iter("p") if p.get("class") == "wrong-text"}
    links = {link.text: link.get("href") for link in tree.iter("a")}
    assert words["nir-erreur"] == MISSING
    assert links[MISSING] == "#nir"
    assert links["Ce jour n’existe pas"] == "#day"
    assert set(words.values()) <= set(links)
    assert next(e for e in tree.iter("input") if e.get("id") == "nir").get("aria-invalid") == "true"


def test_an_untouched_form_has_no_summary(ui: Any) -> None:
    """Nothing is said before there is something to say."""
    assert ui.error_summary(Everything()).strip() == ui.error_prefix(Everything()).strip() == ""


def test_a_refusal_is_said_first_and_marks_the_title(ui: Any) -> None:
    """A refusal of the whole form has no field to lead to."""
    form = Everything()
    form.refusal = "Ce code ne correspond pas."
    assert "Ce code ne correspond pas." in ui.error_summary(form)
    assert "<ul>" not in ui.error_summary(form)
    assert ui.error_prefix(form) == "Erreur\u202f: "


def test_neither_choice_weighs_more(ui: Any) -> None:
    """Nothing preselected, the same elements with the same classes for both."""
    labels = [e for e in page_of(ui, Everything()).iter("label") if e.get("class") == "choice"][:2]
    assert all("checked" not in label.find("input").attrib for label in labels)
    assert len({tuple(label.attrib.items()) for label in labels}) == 1


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ((False, False), "0 règle sur 2 respectée"),
        ((True, False), "1 règle sur 2 respectée"),
        ((True, True), "2 règles sur 2 respectées"),
    ],
)
def test_one_short_sentence_says_the_rules(ui: Any, kept: tuple[bool, ...], sentence: str) -> None:
    """The polite region holds the sentence alone; the list is outside it."""
    tree = html5lib.parseFragment(ui.rules(rules(*kept)), namespaceHTMLElements=False)
    regions = [element for element in tree.iter() if element.get("role") == "status"]
    assert ["".join(region.itertext()) for region in regions] == [sentence]


def test_what_people_write_stays_text(ui: Any) -> None:
    """Values are escaped."""
    assert "<b>" not in ui.facts([("Nom", "<b>Durand</b>")])
