"""Opening (J5): the terms, an identifier and a password, then the page that says it is open."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as BaseResponse

from webapp.account.origin import remember_origin
from webapp.account.passwords import hash_password
from webapp.account.service import AlreadyHasAccount, IdentifierTaken
from webapp.activation import decide, steps
from webapp.activation.access import AGREED, CHOSEN
from webapp.activation.agreement import no_agreement
from webapp.activation.blueprint import blueprint
from webapp.activation.forms import CredentialsForm
from webapp.activation.journey import Journey, journey, keep
from webapp.activation.people import Subject, subject
from webapp.activation.views_decide import among_several, current_subject, has_own_account
from webapp.beneficiaries.service import Person
from webapp.db.work import reading
from webapp.spaces.forms import TermsForm
from webapp.spaces.rules import TERMS_VERSION, SpaceState
from webapp.spaces.service import AlreadyDecided, SpaceFrozen
from webapp.values.password import (
    canonical_password,
    check_rules,
    kept_sentence,
    password_sentence,
    refuse_password,
)
from webapp.web.access import EVERYONE, open_to
from webapp.web.once import replay
from webapp.web.pages import go_to, show
from webapp.web.work import db, engine, now, only_reads, settings, today


@blueprint.get("/conditions")
@open_to(CHOSEN)
def terms() -> Response | BaseResponse:
    """Show the terms and the privacy policy."""
    return _terms_page(TermsForm(formdata=None, data={"accept_terms": bool(journey().terms_at)}))


@blueprint.post("/conditions")
@open_to(CHOSEN)
def accept_terms() -> Response | BaseResponse:
    """Note when they were accepted; whoever has an account already opens their space at once."""
    form = TermsForm(request.form)
    if not form.validate():
        return _terms_page(form, status=422)
    current, who = journey(), current_subject()
    if _decided_or_not_mine(who, current):
        return go_to("activation.decision")
    current.terms_at = now().isoformat()
    account = None if current.for_guardian else decide.account_for(db(), who)
    if account is not None:
        return opened_by(current, who, account.id, now())
    keep(current)
    return go_to("activation.identifiers")


@blueprint.get("/identifiants")
@open_to(AGREED)
def identifiers() -> Response | BaseResponse:
    """Ask for an identifier and a password, the rules visible from the start."""
    form = CredentialsForm(formdata=None, data=journey().typed.get("identifiers"))
    return _identifiers_page(form)


@blueprint.post("/identifiants")
@open_to(AGREED)
def choose_identifiers() -> Response | BaseResponse:
    """Create the account and open the space."""
    form = CredentialsForm(request.form)
    password = canonical_password(form.password.data or "")
    current = journey()
    with reading(engine()) as session:  # the slow hash comes before anything is locked
        who = subject(session, UUID(current.person or ""), UUID(current.card or ""), today())
        holder = _holder(session, current, who)
    if holder is None or _decided_or_not_mine(who, current):
        # the same form sent at once may have decided since this one was looked at
        return replay() or go_to("activation.decision")
    form.validate()
    problem = refuse_password(password, _context(form, holder, who))
    if problem is not None:
        form.password.errors = [password_sentence(problem, password)]
    if form.errors:
        current.remember("identifiers", {"identifier": form.identifier.data})
        keep(current)
        return _identifiers_page(form, status=422)
    hashed = hash_password(password)
    try:
        account = decide.make_account(
            db(),
            now(),
            holder,
            who,
            identifier=form.name,
            password_hash=hashed,
            accepted_at=current.accepted_at or now(),
        )
    except IdentifierTaken:
        form.identifier.errors = [
            "Cet identifiant est déjà pris. Choisissez-en un autre, puis écrivez de nouveau le mot de passe"
        ]
        return _identifiers_page(form, status=422)
    except AlreadyHasAccount:
        return go_to("activation.guardian" if current.for_guardian else "activation.terms")
    return opened_by(current, who, account, current.accepted_at or now())


@blueprint.post("/mot-de-passe/regles")
@open_to(EVERYONE)
@only_reads
def password_rules() -> Response:
    """Tick the rules that what was typed keeps; nothing is stored."""
    states = check_rules(request.form.get("password", ""))
    return show("activation/rules.html", rules=states, sentence=kept_sentence(states))


@blueprint.get("/terminee")
@open_to(CHOSEN)
def opened() -> Response | BaseResponse:
    """Say that the space is open, and how to sign in."""
    who = current_subject()
    if who.space.state is not SpaceState.OPENED:
        return go_to("activation.decision")
    return show("activation/opened.html", who=who)


def opened_by(current: Journey, who: Subject, account: UUID, accepted_at: datetime) -> BaseResponse:
    """Open the space in the account's name (a child's from its guardian's), and forget what was typed."""
    act = decide.open_child if who.minor else decide.open_own
    response = remember_origin(
        go_to("activation.opened"), account
    )  # its counter before the journal, as in a sign-in
    try:
        act(db(), now(), settings(), who, account, accepted_at)
    except (decide.OtherGuardianDecided, SpaceFrozen):
        return no_agreement(who, status=422)
    except AlreadyDecided:
        return go_to("activation.decision")
    current.account, current.typed = str(account), {}
    keep(current)
    return response


def _holder(session: Session, current: Journey, who: Subject) -> Person | None:
    """Whose account is being made: the person's own, or for a child the holder of the card's number."""
    return decide.guardian_of(session, who) if current.for_guardian else who.person


def _decided_or_not_mine(who: Subject, current: Journey) -> bool:
    return who.without_guardian or who.space.state is SpaceState.OPENED or who.minor != current.for_guardian


def _context(form: CredentialsForm, holder: Person, who: Subject) -> list[str]:
    """What others may know of the person, which a password must not hold."""
    known = [
        settings().site_name,
        holder.first_names,
        holder.family_name,
        holder.used_name,
        holder.birth_date.isoformat(),
        who.card.insured_nir,
        who.card.contact.email or "",
        form.identifier.data or "",
    ]
    return [text for text in known if text]


def _terms_page(form: TermsForm, status: int = 200) -> Response | BaseResponse:
    current, who = journey(), current_subject()
    if _decided_or_not_mine(who, current):
        return go_to("activation.decision")
    procedure = steps.opening(
        among_several=among_several(), minor=who.minor, with_account=has_own_account(who)
    )
    return show(
        "activation/terms.html",
        status=status,
        form=form,
        who=who,
        step=steps.counter(procedure, "terms"),
        version=TERMS_VERSION,
    )


def _identifiers_page(form: CredentialsForm, status: int = 200) -> Response | BaseResponse:
    current, who = journey(), current_subject()
    if _decided_or_not_mine(who, current):
        return go_to("activation.decision")
    states = check_rules("")  # a password is never sent back: the field is empty, and so is what is ticked
    procedure = steps.opening(among_several=among_several(), minor=who.minor)
    return show(
        "activation/identifiers.html",
        status=status,
        form=form,
        who=who,
        for_guardian=current.for_guardian,
        step=steps.counter(procedure, "identifiers"),
        rules=states,
        sentence=kept_sentence(states),
    )
