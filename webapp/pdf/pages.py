"""Documents made from `templates/pdf/`: their facts in, a finished PDF out."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from webapp.config import CHECKOUT
from webapp.pdf.render import html_to_pdf


def pdf_page(template: str, *, title: str, **facts: Any) -> bytes:
    """Return the PDF of `templates/pdf/<template>`, titled; facts are shown as text, never as markup.

    Raises jinja2.UndefinedError when a fact is missing, RenderError when it cannot be laid out.
    """
    return html_to_pdf(_environment().get_template(template).render(title=title, **facts), title=title)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(CHECKOUT / "templates" / "pdf"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
