"""The name of everything that is written down, as `subject:action`."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """One kind of event. A name is never reused for something else: old entries keep theirs."""

    IDENTITY_MATCHED = "identity:matched"
    IDENTITY_REFUSED = "identity:refused"
    CODE_ISSUED = "code:issued"
    CODE_REDEEMED = "code:redeemed"
    CODE_REFUSED = "code:refused"
    SPACE_OPENED = "space:opened"
    SPACE_OPPOSED = "space:opposed"
    SPACE_REOPENED = "space:reopened"
    SPACE_CLOSED = "space:closed"
    TERMS_ACCEPTED = "terms:accepted"
    ACCOUNT_CREATED = "account:created"
    ACCOUNT_LINKED = "account:linked"
    SIGN_IN_STARTED = "sign-in:started"
    SIGN_IN_DONE = "sign-in:done"
    SIGN_IN_REFUSED = "sign-in:refused"
    SIGN_OUT_DONE = "sign-out:done"
    PASSWORD_CHANGED = "password:changed"  # noqa: S105  (the name of an event)
    RECEIPT_FETCHED = "receipt:fetched"
    REGISTRY_IMPORTED = "registry:imported"
    LETTER_SENT = "letter:sent"
    LETTER_ABANDONED = "letter:abandoned"
