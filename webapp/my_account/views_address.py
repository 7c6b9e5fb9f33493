"""Another e-mail address or phone number (J7): proven by a code sent there, then the old one is told.

Both are the same three pages, so their views are made once, from what differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account import access_codes
from webapp.account.access_codes import (
    Pending,
    Purpose,
    SignInExpired,
    SignInOver,
    SignInSpent,
    SignInUsed,
    WrongAccessCode,
)
from webapp.account.current import my_account
from webapp.account.forms import AccessCodeForm
from webapp.account.sending import destinations, masked
from webapp.account.step_up import STEPPED_UP
from webapp.mail.letter import Destination
from webapp.my_account import service
from webapp.my_account.blueprint import blueprint
from webapp.my_account.forms import EmailForm, PhoneForm
from webapp.my_account.service import EMAIL, PHONE, AddressKind, LastAddress
from webapp.values.french import plural
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.visit import visit
from webapp.web.work import db, now, settings

SAME = {
    EMAIL.field: "C’est déjà l’adresse de mon compte. Écrivez-en une autre",
    PHONE.field: "C’est déjà le numéro de mon compte. Écrivez-en un autre",
}
DEAD: dict[type[SignInOver], tuple[str, str]] = {
    SignInExpired: ("Ce code a expiré", "Un code ne vit pas longtemps, pour ma sécurité."),
    SignInUsed: ("Ce code a déjà servi", "Un code sert une seule fois."),
    SignInSpent: ("Trop d’essais avec ce code", "Après 5 essais, un code ne marche plus, même le bon."),
}
"""Heading and reason of each page on which a code can no longer serve."""


@dataclass(frozen=True)
class Pages:
    """The pages of one kind of address."""

    kind: AddressKind
    path: str
    form: Any

    def open(self) -> None:
        """Declare the routes."""
        routes = (
            ("", "GET", self.first, ""),
            ("", "POST", self.ask, "_ask"),
            ("/retirer", "POST", self.remove, "_remove"),
            ("/code", "GET", self.code, "_code"),
            ("/code", "POST", self.prove, "_prove"),
            ("/code/renvoyer", "POST", self.again, "_again"),
            ("/fait", "GET", self.done, "_done"),
        )
        for end, method, view, name in routes:
            declared = open_to(STEPPED_UP)(_plain(view))
            blueprint.add_url_rule(self.path + end, self.kind.field + name, declared, methods=[method])

    def first(self) -> Response:
        """Show the address that there is, and ask for another."""
        return self._page(self.form.blank())

    def ask(self) -> Response | BaseResponse:
        """Send a code to the new address; nothing changes yet."""
        form = self.form(request.form)
        if not form.validate():
            return self._page(form, status=422)
        known = my_account()
        if form.address.casefold() == (self.kind.of(known) or "").casefold():
            form[self.kind.field].errors = [SAME[self.kind.field]]
            return self._page(form, status=422)
        proof_id = service.ask_proof(db(), now(), settings(), known, self.kind, form.address)
        visit().data[self._key] = str(proof_id)
        visit().save()
        return self._to("_code")

    def remove(self) -> Response | BaseResponse:
        """Take the address out of the account, unless no other is left."""
        try:
            service.remove(db(), now(), settings(), my_account(), self.kind)
        except LastAddress:
            form = self.form.blank()
            form.refusal = (
                "Cette adresse est la seule où mes codes arrivent\u202f: j’en ajoute une autre avant"
            )
            return self._page(form, status=422)
        return self._to("_done")

    def code(self) -> Response | BaseResponse:
        """Ask for the code that was sent to the new address."""
        return self._code_page(AccessCodeForm.blank())

    def prove(self) -> Response | BaseResponse:
        """Take the new address, once its code is right."""
        form, proof_id = AccessCodeForm(request.form), self._proof_id()
        if proof_id is None:
            return self._to("")
        if not form.validate():
            return self._code_page(form, status=422)
        known = my_account()
        try:
            service.prove(db(), now(), settings(), known, self.kind, proof_id, form.code.data or "")
        except WrongAccessCode as refusal:
            left = refusal.tries_left
            form.code.errors = [
                "Ce n’est pas le bon code\u202f: seul le dernier envoyé compte. "
                f"Il reste {left} {plural(left, 'essai', 'essais')}"
            ]
            return self._code_page(form, status=422)
        except SignInOver:
            return self._code_page(form, status=422)
        return self._to("_done")

    def again(self) -> Response | BaseResponse:
        """Send another code to the same address."""
        proof_id = self._proof_id()
        if proof_id is None:
            return self._to("")
        try:
            service.ask_again(db(), now(), settings(), my_account(), self.kind, proof_id)
        except SignInOver:
            return self._to("")
        return self._to("_code")

    def done(self) -> Response:
        """Say which address the account has now."""
        address = self.kind.of(my_account())
        shown = masked(Destination(self.kind.channel, address)) if address else None
        return show("my_account/address_done.html", kind=self.kind.field, shown=shown)

    @property
    def _key(self) -> str:
        return f"new-{self.kind.field}"

    def _proof_id(self) -> UUID | None:
        kept = visit().data.get(self._key)
        return UUID(kept) if kept else None

    def _to(self, name: str) -> BaseResponse:
        return go_to(f"my_account.{self.kind.field}{name}")

    def _page(self, form: Any, status: int = 200) -> Response:
        known = my_account()
        address = self.kind.of(known)
        own = known.email or known.phone
        return show(
            "my_account/address.html",
            status=status,
            form=form,
            kind=self.kind.field,
            field=form[self.kind.field],
            shown=masked(Destination(self.kind.channel, address)) if address else None,
            removable=bool(address and known.email and known.phone),
            from_registry=[] if own else [masked(to) for to in destinations(db(), known).values()],
            path=self.path,
        )

    def _code_page(self, form: AccessCodeForm, status: int = 200) -> Response | BaseResponse:
        awaited = self._awaited()
        if awaited is None or awaited.address is None:
            return self._to("")
        if awaited.over is not None:
            heading, reason = DEAD[awaited.over]
            return show(
                "my_account/address_dead.html",
                status=status,
                path=self.path,
                heading=heading,
                reason=reason,
                done=awaited.over is SignInUsed,
            )
        return show(
            "my_account/address_code.html",
            status=status,
            form=form,
            kind=self.kind.field,
            to=awaited.address,
            until=awaited.expires_at,
            again=awaited.sends > 1,
            path=self.path,
        )

    def _awaited(self) -> Pending | None:
        proof_id = self._proof_id()
        found = access_codes.pending(db(), now(), proof_id, purpose=Purpose.NEW_ADDRESS) if proof_id else None
        return found if found and found.account_id == my_account().id else None


def _plain(view: Any) -> Any:
    """Make a function of a method: what a route asks is written on functions."""

    def plain() -> Any:
        return view()

    return plain


for pages in (
    Pages(EMAIL, "/compte/adresse-electronique", EmailForm),
    Pages(PHONE, "/compte/telephone", PhoneForm),
):
    pages.open()
