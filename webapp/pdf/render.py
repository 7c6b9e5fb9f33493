"""HTML to PDF by xhtml2pdf: every font embedded, a title, a language, nothing read but our own fonts.

The same HTML gives the same bytes: no date, no producer, an identifier computed from the content.
xhtml2pdf makes no tags: whoever shows a PDF also shows an accessible page that says the same.
"""

from __future__ import annotations

import io
import logging
from pathlib import Path

from webapp.pdf.finish import FontNotEmbedded, finish

FONTS = Path(__file__).resolve().parent / "fonts"
_FACES = {"EspaceDejaVuSans.ttf": "normal", "EspaceDejaVuSans-Bold.ttf": "bold"}
_OWN_CSS = (
    "".join(
        f"@font-face {{ font-family: espace; font-weight: {weight}; src: url({name}) }}\n"
        for name, weight in _FACES.items()
    )
    # xhtml2pdf's own sheet names base fonts for these, which no file would embed.
    + "html, body, p, div, h1, h2, h3, h4, h5, h6, table, th, td, ul, ol, li, a, address, blockquote, pre, code,"
    " kbd, samp, tt, small, strong, b, em, i, span { font-family: espace; font-style: normal }\n"
)
# Layout takes U+202F for an ordinary blank; the font draws these private characters as the no-break spaces.
_UNBREAKABLE = str.maketrans({"\u202f": "\ue02f", "\u00a0": "\ue0a0"})
_MEGABYTE = 1024 * 1024


class RenderError(Exception):
    """A document that could not be made; the text never holds what the document says."""


def html_to_pdf(html: str, *, title: str, language: str = "fr") -> bytes:
    """Return the PDF of a whole HTML page, titled and in a language (a BCP 47 tag).

    The HTML reads nothing: neither network nor files; only PNG `data:` URIs give images, anything else is left out.
    Raises ValueError without a title or a language, RenderError when the page cannot be laid out or a font would
    not be embedded (a `ul` does that: xhtml2pdf draws its bullets in Symbol).
    """
    if not title.strip() or not language.strip():
        raise ValueError("a PDF needs a title and a language")
    try:
        return finish(_layout(html.translate(_UNBREAKABLE)), title=title, language=language)
    except RenderError:
        raise
    except FontNotEmbedded as error:
        raise RenderError(f"the page draws with a font that is not embedded ({error})") from None
    except Exception as error:  # noqa: BLE001
        # Neither the cause nor its words: they quote the page, hence names and numbers, into logs.
        raise RenderError(f"the page could not be laid out ({type(error).__name__})") from None


def _layout(html: str) -> bytes:
    # Their warnings quote the page being laid out: names and insured numbers do not belong in logs.
    for name in ("xhtml2pdf", "reportlab", "svglib"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    from xhtml2pdf.config.resources import ResourceAccessPolicy
    from xhtml2pdf.default import DEFAULT_CSS
    from xhtml2pdf.document import pisaDocument

    policy = ResourceAccessPolicy(
        allow_remote=False,
        base_dir=FONTS,
        max_local_bytes=_MEGABYTE,
        max_resource_bytes=_MEGABYTE,
        max_image_pixels=4_000_000,
        max_document_bytes=20 * _MEGABYTE,
        allow_remote_pdf_backgrounds=False,
    )
    out = io.BytesIO()
    status = pisaDocument(
        html,
        out,
        # A path inside the folder of fonts: outside it, xhtml2pdf falls back in silence to a font it does not embed.
        path=str(FONTS / "page.html"),
        default_css=DEFAULT_CSS + _OWN_CSS,
        encoding="utf-8",
        link_callback=_own_resource,
        resource_policy=policy,
    )
    if status.err:
        raise RenderError(f"the page could not be laid out ({status.err} errors)")
    return out.getvalue()


def _own_resource(uri: str, _base: str | None) -> str:
    """Return what may be read for an address: our fonts, PNG data; else an empty resource."""
    if uri in _FACES:
        return str(FONTS / uri)
    return uri if uri.startswith("data:image/png;base64,") else "data:,"
