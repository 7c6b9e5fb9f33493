"""A child's opening asks for a guardian's account: an existing one and its access code, or one made on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from webapp.account import access_codes
from webapp.account.access_codes import SignInOver, WrongAccessCode
from webapp.account.forms import AccessCodeForm, AccountForm
from webapp.account.guard import WrongCredentials, accept, may_try, password_is_right, record_started
from webapp.account.origin import current_origin
from webapp.account.sending import destinations, masked, put_access_code
from webapp.account.service import AccountView, account
from webapp.activation import decide, steps
from webapp.activation.access import CHOSEN, SIGNING
from webapp.activation.blueprint import blueprint
from webapp.activation.journey import journey, keep
from webapp.activation.people import Subject, subject
from webapp.activation.views_decide import among_several, current_subject
from webapp.activation.views_open import opened_by
from webapp.beneficiaries.service import guardian_is, nir_index, person
from webapp.db.work import reading
from webapp.mail.letter import Destination
from webapp.spaces.rules import SpaceState
from webapp.values.french import plural
from webapp.values.password import canonical_password
from webapp.web.access import open_to
from webapp.web.pages import go_to, show
from webapp.web.signed_in import member
from webapp.web.work import db, engine, now, settings, today


@blueprint.get("/representant")
@open_to(CHOSEN)
def guardian() -> Response | BaseResponse:
    """Ask for the guardian's account, or offer to make one."""
    return _page(AccountForm(formdata=None))


@blueprint.post("/representant")
@open_to(CHOSEN)
def guardian_signs_in() -> Response | BaseResponse:
    """Check identifier and password, then send an access code."""
    form = AccountForm(request.form)
    if not form.validate():
        return _page(form, status=422)
    identifier = (form.identifier.data or "").strip()
    current, origin = journey(), current_origin()
    with reading(engine()) as session:
        who = subject(session, UUID(current.person or ""), UUID(current.card or ""), today())
        if not _needs_guardian(who):
            return go_to("activation.decision")
        found = may_try(session, now(), identifier, origin)
    right = password_is_right(found, canonical_password(form.password.data or ""))
    try:
        known = accept(db(), now(), identifier, origin, right=right, found=found)
    except WrongCredentials:
        form.refusal = (
            "L’identifiant et le mot de passe ne vont pas ensemble. Vérifiez les deux, puis réessayez"
        )
        return _page(form, status=422)
    possible = destinations(db(), known)
    if not possible:
        form.refusal = "Aucune adresse n’est connue pour envoyer un code à ce compte"
        return _page(form, status=422)
    _send_access_code(known, next(iter(possible.values())))
    return go_to("activation.guardian_code")


@blueprint.post("/representant/nouveau-compte")
@open_to(CHOSEN)
def guardian_without_account() -> Response | BaseResponse:
    """Go on to make the guardian's account, unless the registry does not know the holder of the number."""
    who = current_subject()
    if not _needs_guardian(who):
        return go_to("activation.decision")
    if decide.guardian_of(db(), who) is None:
        return show("activation/no_guardian.html", status=422, who=who)
    current = journey()
    current.for_guardian = True
    keep(current)
    return go_to("activation.terms")


@blueprint.post("/representant/mon-compte")
@open_to(CHOSEN)
def guardian_of_this_visit() -> Response | BaseResponse:
    """Open with the account that was made or signed in to during this very visit."""
    known = _account_of_this_visit()
    return _open_with(known, current_subject().name) if known else go_to("activation.guardian")


@blueprint.get("/representant/code")
@open_to(SIGNING)
def guardian_code() -> Response | BaseResponse:
    """Ask for the access code."""
    return _code_page(AccessCodeForm(formdata=None))


@blueprint.post("/representant/code")
@open_to(SIGNING)
def guardian_enters_code() -> Response | BaseResponse:
    """Use the sign-in up, then open the child's space from that account."""
    form = AccessCodeForm(request.form)
    if not form.validate():
        return _code_page(form, status=422)
    try:
        account_id = access_codes.check(db(), now(), UUID(journey().sign_in or ""), form.code.data or "")
    except WrongAccessCode as refusal:
        left = refusal.tries_left
        form.code.errors = [f"Ce n’est pas le bon code. Il reste {left} {plural(left, 'essai', 'essais')}"]
        return _code_page(form, status=422)
    except SignInOver:
        return show("activation/access_code_dead.html", status=422)
    known = account(db(), account_id)
    assert known is not None
    return _open_with(known, current_subject().name)


def _open_with(known: AccountView, child: str) -> Response | BaseResponse:
    """Open the child's space when the account's holder represents the child."""
    who, current = current_subject(), journey()
    if not _needs_guardian(who):
        return go_to("activation.decision")
    holder = person(db(), known.beneficiary_id)
    if holder is None or not holder.nir or not guardian_is(db(), who.person.id, nir_index(holder.nir)):
        form = AccountForm(formdata=None)
        form.refusal = f"Ce compte n’est pas celui d’un représentant légal de {child}"
        return _page(form, status=422)
    return opened_by(current, who, known.id, now())


def _account_of_this_visit() -> AccountView | None:
    """Return the account that was just used or made here, else that of whoever is signed in."""
    just_used, who = journey().account, member()
    account_id = UUID(just_used) if just_used else who.account_id if who else None
    return account(db(), account_id) if account_id else None


def _needs_guardian(who: Subject) -> bool:
    """Say whether this person's space is opened from a guardian's account, and may be opened at all."""
    return who.minor and not who.without_guardian and who.space.state is not SpaceState.OPENED


def _send_access_code(known: AccountView, to: Destination) -> None:
    life = timedelta(minutes=settings().access_code_minutes)
    sent = access_codes.begin(db(), now(), known, to.channel, life)
    put_access_code(db(), now(), settings(), known, sent, to)
    current = journey()
    current.sign_in = str(sent.sign_in_id)
    current.sign_in_to = f"{'par e-mail à' if to.channel == 'email' else 'par SMS au'} {masked(to)}"
    current.sign_in_until = sent.expires_at.isoformat()
    keep(current)
    record_started(db(), now(), known, current_origin())


def _page(form: AccountForm, status: int = 200) -> Response | BaseResponse:
    who, known = current_subject(), _account_of_this_visit()
    if not _needs_guardian(who):
        return go_to("activation.decision")
    return show(
        "activation/guardian.html",
        status=status,
        form=form,
        who=who,
        step=steps.guardian(among_several=among_several(), known=known is not None),
        known=known,
    )


def _code_page(form: AccessCodeForm, status: int = 200) -> Response | BaseResponse:
    current = journey()
    until = datetime.fromisoformat(current.sign_in_until) if current.sign_in_until else now()
    return show(
        "activation/access_code.html",
        status=status,
        form=form,
        step=steps.guardian_code(among_several=among_several()),
        sent_to=current.sign_in_to,
        until=until,
    )
