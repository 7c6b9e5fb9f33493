"""Walks to the list of sessions: other browsers of the same person, signed in on their own."""

from __future__ import annotations

from flask.testing import FlaskClient

from webapp.account import walks
from webapp.web.states import World
from webapp.web.walker import walk_in_process

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1"
PAGE, ALL = "/compte/connexions", "/compte/connexions/toutes"


def elsewhere(world: World, device: str = "", *, channel: str = "email", shared: bool = False) -> World:
    """Sign in to the account that there is from another browser, and return it."""
    client: FlaskClient = world.app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = device
    if shared:
        client.set_cookie("partage", "1")
    other = World(walk_in_process(client), world.app, world.forward)
    walks.sign_in(other, channel=channel)
    return other


def end_first_other(world: World) -> None:
    """End the first of the other sessions."""
    forms = [form for form in world.walker.open(PAGE).page.forms if "session" in form.names]
    world.walker.post(PAGE, forms[1].fields)


def end_all_others(world: World) -> None:
    """End every other session."""
    world.walker.open(PAGE).send(action=ALL)
