"""QR codes: a small PNG for a PDF, a drawing for a page. Always dark on white, with their quiet zone."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

_PIXELS = 6  # per module: viewers that smooth a picture still leave its edges sharp in print


def qr_png_data_uri(text: str) -> str:
    """Return the QR code of a text as `data:image/png;base64,…` (about 1 kB for a proof's address)."""
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=_PIXELS)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def qr_svg(text: str, title: str) -> str:
    """Return the QR code as one inline `<svg>` named by `title`; safe markup, no style, no identifier.

    Its size is left to the stylesheet (class `qr`).
    """
    drawing = _code(text).svg_inline(title=title, omitsize=True, light="white", svgclass="qr", lineclass=None)
    return drawing.replace("<svg ", '<svg role="img" ', 1)


def _code(text: str) -> segno.QRCode:
    import segno

    return segno.make(text, error="m", micro=False, boost_error=False)
