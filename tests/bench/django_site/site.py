"""The same pages as a small Django site has them: sessions, CSRF, the ORM over the same rows, forms, templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django
from django import forms
from django.conf import settings

BASE = """<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>{% block title %}{% endblock %} – Mon espace santé</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/static/look.css"><link rel="icon" href="/static/icon.svg"></head>
<body><header><a class="skip" href="#m">Aller au contenu</a><a class="brand" href="/">Mon espace santé</a>
<p class="band">Démonstration : n’entrez jamais votre vrai numéro.</p></header>
<main id="m" tabindex="-1">{% block content %}{% endblock %}</main><footer class="foot"><ul>
{% for href, words in links %}<li><a href="{{ href }}">{{ words }}</a></li>{% endfor %}</ul>
<p>Logiciel libre indépendant : ce n’est pas le site officiel.</p></footer></body></html>"""
FORM = """{% extends "base.html" %}{% block title %}{{ heading }}{% endblock %}{% block content %}
<h1>{{ heading }}</h1><form method="post" novalidate>{% csrf_token %}<p>Tous les champs sont à remplir.</p>
{{ form.as_div }}<button>Continuer</button></form>{% endblock %}"""
FRONT = """{% extends "base.html" %}{% block title %}{{ heading }}{% endblock %}{% block content %}
<h1>{{ heading }}</h1><p>Un espace pour garder mes informations de santé et choisir qui les voit.</p>{% endblock %}"""
LINKS = [
    ("/accessibilite", "Accessibilité : non conforme"),
    ("/aide", "Aide"),
    ("/mentions-legales", "Mentions légales et conditions"),
    ("/donnees-personnelles", "Données personnelles"),
    ("/plan-du-site", "Plan du site"),
    ("/a-propos", "À propos"),
]


class Identity(forms.Form):  # type: ignore[misc]
    nir = forms.CharField(label="Numéro de sécurité sociale", help_text="15 caractères, sur la carte Vitale.")
    birth_day = forms.CharField(label="Jour")
    birth_month = forms.CharField(label="Mois")
    birth_year = forms.CharField(label="Année")
    card_type = forms.ChoiceField(
        label="Ma carte Vitale",
        widget=forms.RadioSelect,
        choices=[("with_photo", "Avec une photo"), ("without_photo", "Sans photo")],
    )
    card_serial = forms.CharField(label="Numéro de série de la carte", help_text="Sous la photo.")


class Code(forms.Form):  # type: ignore[misc]
    code = forms.CharField(label="Code provisoire", help_text="12 lettres et chiffres.")


class Choice(forms.Form):  # type: ignore[misc]
    """One of several: a decision, or a person."""

    choice = forms.ChoiceField(label="Je décide", widget=forms.RadioSelect)


def make_django(database: str, person: str, card: str) -> tuple[Callable[..., Any], dict[str, str]]:
    """Build the site on a copy of our database; return its WSGI callable, and the cookies of a session there.

    `person` and `card`: ids (hexadecimal) that the session holds.
    """
    settings.configure(
        DEBUG=False,
        DEBUG_PROPAGATE_EXCEPTIONS=True,
        SECRET_KEY="only for the bench, where nobody signs in",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tests.bench.django_site.urls",
        INSTALLED_APPS=["django.contrib.sessions", "tests.bench.django_site.apps.Site"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database, "CONN_MAX_AGE": None}
        },
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                (
                                    "django.template.loaders.locmem.Loader",
                                    {"base.html": BASE, "form.html": FORM, "front.html": FRONT},
                                )
                            ],
                        )
                    ],
                    "context_processors": ["django.template.context_processors.request"],
                },
            }
        ],
        USE_TZ=True,
    )
    django.setup()
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.middleware.csrf import _get_new_csrf_string

    with connection.schema_editor() as editor:
        editor.create_model(Session)
    session = SessionStore()
    session.update({"person": person, "card": card})
    session.save()
    cookies = {"sessionid": session.session_key, "csrftoken": _get_new_csrf_string()}
    return get_wsgi_application(), cookies
