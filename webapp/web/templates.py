"""What every template may use: the site's own words, components, filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask

from webapp.config import Settings
from webapp.values.clock import french_date, french_datetime, french_time, time_left
from webapp.values.codes import group_code
from webapp.values.french import of_name
from webapp.values.nir import group_nir
from webapp.values.phone import show_phone
from webapp.web.style import inline_style, save_data
from webapp.web.typeset import Typeset
from webapp.web.work import now


@dataclass(frozen=True)
class Site:
    """Who runs this site, as said in pages and letters."""

    name: str
    publisher: str
    hosting: str
    dpo_contact: str
    help_phone: str
    public_url: str
    demonstration: bool
    sent_url: str | None


def site_of(settings: Settings) -> Site:
    """Gather the site's own words from the settings."""
    return Site(
        name=settings.site_name,
        publisher=settings.publisher,
        hosting=settings.hosting,
        dpo_contact=settings.dpo_contact,
        help_phone=settings.help_phone,
        public_url=settings.public_url,
        demonstration=not settings.production,
        sent_url="/demonstration/envois" if settings.shows_what_was_sent else None,
    )


class Components:
    """`ui` in templates: every macro of the components, parsed at first use and cached."""

    def __init__(self, app: Flask) -> None:
        """Keep the application, whose environment holds the templates."""
        self._app = app
        self._module: Any = None

    def __getattr__(self, name: str) -> Any:
        """Return a macro by name."""
        if self._module is None:
            self._module = self._app.jinja_env.get_template("components/ui.html").module
        return getattr(self._module, name)


def register_templates(app: Flask, settings: Settings) -> None:
    """Give templates their globals and filters, and their typography."""
    app.jinja_env.add_extension(Typeset)
    app.jinja_env.globals.update(
        site=site_of(settings),
        ui=Components(app),
        asset=app.extensions["assets"].url,
        inline_style=inline_style,
        save_data=save_data,
    )
    app.jinja_env.filters.update(
        french_date=french_date,
        french_datetime=french_datetime,
        french_time=french_time,
        group_nir=group_nir,
        group_code=group_code,
        of_name=of_name,
        show_phone=show_phone,
        time_left=lambda end: time_left(now(), end),
    )
