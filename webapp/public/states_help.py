"""States of the help pages."""

from __future__ import annotations

from webapp.public.views_help import TOPICS
from webapp.web.states import State

STATES = (
    State("help", "/aide", kind="prose"),
    *(
        State(f"help-{topic.template.replace('_', '-')}", f"/aide/{topic.name}", kind="prose")
        for topic in TOPICS
    ),
)
