"""An account through the real server, worker, mail server and SMS gateway: every way in, then everything forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_processes import Town, press, prove, town
from tests.support.chromium import NewPage
from tests.support.mail import eventually
from webapp.activation import walks
from webapp.factors.rules import code_of, step_at
from webapp.values.clock import utc_now
from webapp.web.walker import Walker

__all__ = ["town"]

IDENTIFIER, FIRST, SECOND = "camille.c87", walks.PASSWORD, "Goéland-bleu-7"
SIX = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)
TWELVE = re.compile(r"^\s*([A-Z2-9]{4} [A-Z2-9]{4} [A-Z2-9]{4})\s*$", re.MULTILINE)


def mailed(town: Town, after: int, shape: re.Pattern[str]) -> str:
    """The first code of a shape in the letters that came after so many."""

    def found() -> list[str]:
        bodies = (message.get_body(("plain",)) for message in town.inbox.messages[after:])
        return [one for body in bodies if body is not None for one in shape.findall(body.get_content())]

    eventually(lambda: bool(found()))
    return found()[0]


def texted(town: Town, after: int) -> str:
    """The code in the SMS that came after so many."""

    def found() -> list[str]:
        return [one for _to, text in town.phones.taken[after:] for one in SIX.findall(text)]

    eventually(lambda: bool(found()))
    return found()[0]


def sign_in(town: Town, walker: Walker, password: str, channel: str) -> None:
    """By the plain client, with the code that arrives."""
    mails, texts = len(town.inbox.messages), len(town.phones.taken)
    walker.open("/connexion").send(identifier=IDENTIFIER, password=password, channel=channel)
    assert walker.address == "/connexion/code", walker.page.text
    code = mailed(town, mails, SIX) if channel == "email" else texted(town, texts)
    walker.send(code=code)
    assert walker.status == 200
    assert walker.address == "/bienvenue", walker.page.text


def sign_out(walker: Walker) -> None:
    walker.open("/accueil").send(action="/deconnexion")
    assert walker.open("/compte").address == "/connexion"


def signs_in_with_code(page: Page, address: str, channel: str, code: Callable[[], str]) -> None:
    """In Chromium: identifier, password, then the code."""
    page.goto(f"{address}/connexion")
    page.fill("input[name=identifier]", IDENTIFIER)
    page.fill("input[name=password]", FIRST)
    page.check(f"input[name=channel][value={channel}]")
    press(page, "Continuer")
    expect(page).to_have_url(re.compile("/connexion/code$"))
    page.fill("input[name=code]", code())
    press(page, "Me connecter")
    expect(page).to_have_url(re.compile("/bienvenue$"))


def confirms(page: Page) -> None:
    """Give the password again."""
    expect(page).to_have_url(re.compile("/compte/confirmation"))
    page.fill("input[name=password]", FIRST)
    press(page, "Confirmer")


def adds_application(page: Page, address: str) -> str:
    """Add an authenticator; return its key as the page shows it."""
    page.goto(f"{address}/compte/application")
    confirms(page)
    press(page, "Continuer")
    key = "".join(page.locator("b.code").inner_text().split())
    page.fill("input[name=code]", code_of(key, step_at(utc_now())))
    press(page, "Ajouter cette application")
    expect(page.get_by_role("main")).to_contain_text("Une application est en place")
    return key


def signs_out(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name="Me déconnecter").click()
    expect(page).to_have_url(re.compile("/deconnexion"))


def next_code(key: str) -> str:
    """The code of the step after this one, which is accepted: this one's may have added the application."""
    return code_of(key, step_at(utc_now()) + 1)


def test_every_way_in_and_everything_forgotten(town: Town, new_window: NewPage) -> None:
    walker = town.service.walker()
    prove(town, walker, walks.ADULT)
    walker.send(decision="activate").send(accept_terms="y")
    walker.send(identifier=IDENTIFIER, password=FIRST)
    assert walker.address == "/activation/terminee"

    # By e-mail code, then by SMS code.
    walker = town.service.walker()
    for channel in ("email", "sms"):
        sign_in(town, walker, FIRST, channel)
        sign_out(walker)

    # In Chromium, at the name that passkeys need: an application, a passkey, and a sign-in with each.
    address = town.service.address.replace("127.0.0.1", "localhost")
    page = new_window(width=390)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    authenticator = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": authenticator})
    mails = len(town.inbox.messages)
    signs_in_with_code(page, address, "email", lambda: mailed(town, mails, SIX))
    key = adds_application(page, address)
    page.goto(f"{address}/compte/cles")
    page.get_by_role("button", name=re.compile("Ajouter")).first.click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("Ajoutée le|ajoutée"))
    signs_out(page)
    signs_in_with_code(page, address, "app", lambda: next_code(key))
    signs_out(page)
    page.goto(f"{address}/connexion")
    page.get_by_role("button", name=re.compile("clé d’accès")).click()
    expect(page).to_have_url(re.compile("/bienvenue$"))

    # Everything forgotten: the identifier comes by e-mail, then a code, then a new password; every session ends.
    walker, mails = town.service.walker(), len(town.inbox.messages)
    walker.open("/identifiant-oublie").send(**walks.identity(walks.ADULT))
    walker.send(channel="email")
    eventually(lambda: any(IDENTIFIER in _text(message) for message in town.inbox.messages[mails:]))
    mails = len(town.inbox.messages)
    walker.open("/mot-de-passe-oublie").send(identifier=IDENTIFIER)
    walker.send(code=mailed(town, mails, TWELVE).lower())
    walker.send(password=SECOND)
    assert walker.address == "/mot-de-passe-oublie/fait", walker.page.text
    texts = len(town.phones.taken)
    assert walker.open("/compte").address == "/connexion"  # nobody is signed in by it
    page.goto(f"{address}/compte")
    expect(page).to_have_url(re.compile("/connexion"))
    sign_in(town, walker, SECOND, "sms")
    assert len(town.phones.taken) > texts
    walker.open("/connexion")
    refused = town.service.walker()
    refused.open("/connexion").send(identifier=IDENTIFIER, password=FIRST, channel="email")
    assert refused.status == 422
    log = (Path(town.service.env["VAR_DIR"]) / "processes.log").read_text()
    assert "Traceback" not in log
    for secret in (walks.ADULT.nir, "camille", IDENTIFIER, FIRST, SECOND, key):
        assert secret not in log


def _text(message: object) -> str:
    body = message.get_body(("plain",))  # type: ignore[attr-defined]
    return str(body.get_content()) if body is not None else ""
