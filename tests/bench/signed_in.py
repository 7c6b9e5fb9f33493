"""CPU of a signed-in page of twenty rows, in process, against the least code that could show the same page.

The activity of an account: session, forgery token, twenty entries of the journal unsealed and put into words.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import sqlite3
from datetime import datetime
from uuid import UUID

from flask import Flask, request

from tests.bench.cpu import caller, medians
from tests.bench.floor import holes, make_hello
from tests.bench.places import place
from tests.bench.tables import against, heading, table
from webapp.account import walks
from webapp.account.service import account_named
from webapp.db.vault import current_vault
from webapp.db.work import reading, writing
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.values.clock import french_datetime

PAGE, ROWS = "/compte/activite", 20
HELLO_BAR = 16.0
_LISTS = re.compile(r'<ul class="lines">.*</ul>', re.DOTALL)
_LIST = (
    '<ul class="lines">{% for words, at in rows %}<li><div><span>{{ words }}</span><small>{{ at }}</small>'
    "</div></li>{% endfor %}</ul>"
)
ENTRIES = "SELECT seq, at, event, sealed FROM journal WHERE account_id = ? ORDER BY seq DESC LIMIT 21"


def make_activity_floor(database: str, html: str) -> Flask:
    """Build the floor: our own page with holes, raw sqlite3, one cookie."""
    app = Flask("floor")
    head, main = html.split("<main", 1)
    body, foot = main.split("</main>", 1)
    template = app.jinja_env.from_string(
        holes(f"{head}<main{_LISTS.sub(lambda _one: _LIST, body)}</main>{foot}")
    )
    connection = sqlite3.connect(database, check_same_thread=False, isolation_level=None)
    key = secrets.token_bytes(32)

    def activity() -> str:
        cookie = request.cookies.get("visite", "")
        digest = hashlib.sha256(cookie.encode()).digest()
        found = connection.execute(
            "SELECT id, sealed FROM visits WHERE token_digest = ?", (digest,)
        ).fetchone()
        member = current_vault().unseal("visits", UUID(found[0]), found[1])["member"]
        rows = []
        for seq, at, event, sealed in connection.execute(ENTRIES, (UUID(member["account"]).hex,)).fetchall():
            if sealed is not None:
                current_vault().unseal("journal", UUID(int=seq), sealed)
            rows.append((event, french_datetime(datetime.fromisoformat(f"{at}+00:00"))))
        token = base64.urlsafe_b64encode(hmac.digest(key, cookie.encode(), hashlib.sha256)).decode()
        return template.render(csrf=token, once=secrets.token_urlsafe(12), rows=rows[:ROWS])

    app.add_url_rule(PAGE, "activity", activity)
    return app


def run() -> None:
    with place() as (world, browser):
        walks.make_account(world)
        walks.sign_in(world)
        with writing(world.app.extensions["engine"]) as session:
            known = account_named(session, walks.IDENTIFIER)
            assert known is not None
            for _ in range(ROWS):
                record(
                    session,
                    Event.SIGN_IN_DONE,
                    now=world.app.extensions["clock"](),
                    account_id=known.id,
                    beneficiary_id=known.beneficiary_id,
                    facts={"by": "email", "browser": "Firefox sur Android"},
                )
        with reading(world.app.extensions["engine"]) as session:
            assert account_named(session, walks.IDENTIFIER) is not None
        found = (browser.client.get_cookie(name) for name in ("visite", "style"))
        cookies = {cookie.key: cookie.value for cookie in found if cookie is not None}
        ours = caller(world.app.wsgi_app, PAGE, cookies)
        database = world.app.extensions["engine"].url.database
        cost = medians(
            {
                "hello": caller(make_hello(), "/", {}),
                "floor": caller(make_activity_floor(database, ours().decode()), PAGE, cookies),
                "ours": ours,
                "home": caller(world.app.wsgi_app, "/accueil", cookies),
                "account": caller(world.app.wsgi_app, "/compte", cookies),
            }
        )
    heading(f"CPU of signed-in pages (microseconds, median); the activity has {ROWS} rows")
    rows = [
        (
            name,
            f"{cost[key]:,.0f}",
            f"{cost[key] / cost['hello']:.1f}",
            against(f"CPU of {name} in Flask hellos", cost[key] / cost["hello"], HELLO_BAR)
            if key in BARRED
            else "",
            f"{cost[key] / cost['floor']:.1f}",
        )
        for name, key in NAMES.items()
    ]
    table(("page", "microseconds", "× hello", "", "× floor"), rows)


NAMES = {
    "Flask's hello": "hello",
    "the floor of the activity": "floor",
    "the activity": "ours",
    "the home": "home",
    "the account": "account",
}
BARRED = {"ours", "home", "account"}
