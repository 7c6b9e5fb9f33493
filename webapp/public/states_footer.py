"""States of the pages of the footer."""

from __future__ import annotations

from webapp.web.states import State

STATES = (
    State("legal", "/mentions-legales", kind="prose"),
    State("privacy", "/donnees-personnelles", kind="prose"),
    State("about", "/a-propos", kind="prose"),
    State("accessibility", "/accessibilite", kind="prose"),
    State("site-map", "/plan-du-site", kind="prose"),
)
