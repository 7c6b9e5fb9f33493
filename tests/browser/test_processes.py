"""Four journeys through the real server, the real worker and a real mail server; the codes are read in its inbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.chromium import NewPage
from tests.support.mail import Gateway, Mailbox, eventually, sms_gateway, smtp_server
from tests.support.running import Running, running
from webapp.activation import walks
from webapp.beneficiaries.generator import write_registry
from webapp.beneficiaries.generator_demo import DemoPerson
from webapp.web.walker import Walker

SECONDS_TO_ARRIVE = 2.0


@dataclass
class Town:
    """A running service, and everybody's letter boxes."""

    service: Running
    inbox: Mailbox
    phones: Gateway

    def code_by_mail(self, after: int) -> str:
        """The code in the next letter that holds one, once `after` have arrived; other letters may come between."""
        took = eventually(lambda: bool(self._codes(after)))
        assert took < SECONDS_TO_ARRIVE * 5, f"the code took {took:.1f} s"  # the bar is printed by make bench
        return self._codes(after)[0]

    def _codes(self, after: int) -> list[str]:
        codes = []
        for message in self.inbox.messages[after:]:
            body = message.get_body(("plain",))
            assert body is not None
            with suppress(LookupError):
                codes.append(walks.code_in(body.get_content()))
        return codes


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Iterator[Town]:
    """A town where eleven people are in the registry, imported from a file by the command."""
    registry = tmp_path / "registry.csv"
    write_registry(registry, 11, 1, date(2026, 3, 1))
    with smtp_server() as inbox, sms_gateway() as phones:
        sms = f"json://127.0.0.1:{phones.port}/sms?:to={{to}}"
        with running(database_url, tmp_path / "var", f"smtp://127.0.0.1:{inbox.port}", sms) as service:
            done = service.command("beneficiaries", "import", str(registry))
            assert done.returncode == 0, done.stderr
            yield Town(service, inbox, phones)


def prove(town: Town, walker: Walker, who: DemoPerson) -> None:
    """By the plain client, from the front door."""
    walker.open("/activation/nouveau-code").send(**walks.identity(who))
    arrived = len(town.inbox.messages)
    walker.send(channel="email")
    walker.send(code=town.code_by_mail(arrived))


def prove_in_browser(town: Town, page: Page, who: DemoPerson) -> None:
    """By keyboard and pointer, from the front door."""
    page.goto(town.service.address + "/")
    page.goto(town.service.address + "/activation/nouveau-code")
    for name, value in walks.identity(who).items():
        if name == "card_type":
            page.check(f"input[name=card_type][value={value}]")
        else:
            page.fill(f"input[name={name}]", value)
    press(page, "Continuer")
    page.check("input[name=channel][value=email]")
    arrived = len(town.inbox.messages)
    press(page, "M’envoyer le code")
    page.fill("input[name=code]", town.code_by_mail(arrived).lower().replace(" ", "-"))
    press(page, "Continuer")


def press(page: Page, label: str) -> None:
    """Press the one button of this name in the page."""
    page.get_by_role("main").get_by_role("button", name=label, exact=True).click()


def test_four_journeys(town: Town, new_window: NewPage) -> None:
    # 1. Open, by a plain HTTP client.
    walker = town.service.walker()
    prove(town, walker, walks.CORSICAN)
    walker.send(decision="activate").send(accept_terms="y")
    walker.send(identifier="ange.marie58", password=walks.PASSWORD)
    assert (walker.status, walker.address) == (200, "/activation/terminee")
    eventually(lambda: any("ouvert" in str(message["Subject"]).lower() for message in town.inbox.messages))

    # 2. Oppose, in Chromium, and take the receipt home.
    page = new_window(width=390)
    prove_in_browser(town, page, walks.ADULT)
    page.check("input[value=oppose]")
    press(page, "Continuer")
    page.check("input[name=confirm]")
    press(page, "Enregistrer")
    expect(page).to_have_url(re.compile("/activation/opposition/faite$"))
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    receipt = Path(str(download.value.path()))
    copy = receipt.with_name("justificatif.pdf")
    copy.write_bytes(receipt.read_bytes())
    checked = town.service.command("receipt", "verify", str(copy))
    assert checked.returncode == 0, checked.stderr
    copy.write_bytes(copy.read_bytes().replace(b"0", b"1", 1))
    assert town.service.command("receipt", "verify", str(copy)).returncode == 1

    # 3. Change of mind, in Chromium without JavaScript.
    page = new_window(width=320, javascript=False)
    prove_in_browser(town, page, walks.ADULT)
    expect(page.get_by_role("main")).to_contain_text("Une opposition est enregistrée depuis le")
    page.check("input[value=activate]")
    press(page, "Continuer")
    page.check("input[name=accept_terms]")
    press(page, "Continuer")
    page.fill("input[name=identifier]", "camille.c87")
    page.fill("input[name=password]", "court")
    press(page, "Ouvrir l’espace")
    expect(page).to_have_title(re.compile("^Erreur"))
    page.fill("input[name=password]", walks.PASSWORD)
    press(page, "Ouvrir l’espace")
    expect(page).to_have_url(re.compile("/activation/terminee$"))

    # 4. A child before the parent, whose account is made on the way; then the same account for the second child.
    walker = town.service.walker()
    prove(town, walker, walks.CHILD)
    walker.send(decision="activate").send(action="/activation/representant/nouveau-compte")
    walker.send(accept_terms="y").send(identifier="nadia.b.85", password=walks.PASSWORD)
    assert (walker.status, walker.address) == (200, "/activation/terminee")
    assert "Léo" in walker.page.h1
    walker.open("/activation/profils")
    sister = next(value for value in walker.form("person").choices["person"] if value)
    walker.send(person=sister)
    assert walker.status == 200

    # Codes by SMS arrive through the gateway.
    walker = town.service.walker()
    walker.open("/activation/nouveau-code").send(**walks.identity(walks.PARENT)).send(channel="sms")
    eventually(lambda: len(town.phones.taken) > 0)
    log = (Path(town.service.env["VAR_DIR"]) / "processes.log").read_text()
    assert "Traceback" not in log
    for secret in (walks.ADULT.nir, "camille.clairvernay", walks.PASSWORD):
        assert secret not in log
