"""The floor: Flask, the same rows, and the least code that could show the same pages.

No forms library, no components, no session layer, no access table: one cookie, raw `sqlite3`, one template a page.
The templates are our own pages with holes where something changes, so that the bytes are the same.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import sqlite3
from typing import Any
from uuid import UUID

from flask import Flask, request

from webapp.db.vault import current_vault

_CSRF = re.compile(r'(name="csrf_token" value=")[^"]*')
_ONCE = re.compile(r'(name="once" value=")[^"]*')
_CHOICES = re.compile(r'<label class="choice">.*</label>', re.DOTALL)
_CHOICE = (
    '{% for id, name, state in rows %}<label class="choice"><input id="person-{{ loop.index0 }}" name="person" '
    'type="radio" value="{{ id }}"><span><b>{{ name }}</b>{{ state }}</span></label>\n{% endfor %}'
)
HELD = "SELECT id, insured_index, sealed FROM cards WHERE id = ?"
COVERED = (
    "SELECT b.id, b.sealed, s.state FROM beneficiaries b JOIN cards c ON c.beneficiary_id = b.id "
    "LEFT JOIN health_spaces s ON s.beneficiary_id = b.id WHERE c.insured_index = ? ORDER BY c.id"
)
ONE = (
    "SELECT b.id, b.sealed, s.state FROM beneficiaries b LEFT JOIN health_spaces s ON s.beneficiary_id = b.id "
    "WHERE b.id = ?"
)


def holes(html: str) -> str:
    """Make a template of a page: its tokens, and its rows if any, become holes."""
    html = _CSRF.sub(r"\1{{ csrf }}", html)
    html = _ONCE.sub(r"\1{{ once }}", html)
    return _CHOICES.sub(lambda _found: _CHOICE, html) if 'name="person"' in html else html


def make_floor(database: str, pages: dict[str, str]) -> Flask:
    """Build the application; `pages`: our own pages by address."""
    app = Flask("floor")
    templates = {path: app.jinja_env.from_string(holes(html)) for path, html in pages.items()}
    connection = sqlite3.connect(database, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    key = secrets.token_bytes(32)

    def journey() -> dict[str, Any]:
        digest = hashlib.sha256(request.cookies.get("visite", "").encode()).digest()
        row = connection.execute("SELECT id, sealed FROM visits WHERE token_digest = ?", (digest,)).fetchone()
        if row is None:
            return {}
        found: dict[str, Any] = current_vault().unseal("visits", UUID(row[0]), row[1])["journey"]
        return found

    def page(rows: list[tuple[str, str, str]]) -> str:
        mac = hmac.digest(key, request.cookies.get("visite", "").encode(), hashlib.sha256)
        token = base64.urlsafe_b64encode(mac).decode()
        return templates[request.path].render(csrf=token, once=secrets.token_urlsafe(12), rows=rows)

    def named(rows: list[Any]) -> list[tuple[str, str, str]]:
        found = []
        for person, sealed, state in rows:
            fields = current_vault().unseal("beneficiaries", UUID(person), sealed)
            found.append((person, f"{fields['first_names']} {fields['family_name']}", state or "rien"))
        return found

    def plain() -> str:
        return page([])

    def typed() -> str:
        journey()
        return page([])

    def decision() -> str:
        at = journey()
        person, card = UUID(at["person"]).hex, UUID(at["card"]).hex
        row = connection.execute(HELD, (card,)).fetchone()
        current_vault().unseal("cards", UUID(row[0]), row[2])
        return page(named(connection.execute(ONE, (person,)).fetchall()))

    def people() -> str:
        at = journey()
        row = connection.execute(HELD, (UUID(at["proven"][0]).hex,)).fetchone()
        current_vault().unseal("cards", UUID(row[0]), row[2])
        return page(named(connection.execute(COVERED, (row[1],)).fetchall()))

    views = {"/activation/decision": decision, "/activation/profils": people, "/": plain}
    for path in pages:
        app.add_url_rule(path, path, views.get(path, typed))
    return app


def make_hello() -> Flask:
    """The least that Flask can do."""
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "Hello")
    return app
