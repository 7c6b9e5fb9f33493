"""The form that takes a file."""

from __future__ import annotations

from wtforms import FileField

from webapp.web.forms import Form


class FileForm(Form):
    """A summary from elsewhere."""

    file = FileField("Fichier du résumé")
