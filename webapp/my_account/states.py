"""States of the pages of "Mon compte" (J7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from webapp.account import walks
from webapp.my_account.walks import (
    NEW_EMAIL,
    NEW_PASSWORD,
    NEW_PHONE,
    PROTECTED,
    address_code,
    ask_address,
    move,
    register_protected,
)
from webapp.web.states import Arrange, State, World

_IDENTIFIER, _PASSWORD = "/compte/identifiant", "/compte/mot-de-passe"
_EMAIL, _PHONE = "/compte/adresse-electronique", "/compte/telephone"


def _in(*acts: Callable[[World], object], phone: bool = True) -> Arrange:
    """Signed in, the password given again, then what `acts` do."""

    def arrange(world: World) -> None:
        walks.make_account(world, phone=phone)
        walks.sign_in(world)
        walks.prove_again(world)
        for act in acts:
            act(world)

    return arrange


def _only_the_registry(world: World) -> None:
    """An account that has no address of its own: opened with a letter on paper."""
    walks.make_account(world)
    walks.sign_in(world)
    walks.prove_again(world)
    move(world, email=None, phone=None)


def _parent(world: World) -> None:
    walks.make_account(world, walks.PARENT, opens=(walks.PARENT, walks.CHILD))
    walks.sign_in(world)
    walks.prove_again(world)


def _not_proven(world: World) -> None:
    """An account made with a child's card, whose addresses are not the parent's."""
    walks.make_account(world, walks.PARENT, opens=(walks.CHILD,))
    move(world, email="quelquun@example.org", phone=None)
    walks.sign_in(world)
    walks.prove_again(world)


def _protected(world: World) -> None:
    register_protected(world)
    walks.make_account(world, PROTECTED)
    walks.sign_in(world)
    walks.prove_again(world)


def _taken(world: World) -> None:
    walks.make_account(world, walks.PARENT, identifier="deja.pris")


def _send(address: str, **fields: str) -> Callable[[World], None]:
    return lambda world: (world.walker.open(address).send(**fields), None)[1]


def _wrong_code(world: World) -> Mapping[str, str]:
    _in(ask_address(_EMAIL, email=NEW_EMAIL))(world)
    return {"code": walks.another(address_code(world))}


def _spend(world: World) -> None:
    wrong = walks.another(address_code(world))
    for _ in range(5):
        world.walker.open(f"{_EMAIL}/code")
        if "code" in {name for form in world.walker.page.forms for name in form.names}:
            world.walker.send(code=wrong)


def _expire(world: World) -> None:
    """The code dies of age while the session is kept alive; the password is given again meanwhile."""
    for _ in range(2):
        world.forward(walks.OVER / 2)
        world.walker.open("/compte")
    walks.prove_again(world)


def _ten_codes(world: World) -> None:
    """One to sign in, and nine to the new address."""
    ask_address(_EMAIL, email=NEW_EMAIL)(world)
    for _ in range(8):
        _again(world)


def _again(world: World) -> None:
    world.walker.open(f"{_EMAIL}/code").send(action=f"{_EMAIL}/code/renvoyer")


def _prove(world: World) -> None:
    world.walker.open(f"{_EMAIL}/code").send(code=address_code(world))


def _remove_phone(world: World) -> None:
    world.walker.open(_PHONE).send(action=f"{_PHONE}/retirer")


STATES = (
    State("account", "/compte", _in()),
    State("account-no-phone", "/compte", _in(phone=False)),
    State("account-identifier", _IDENTIFIER, _in()),
    State("account-identifier-bad", _IDENTIFIER, _in(), post={"identifier": "é"}, status=422),
    State("account-identifier-taken", _IDENTIFIER, _in(_taken), post={"identifier": "Deja.pris"}, status=422),
    State("account-identifier-changed", f"{_IDENTIFIER}/fait", _in(_send(_IDENTIFIER, identifier="x" * 64))),
    State("account-password", _PASSWORD, _in()),
    State("account-password-bad", _PASSWORD, _in(), post={"password": "court"}, status=422),
    State("account-password-changed", f"{_PASSWORD}/fait", _in(_send(_PASSWORD, password=NEW_PASSWORD))),
    State("account-email", _EMAIL, _in()),
    State("account-email-none", _EMAIL, _only_the_registry),
    State("account-email-limit", _EMAIL, _in(_ten_codes), post={"email": NEW_EMAIL}, status=429),
    State("account-email-last", _EMAIL, _in(phone=False), post={}, action=f"{_EMAIL}/retirer", status=422),
    State("account-email-bad", _EMAIL, _in(), post={"email": "camille@"}, status=422),
    State("account-email-code", f"{_EMAIL}/code", _in(ask_address(_EMAIL, email="a" * 60 + "@example.org"))),
    State("account-email-code-again", f"{_EMAIL}/code", _in(ask_address(_EMAIL, email=NEW_EMAIL), _again)),
    State("account-email-code-wrong", f"{_EMAIL}/code", _wrong_code, post={}, status=422),
    State("account-email-code-spent", f"{_EMAIL}/code", _in(ask_address(_EMAIL, email=NEW_EMAIL), _spend)),
    State("account-email-code-expired", f"{_EMAIL}/code", _in(ask_address(_EMAIL, email=NEW_EMAIL), _expire)),
    State("account-email-code-used", f"{_EMAIL}/code", _in(ask_address(_EMAIL, email=NEW_EMAIL), _prove)),
    State("account-email-done", f"{_EMAIL}/fait", _in(ask_address(_EMAIL, email=NEW_EMAIL), _prove)),
    State("account-phone", _PHONE, _in()),
    State("account-phone-none", _PHONE, _in(phone=False)),
    State("account-phone-fixed", _PHONE, _in(), post={"phone": "01 23 45 67 89"}, status=422),
    State("account-phone-same", _PHONE, _in(), post={"phone": "07 99 99 00 01"}, status=422),
    State("account-phone-code", f"{_PHONE}/code", _in(ask_address(_PHONE, phone=NEW_PHONE))),
    State("account-phone-removed", f"{_PHONE}/fait", _in(_remove_phone)),
    State("account-registry", "/compte/caisse", _in(), kind="prose"),
    State("account-registry-children", "/compte/caisse", _parent, kind="prose"),
    State("account-registry-protected", "/compte/caisse", _protected, kind="prose"),
    State("account-registry-not-proven", "/compte/caisse", _not_proven, kind="prose"),
)
