"""States of the pages of this feature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from webapp.account import walks as account
from webapp.inbox import walks
from webapp.inbox.walks import INBOX
from webapp.web.states import Arrange, State, World

_ONE = "{message}"


def _many(world: World) -> None:
    """Forty-five messages, three of them with long words; all but the first were read."""
    walks.enter(world)
    walks.receive(world, 44)
    walks.read_all(world)
    walks.receive(world, 1, walks.LONG)


def _unread_many(world: World) -> None:
    walks.enter(world)
    walks.receive(world, 120)


def _older(world: World) -> Mapping[str, str]:
    _many(world)
    href = next(href for href, words in world.walker.open(INBOX).page.links if "plus ancien" in words)
    return {"older": href.rpartition("=")[2]}


def _all_read(world: World) -> None:
    walks.enter(world)
    walks.read_all(world)


def _archived(world: World) -> None:
    walks.enter(world)
    walks.archive(world)


def _archived_a_while_ago(world: World) -> None:
    _archived(world)
    world.forward(timedelta(minutes=2))


def _message(world: World) -> Mapping[str, str]:
    walks.enter(world)
    return {"message": walks.newest(world)}


def _message_archived(world: World) -> Mapping[str, str]:
    found = _message(world)
    walks.archive(world)
    return found


def _message_long(world: World) -> Mapping[str, str]:
    walks.enter(world)
    walks.receive(world, 1, walks.LONG)
    return {"message": walks.newest(world)}


def _message_of_child(world: World) -> Mapping[str, str]:
    walks.enter_child(world)
    return {"message": walks.newest(world)}


def _unread_again(world: World) -> None:
    found = _message(world)["message"]
    world.walker.open(found).send(action=f"{found}/non-lu")


def _taken_back(world: World) -> None:
    found = _message_archived(world)["message"]
    world.walker.open(found).send(action=f"{found}/reprendre")


def _closed(world: World) -> None:
    walks.enter(world)
    walks.close(world)


def _reopened(world: World) -> None:
    _closed(world)
    world.forward(timedelta(minutes=2))
    world.walker.open("/compte/rouvrir").send(accept_terms="y")


def _child_alone(world: World) -> None:
    account.make_account(world, account.PARENT, opens=(account.CHILD,))
    account.sign_in(world)


def _child_closed(world: World) -> None:
    walks.enter_child(world)
    walks.close(world)


def _looked_for(words: str) -> Arrange:
    def arrange(world: World) -> None:
        _many(world)
        walks.look_for(world, words)

    return arrange


def _found_older(world: World) -> Mapping[str, str]:
    _looked_for("nouvelle")(world)
    links = world.walker.open(f"{INBOX}/recherche").page.links
    return {"older": next(href for href, words in links if "plus loin" in words).rpartition("=")[2]}


STATES: tuple[State, ...] = (
    State("inbox", INBOX, walks.enter),
    State("inbox-many", INBOX, _many),
    State("inbox-unread-many", INBOX, _unread_many),
    State("inbox-older", INBOX + "?avant={older}", _older),
    State("inbox-no-such-place", INBOX + "?avant=hier", walks.enter, status=404),
    State("inbox-all-read", INBOX, _all_read),
    State("inbox-nothing", INBOX, _archived_a_while_ago),
    State("inbox-just-archived", INBOX, _archived),
    State("inbox-unread-again", INBOX, _unread_again),
    State("inbox-taken-back", INBOX, _taken_back),
    State("inbox-reopened", INBOX, _reopened),
    State("inbox-closed", INBOX, _closed),
    State("inbox-never-opened", INBOX, _child_alone),
    State("inbox-child", INBOX, walks.enter_child),
    State("inbox-child-closed", INBOX, _child_closed),
    State("inbox-to-read", INBOX + "/a-lire", walks.enter),
    State("inbox-nothing-to-read", INBOX + "/a-lire", _all_read),
    State("inbox-archived", INBOX + "/archives", _archived_a_while_ago),
    State("inbox-nothing-archived", INBOX + "/archives", walks.enter),
    State("inbox-message", _ONE, _message),
    State("inbox-message-archived", _ONE, _message_archived),
    State("inbox-message-long", _ONE, _message_long),
    State("inbox-message-child", _ONE, _message_of_child),
    State("inbox-no-such-message", f"{INBOX}/00000000-0000-7000-8000-000000000000", walks.enter, status=404),
    State("inbox-search", INBOX + "/recherche", walks.enter),
    State("inbox-search-found", INBOX + "/recherche", _looked_for("bien")),
    State("inbox-search-many", INBOX + "/recherche", _looked_for("nouvelle")),
    State("inbox-search-older", INBOX + "/recherche?avant={older}", _found_older),
    State("inbox-search-nothing", INBOX + "/recherche", _looked_for("introuvable")),
    State("inbox-search-empty", INBOX + "/recherche", walks.enter, post={"words": "…"}, status=422),
    State(
        "inbox-mark",
        INBOX + "/non-lus?vu=0",
        walks.enter,
        headers={"HX-Request": "true"},
        kind="fragment",
    ),
)
