"""Passkeys in a real Chromium, with an authenticator of its own: added, used to sign in and to step up, removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect
from sqlalchemy import select

from tests.support.chromium import NewPage
from tests.support.door import ADDRESS
from webapp.account import walks
from webapp.db.work import reading
from webapp.mail.models import OutboxRow
from webapp.web.states import World

ADD, SIGN_IN, CONFIRM = (
    "Ajouter une clé d’accès",
    "Me connecter avec une clé d’accès",
    "Confirmer avec ma clé d’accès",
)


pytestmark = pytest.mark.one_database("one browser, one writer")


NAMED = ADDRESS.replace("127.0.0.1", "localhost")
"""By the name that passkeys need."""


@dataclass
class Device:
    """A browser and its authenticator."""

    world: World
    page: Page
    tools: CDPSession
    authenticator: str

    def open(self, path: str) -> None:
        self.page.goto(NAMED + path)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def give_password(self) -> None:
        self.page.get_by_label("Mot de passe", exact=True).fill(walks.PASSWORD)

    def enter(self) -> None:
        """Sign in with password and code, and end on the page of passkeys."""
        self.open("/connexion?vers=/compte/cles")
        self.page.get_by_label("Identifiant", exact=True).fill(walks.IDENTIFIER)
        self.give_password()
        self.press("Continuer")
        expect(self.page).to_have_url(f"{NAMED}/connexion/code")
        code = walks.newest_access_code(self.world.app.extensions["engine"])
        self.page.get_by_label("Code d’accès").fill(code)
        self.page.get_by_role("main").locator("form button").first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Je confirme que c’est moi")
        self.give_password()
        self.press("Confirmer")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Mes clés d’accès")

    def add(self) -> None:
        self.press(ADD)
        expect(self.page.get_by_role("main")).to_contain_text("La clé d’accès est ajoutée")

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Me déconnecter").first.click()
        expect(self.page).to_have_url(f"{NAMED}/deconnexion")

    def credentials(self) -> list[dict[str, Any]]:
        given = self.tools.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})
        found: list[dict[str, Any]] = given["credentials"]
        return found

    def verify_owner(self, verified: bool) -> None:
        self.tools.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.authenticator, "isUserVerified": verified}
        )

    def said(self) -> Any:
        return expect(self.page.get_by_role("status").filter(has_text="e"))


@pytest.fixture
def device(world: World, new_page: NewPage) -> Device:
    """A browser whose authenticator knows its owner; there is an account."""
    walks.make_account(world)
    page = new_page(width=390)
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return Device(world, page, tools, made["authenticatorId"])


def told(world: World, kind: str) -> list[str]:
    with reading(world.app.extensions["engine"]) as session:
        return sorted(session.scalars(select(OutboxRow.channel).where(OutboxRow.kind == kind)))


def test_a_passkey_opens_the_space_until_it_is_removed(device: Device) -> None:
    page = device.page
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    device.enter()
    expect(page.locator("[data-without]")).to_be_hidden()
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    device.add()
    expect(page.get_by_role("heading", name="Mon téléphone")).to_be_visible()
    assert told(device.world, "passkey-added") == ["email", "sms"]
    device.press(ADD)  # this authenticator has one already
    device.said().to_have_text("Cet appareil a déjà une clé de mon compte.")
    assert len(device.credentials()) == 1

    device.sign_out()
    device.open("/connexion?vers=/compte/cles")
    device.press(SIGN_IN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Je confirme que c’est moi")
    device.press(CONFIRM)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes clés d’accès")
    expect(page.get_by_role("main")).not_to_contain_text("pas encore")
    assert refused == []

    page.get_by_role("link", name="Retirer : Mon téléphone").click()
    device.press("Retirer cette clé")
    expect(page.get_by_role("main")).to_contain_text("La clé d’accès est retirée")
    assert told(device.world, "passkey-removed") == ["email", "sms"]
    device.sign_out()
    device.open("/connexion")
    device.press(SIGN_IN)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette clé d’accès est refusée")
    assert len(refused) == 1  # the browser's own line about 422


def test_an_owner_who_is_not_recognised_does_not_enter(device: Device) -> None:
    device.enter()
    device.add()
    device.sign_out()
    device.open("/connexion")
    device.verify_owner(False)
    device.press(SIGN_IN)
    device.said().to_contain_text("Rien n’est fait")
    device.verify_owner(True)
    device.press(SIGN_IN)
    expect(device.page).to_have_url(f"{NAMED}/bienvenue")


def test_a_copied_passkey_is_refused_and_its_owner_told(device: Device) -> None:
    device.enter()
    device.add()
    copied = device.credentials()[0]
    device.sign_out()
    device.open("/connexion")
    for _ in range(2):
        device.press(SIGN_IN)
        expect(device.page).to_have_url(f"{NAMED}/bienvenue")
        device.sign_out()
        device.open("/connexion")
    where = {"authenticatorId": device.authenticator}
    device.tools.send("WebAuthn.removeCredential", {**where, "credentialId": copied["credentialId"]})
    device.tools.send("WebAuthn.addCredential", {**where, "credential": copied})
    device.press(SIGN_IN)
    expect(device.page.get_by_role("heading", level=1)).to_have_text("Cette clé d’accès est refusée")
    assert told(device.world, "passkey-refused") == ["email", "sms"]


def test_without_a_script_the_page_says_what_is_needed(world: World, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto(f"{NAMED}/connexion")
    expect(page.get_by_role("button", name=SIGN_IN)).to_be_hidden()
    expect(page.get_by_role("main")).to_contain_text("Il me faut un navigateur récent")


def test_at_a_number_the_demonstration_says_which_name_to_open(world: World, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{ADDRESS}/connexion")
    expect(page.get_by_role("button", name=SIGN_IN)).to_have_count(0)
    page.get_by_role("link", name=NAMED).click()
    expect(page).to_have_url(f"{NAMED}/")
