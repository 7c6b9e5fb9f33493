"""States of the pages of passkeys, and of what is proven with one."""

from __future__ import annotations

from collections.abc import Callable

from webapp.account import walks as account_walks
from webapp.account.service import change
from webapp.db.work import writing
from webapp.passkeys import walks
from webapp.passkeys.rules import LONGEST_NAME, MOST
from webapp.web.states import Arrange, State, World

_LONG = ("Téléphone" * 5)[:LONGEST_NAME], "Chrome sur Android", "La clé USB grise du tiroir de la cuisine"
_FIRST, _SECOND = "?cle=1", "?cle=2"
_ANSWER = {"credential": "{}"}


def _in(*names: str) -> Arrange:
    """Signed in and proven again, with passkeys of these names."""

    def arrange(world: World) -> None:
        walks.enter(world)
        walks.give_passkeys(world, *names)

    return arrange


def _then(act: Callable[[World], None]) -> Arrange:
    """The same for somebody who did not prove again, and has a passkey."""

    def arrange(world: World) -> None:
        account_walks.make_account(world)
        walks.give_passkeys(world, _LONG[1])
        act(world)

    return arrange


def _only_way(world: World) -> None:
    """Nothing can be sent to this account any more, and its owner holds one passkey."""
    account_walks.make_account(world, account_walks.UNREACHABLE)
    _change_email(world, "camille@exemple.fr")
    account_walks.sign_in(world)
    account_walks.prove_again(world)
    walks.give_passkeys(world, _LONG[1])
    _change_email(world, None)


def _change_email(world: World, email: str | None) -> None:
    with writing(walks.engine_of(world)) as session:
        change(session, walks.account_id_of(world), email=email)


STATES: tuple[State, ...] = (
    State("passkeys-none", walks.KEYS, _in()),
    State("passkeys", walks.KEYS, _in(_LONG[1])),
    State("passkeys-long-names", walks.KEYS, _in(*_LONG)),
    State("passkeys-full", walks.KEYS, _in(*(f"Clé {number}" for number in range(MOST)))),
    State("passkeys-added", f"{walks.KEYS}?fait=ajout", _in(_LONG[1])),
    State("passkeys-not-added", walks.KEYS, _in(), post=_ANSWER, status=422),
    State("passkey-name", walks.NAME + _SECOND, _in(*_LONG)),
    State("passkey-name-empty", walks.NAME + _SECOND, _in(*_LONG), post={"name": " "}, status=422),
    State("passkey-remove", walks.REMOVE + _FIRST, _in(*_LONG)),
    State("passkey-remove-only-way", walks.REMOVE + _FIRST, _only_way),
    State("sign-in-passkey-refused", "/connexion", post=_ANSWER, action=walks.SIGN_IN, status=422),
    State("sign-in-passkeys-elsewhere", "/connexion", headers={"Host": "127.0.0.1:8000"}, kind="first"),
    State("step-up-passkey", "/compte/confirmation?vers=/compte/cles", _then(account_walks.sign_in)),
    State(
        "step-up-passkey-refused",
        "/compte/confirmation",
        _then(account_walks.sign_in),
        post=_ANSWER,
        action=f"{walks.CONFIRM}?vers=",
        status=422,
    ),
)
