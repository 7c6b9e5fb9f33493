"""Everything that the archive holds, in order. A feature that holds more of a person adds its section here."""

from __future__ import annotations

from webapp.archive.documents import DOCUMENTS
from webapp.archive.happened import ACTIVITY, LETTERS
from webapp.archive.messages import MESSAGES
from webapp.archive.mine import ACCOUNT, FACTORS, SESSIONS
from webapp.archive.profile import FIRST_QUESTIONS, PROFILE
from webapp.archive.records import Section
from webapp.archive.registry import MY_CARDS, MY_FAMILY, PERSON
from webapp.archive.spaces import CHILDREN_EVENTS, INVITATIONS, MY_DECISIONS, SPACES

SECTIONS: tuple[Section, ...] = (
    ACCOUNT,
    PERSON,
    MY_CARDS,
    MY_FAMILY,
    SPACES,
    MESSAGES,
    PROFILE,
    FIRST_QUESTIONS,
    DOCUMENTS,
    MY_DECISIONS,
    INVITATIONS,
    CHILDREN_EVENTS,
    SESSIONS,
    FACTORS,
    ACTIVITY,
    LETTERS,
)
