"""Views and addresses of the Django site that the bench compares with (imported once it is set up)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tests.bench.django_site.models import Beneficiary, Card
from tests.bench.django_site.site import LINKS, Choice, Code, Identity
from webapp.db.vault import current_vault


def _name(one: Beneficiary) -> str:
    fields = current_vault().unseal("beneficiaries", one.id, bytes(one.sealed))
    return f"{fields['first_names']} {fields['family_name']}"


def _state(one: Beneficiary) -> str:
    space: Any = getattr(one, "space", None)
    return str(space.state) if space else "rien n’est décidé"


def _form(request: HttpRequest, heading: str, form: Any) -> HttpResponse:
    return render(request, "form.html", {"heading": heading, "form": form, "links": LINKS})


def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html", {"heading": "J’ouvre mon espace", "links": LINKS})


def identify(request: HttpRequest) -> HttpResponse:
    return _form(request, "Je reçois un nouveau code", Identity(initial=request.session.get("typed")))


def code(request: HttpRequest) -> HttpResponse:
    request.session.get("sent_to")
    return _form(request, "J’entre mon code provisoire", Code())


def decision(request: HttpRequest) -> HttpResponse:
    card = Card.objects.get(id=UUID(request.session["card"]))
    current_vault().unseal("cards", card.id, bytes(card.sealed))
    one = Beneficiary.objects.select_related("space").get(id=UUID(request.session["person"]))
    form = Choice()
    form.fields["choice"].choices = [("activate", "J’ouvre l’espace santé"), ("oppose", "Je m’y oppose")]
    return _form(request, f"Je décide pour {_name(one)} ({_state(one)})", form)


def people(request: HttpRequest) -> HttpResponse:
    card = Card.objects.get(id=UUID(request.session["card"]))
    current_vault().unseal("cards", card.id, bytes(card.sealed))
    covered = Beneficiary.objects.filter(card__insured_index=card.insured_index).select_related("space")
    form = Choice()
    form.fields["choice"].choices = [(str(one.id), f"{_name(one)}, {_state(one)}") for one in covered]
    return _form(request, "Les personnes de cette carte", form)


urlpatterns = [
    path("", front),
    path("activation/nouveau-code", identify),
    path("activation/code", code),
    path("activation/decision", decision),
    path("activation/profils", people),
]
