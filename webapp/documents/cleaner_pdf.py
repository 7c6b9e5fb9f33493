"""The part of cleaner.py that writes PDFs anew; run there only."""

from __future__ import annotations

import io
import re
from typing import Any

BIGGEST_OUT = 10 * 1024 * 1024
MOST_OBJECTS = 50_000
MOST_VALUES = 200_000
"""Of a PDF: things of its own, and what is in them."""
_SCRIPTS = (
    *("/JS", "/JavaScript", "/AA", "/OpenAction", "/AF", "/EF", "/EmbeddedFiles", "/XFA", "/Collection"),
    *("/RichMediaContent", "/RichMediaSettings", "/URLS", "/SpiderInfo", "/Requirements", "/Rendition"),
    "/Sound",
)
"""Names under which something acts by itself, or is attached."""
_ANNOTATIONS = ("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")
_ACTIONS = ("/GoTo", "/Named", "/URI")
_PAGES = ("/NextPage", "/PrevPage", "/FirstPage", "/LastPage")
_ADDRESS = re.compile(rb"(?i)(?:https?://|mailto:|tel:)")


def clean_pdf(data: bytes, unfit: type[Exception]) -> bytes:
    """Return the PDF written anew, without what acts by itself, what is attached, and what leads elsewhere unseen."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), access_mode=pikepdf.AccessMode.stream) as pdf:
            if not len(pdf.pages):
                raise unfit("broken")
            if _hides_what_it_says(pdf.Root):
                raise unfit("too much")
            _disarm(pdf, unfit)
            out = io.BytesIO()
            pdf.save(
                out,
                encryption=False,
                linearize=False,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
            )
    except pikepdf.PasswordError:
        raise unfit("locked") from None
    except (unfit, MemoryError):
        raise
    except Exception as error:
        raise unfit("too much" if "bad_alloc" in str(error) else "broken") from error
    if out.tell() > BIGGEST_OUT:
        raise unfit("large")
    return out.getvalue()


def _hides_what_it_says(root: Any) -> bool:
    """Say whether what is to be read is attached, or drawn by a script: only a cover would be left of it."""
    return "/Collection" in root or root.get("/NeedsRendering") is True


def _disarm(pdf: Any, unfit: type[Exception]) -> None:
    import pikepdf

    if len(pdf.objects) > MOST_OBJECTS:
        raise unfit("too much")
    left = MOST_VALUES
    waiting: list[Any] = [pdf.Root, *pdf.objects]
    names = pdf.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for name in ("/EmbeddedFiles", "/JavaScript"):
            if name in names:
                del names[name]
    while waiting:
        one = waiting.pop()
        left -= 1
        if left < 0:
            raise unfit("too much")
        if isinstance(one, pikepdf.Array):
            for number in range(len(one) - 1, -1, -1):
                if _acts(one[number]):
                    del one[number]
            waiting += [inner for inner in one if _is_nest(inner) and not inner.is_indirect]
        elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            for name in _SCRIPTS:
                if name in one:
                    del one[name]
            if isinstance(one, pikepdf.Stream):
                for name in ("/F", "/FFilter", "/FDecodeParms"):  # a stream that lies in another file
                    if name in one:
                        del one[name]
            for name in list(one.keys()):
                inner: Any = one.get(name)
                if _acts(inner):
                    del one[name]
                elif _is_nest(inner) and not inner.is_indirect:
                    waiting.append(inner)


def _is_nest(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array | pikepdf.Dictionary)


def _acts(value: Any) -> bool:
    """Say whether a value is an action, or an annotation, that does more than lead within the document or to a page."""
    import pikepdf

    if not isinstance(value, pikepdf.Dictionary):
        return False
    if value.get("/Type") == "/Filespec" or str(value.get("/Subtype", "")) in _ANNOTATIONS:
        return True
    does = value.get("/S")
    if not isinstance(does, pikepdf.Name) or not (value.get("/Type") == "/Action" or _looks_like_one(value)):
        return False
    if str(does) not in _ACTIONS:
        return True
    if str(does) == "/Named":
        return str(value.get("/N", "")) not in _PAGES
    return str(does) == "/URI" and not _ADDRESS.match(bytes(value.get("/URI", b"")))


def _looks_like_one(value: Any) -> bool:
    keys = (
        "/URI",
        "/JS",
        "/F",
        "/Win",
        "/Unix",
        "/Mac",
        "/D",
        "/N",
        "/Fields",
        "/R",
        "/T",
        "/Next",
        "/OP",
        "/NewWindow",
    )
    return any(name in value for name in keys)
