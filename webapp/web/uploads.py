"""Routes that take files: only they may be sent more than a form's worth, and only by whoever may come there.

Receiving files and looking into them takes long, and each request has a thread of the server for as long: only some of
these threads ever do that at the same moment, so that all the other pages go on being answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from webapp.web.access import requirement_of
from webapp.web.errors import error_page
from webapp.web.spool import SealedSpool
from webapp.web.work import READS

View = TypeVar("View", bound=Callable[..., Any])
TAKEN_AT_ONCE = 4
"""Requests whose files one server process takes at the same moment: a part of its threads (24, cli/demo.py)."""
SENT_ON_AT_ONCE = 2
"""Requests that are refused and still received, at the same moment."""
FORMS_AT_ONCE = 12
"""Forms that are received at the same moment. One comes in a packet or two; somebody who sends one drop by drop holds
a thread for as long, and must not hold them all."""
FORM_PATIENCE, FORM_RETRY_SECONDS = 0.25, 10
RETRY_SECONDS = 60
_takers = threading.BoundedSemaphore(TAKEN_AT_ONCE)
_forms = threading.BoundedSemaphore(FORMS_AT_ONCE)
_receivers = threading.BoundedSemaphore(SENT_ON_AT_ONCE)
_TAKING = "espace.takes_files"
_PIECE = 64 * 1024
_FIELDS = 4 * _PIECE
"""Bytes of what is not a file, and of the pieces in which a file comes: the parser counts both together."""


def takes_files(
    most: int, too_heavy: Callable[[], Response], too_many: Callable[[], Response]
) -> Callable[[View], View]:
    """Declare that a route takes up to `most` bytes in all, and what answers when there are more (413).

    `too_many` answers (503) while others send files, more of them than there is room for.
    """

    def declare(view: View) -> View:
        view.takes_files = (most, too_heavy, too_many)  # type: ignore[attr-defined]
        return view

    return declare


def let_files_in() -> BaseResponse | None:
    """Raise the limit for such a route, before anything of the request is read; send others on, whatever they send.

    What is refused is still received, up to a bound: a browser that is cut off while it sends shows no answer.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    declared = getattr(view, "takes_files", None)
    if declared is None or request.method in READS or request.endpoint is None:
        return _receive_form()
    most, too_heavy, too_many = declared
    refused = requirement_of(request.endpoint).turn_away()
    if refused is None and (request.content_length or 0) > most:
        refused = too_heavy()
    if refused is None and not _takers.acquire(blocking=False):
        refused = too_many()
        refused.headers["Retry-After"] = str(RETRY_SECONDS)
    if refused is None:
        request.environ[_TAKING] = True
        request.max_content_length = most
        request.max_form_memory_size = _FIELDS
        return None
    _receive(2 * most)
    return refused


def _receive_form() -> BaseResponse | None:
    """Receive a whole form before anything is done with it, and only so many at once; 503 when too many are coming.

    One that comes in pieces does not say how long it is.
    """
    if request.method in READS and not request.content_length and not request.mimetype:
        return None
    if not _forms.acquire(timeout=FORM_PATIENCE):
        return error_page(503, retry_after=FORM_RETRY_SECONDS, received=False)
    try:
        request.get_data()
    finally:
        _forms.release()
    return None


def register_uploads(app: Flask) -> None:
    """Look at each request that may hold files before it is read, and make room for another once it is answered."""
    usual: Any = app.request_class

    class Taking(usual):  # type: ignore[misc]
        """A request whose files wait sealed."""

        def _get_file_stream(self, *_about: Any, **_named: Any) -> SealedSpool:
            return SealedSpool()

    app.request_class = Taking
    app.before_request(let_files_in)

    @app.teardown_request
    def _next(_error: BaseException | None) -> None:
        if request.environ.pop(_TAKING, False):
            _takers.release()


def _receive(most: int) -> None:
    if not _receivers.acquire(blocking=False):
        return
    try:
        request.max_content_length = None
        with suppress(HTTPException, OSError):
            while most > 0 and (piece := request.stream.read(_PIECE)):
                most -= len(piece)
    finally:
        _receivers.release()
