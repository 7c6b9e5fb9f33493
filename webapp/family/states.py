"""States of the pages of the family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import delete, select

from webapp.account import walks
from webapp.account.models import AccountSpace
from webapp.account.service import account_named, change
from webapp.beneficiaries.models import Guardianship
from webapp.db.work import writing
from webapp.family.disagreeing import declare
from webapp.family.walks import (
    FATHER,
    THEIRS,
    answer,
    disagree,
    go_in,
    invite,
    shared,
    sign_in_as,
    two_parents,
)
from webapp.web.states import Arrange, State, World

_INDEX, _DISAGREEMENT, _ANSWER = "/famille", "/famille/desaccord", "/famille/invitation"


def _then(start: Callable[[World], World], *acts: Callable[[World], object]) -> Arrange:
    """Two parents, then what the mother does."""

    def arrange(world: World) -> None:
        start(world)
        for act in acts:
            act(world)

    return arrange


def _as_father(*acts: Callable[[World], object]) -> Arrange:
    """The mother invited the father, who is the one that looks."""

    def arrange(world: World) -> None:
        walks.make_account(world, FATHER, identifier=THEIRS[1])
        two = two_parents_without_father(world)
        invite(two)
        sign_in_as(world, THEIRS[1])
        for act in acts:
            act(world)

    return arrange


def two_parents_without_father(world: World) -> World:
    """The mother, in a browser of her own."""
    from webapp.family.walks import MOTHER, TWIN, other

    mother = other(world)
    walks.make_account(mother, MOTHER, identifier=THEIRS[0], opens=(MOTHER, TWIN))
    sign_in_as(mother, THEIRS[0])
    return mother


def _with_a_childs_card(world: World) -> None:
    """The father's account was made with a child's card: it has another contact, and no space of his own."""
    walks.make_account(world, FATHER, identifier=THEIRS[1], opens=())
    with writing(world.app.extensions["engine"]) as session:
        known = account_named(session, THEIRS[1])
        assert known is not None
        change(session, known.id, email="somebody.else@example.org", phone=None)
    invite(two_parents_without_father(world))
    sign_in_as(world, THEIRS[1])


def _disagreed_by_code(world: World) -> None:
    """The father shares nothing, and said with a code that he does not agree."""
    walks.make_account(world, FATHER, identifier=THEIRS[1])
    two_parents_without_father(world)
    with writing(world.app.extensions["engine"]) as session:
        father = account_named(session, THEIRS[1])
        child = session.scalar(select(AccountSpace.beneficiary_id).where(AccountSpace.role == "guardian"))
        assert father is not None
        assert child is not None
        declare(
            session,
            world.app.extensions["clock"](),
            world.app.extensions["settings"],
            child,
            father.beneficiary_id,
        )
    sign_in_as(world, THEIRS[1])


def _nobody(world: World) -> None:
    walks.make_account(world)
    walks.sign_in(world)


def _father_disagrees(world: World) -> None:
    disagree(shared(world))


def _unguarded(world: World) -> None:
    """The registry no longer says that the mother represents the child whose space she is in."""
    two_parents(world)
    go_in(world)
    with writing(world.app.extensions["engine"]) as session:
        session.execute(delete(Guardianship))


def _over(world: World) -> Mapping[str, str]:
    """An invitation is answered after its time."""
    two_parents(world)
    invite(world)
    form = world.walker.form(action="/famille/invitation/retirer")
    world.forward(timedelta(days=8))
    sign_in_as(world, THEIRS[0])
    token = world.walker.open(_INDEX).form(action="/famille/inviter").fields["csrf_token"]
    return {"invitation": form.fields["invitation"], "csrf_token": token}


STATES = (
    State("family-none", _INDEX, _nobody),
    State("family", _INDEX, _then(two_parents)),
    State("family-invited", _INDEX, _then(two_parents, invite)),
    State("family-invitation", _INDEX, _as_father()),
    State("family-accepted", _INDEX, _as_father(lambda world: answer(world, "accept"))),
    State("family-refused", _INDEX, _as_father(lambda world: answer(world, "refuse"))),
    State(
        "family-invitation-over",
        _INDEX,
        _over,
        post={},
        action="/famille/invitation/retirer",
        raw=True,
        status=422,
    ),
    State(
        "family-not-proven",
        _INDEX,
        _with_a_childs_card,
        post={"answer": "accept"},
        action=_ANSWER,
        status=422,
    ),
    State("family-disagreed-by-code", _INDEX, _disagreed_by_code),
    State("disagreement-by-code", _DISAGREEMENT, _disagreed_by_code),
    State("family-shared", _INDEX, _then(shared)),
    State("family-in-child", _INDEX, _then(two_parents, go_in)),
    State("family-frozen", _INDEX, _then(shared, disagree)),
    State("disagreement", _DISAGREEMENT, _then(shared)),
    State("disagreement-unconfirmed", _DISAGREEMENT, _then(shared), post={"confirm": "n"}, status=422),
    State("disagreement-mine", _DISAGREEMENT, _then(shared, disagree)),
    State("disagreement-theirs", _DISAGREEMENT, _father_disagrees),
    State("leaving", "/famille/quitter", _then(shared)),
    State("leaving-unconfirmed", "/famille/quitter", _then(shared), post={"confirm": "n"}, status=422),
    State("account-in-child", "/compte", _then(two_parents, go_in)),
    State("home-in-child", "/accueil", _then(two_parents, go_in)),
    State("home-in-frozen-child", "/accueil", _then(shared, disagree, go_in)),
    State("home-invitation", "/accueil", _as_father(), kind="prose"),
    State("home-lost-child", "/accueil", _unguarded, kind="prose"),
    State("family-activity", "/famille/activite", _then(shared, go_in), kind="prose"),
)
