"""Routes that take files: only they may be sent more than a form's worth, and only by whoever may come there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from webapp.web.access import requirement_of
from webapp.web.work import READS

View = TypeVar("View", bound=Callable[..., Any])
_PIECE = 64 * 1024
_FIELDS = 4 * _PIECE
"""Bytes of what is not a file, and of the pieces in which a file comes: the parser counts both together."""


def takes_files(most: int, too_heavy: Callable[[], Response]) -> Callable[[View], View]:
    """Declare that a route takes up to `most` bytes in all, and what answers (413) when there are more."""

    def declare(view: View) -> View:
        view.takes_files = (most, too_heavy)  # type: ignore[attr-defined]
        return view

    return declare


def let_files_in() -> BaseResponse | None:
    """Raise the limit for such a route, before anything of the request is read; send others on, whatever they send.

    What is refused is still received, up to a bound: a browser that is cut off while it sends shows no answer.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    declared = getattr(view, "takes_files", None)
    if declared is None or request.method in READS or request.endpoint is None:
        return None
    most, too_heavy = declared
    refused = requirement_of(request.endpoint).turn_away()
    if refused is None and (request.content_length or 0) > most:
        refused = too_heavy()
    if refused is None:
        request.max_content_length = most
        request.max_form_memory_size = _FIELDS
        return None
    _receive(2 * most)
    return refused


def _receive(most: int) -> None:
    request.max_content_length = None
    with suppress(HTTPException, OSError):
        while most > 0 and (piece := request.stream.read(_PIECE)):
            most -= len(piece)
