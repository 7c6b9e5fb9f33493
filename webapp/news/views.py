"""All the news; the first page of the space shows the newest."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app

from webapp.config import Settings
from webapp.news.rules import News
from webapp.news.service import NewsFile
from webapp.web.access import EVERYONE, open_to
from webapp.web.pages import show

blueprint = Blueprint("news", __name__)


def register_news(app: Flask, settings: Settings) -> None:
    """Take the file that the settings name."""
    app.extensions["news"] = NewsFile(settings.news)


def newest(count: int) -> tuple[News, ...]:
    """Return the newest news."""
    file: NewsFile = current_app.extensions["news"]
    return file.news()[:count]


@blueprint.get("/actualites")
@open_to(EVERYONE)
def everything() -> Response:
    """Show all of it; it is about the service, so for everyone."""
    file: NewsFile = current_app.extensions["news"]
    return show("news/everything.html", news=file.news())
