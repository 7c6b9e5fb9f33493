"""What xhtml2pdf leaves undone: title, language, fonts that are listed without use, true no-break spaces."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

_SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
_TRUE_SPACES = ((b"E02F", b"202F"), (b"E0A0", b"00A0"))


class FontNotEmbedded(Exception):
    """A page draws with a font whose file is not in the document."""


def finish(pdf_bytes: bytes, *, title: str, language: str) -> bytes:
    """Return the document with title, language, embedded fonts only, and no date; raises FontNotEmbedded."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        for page in pdf.pages:
            _keep_used_fonts(pdf, page)
        _name_true_spaces(pdf)
        del pdf.docinfo
        del pdf.trailer["/ID"]  # reportlab's comes from the clock
        pdf.docinfo["/Title"] = title
        pdf.Root.Lang = pikepdf.String(language)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as facts:
            facts["dc:title"] = title
            facts["dc:language"] = [language]
        out = io.BytesIO()
        # Compressed again: reportlab wraps its streams in ASCII85, a quarter larger.
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            recompress_flate=True,
            compress_streams=True,
        )
    return out.getvalue()


def _keep_used_fonts(pdf: Pdf, page: Page) -> None:
    """Drop text blocks that show nothing (reportlab opens each page with one in Helvetica), then unused fonts."""
    import pikepdf

    kept: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    block: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    used: set[str] = set()
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        if operator == "BT" or block:
            block.append(step)
        else:
            kept.append(step)
        if operator == "ET":
            if any(str(inner.operator) in _SHOWS_TEXT for inner in block):
                kept += block
                used |= {str(inner.operands[0]) for inner in block if str(inner.operator) == "Tf"}
            block = []
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    fonts = page.Resources.get("/Font", pikepdf.Dictionary())
    page.Resources.Font = pikepdf.Dictionary({name: fonts[name] for name in sorted(used)})
    for name in used:
        if "/FontFile2" not in fonts[name].get("/FontDescriptor", {}):
            raise FontNotEmbedded(str(fonts[name].get("/BaseFont")))


def _name_true_spaces(pdf: Pdf) -> None:
    """Write U+202F and U+00A0 where the text maps to the private characters that stood for them in the layout."""
    import pikepdf

    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            table = item.ToUnicode.read_bytes()
            for private, true in _TRUE_SPACES:
                table = table.replace(b"<" + private + b">", b"<" + true + b">")
            item.ToUnicode.write(table)
