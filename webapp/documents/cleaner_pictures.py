"""The part of cleaner.py that decodes pictures; run there only."""

from __future__ import annotations

import io
import warnings
from typing import Any

LONGEST_SIDE = 2_000
"""Pixels: a page of A4 at 170 dots an inch."""
QUALITY = 82
MOST_PIXELS = {"JPEG": 210_000_000, "PNG": 24_000_000, "WEBP": 13_000_000}
"""Counted before anything is decoded. A JPEG is decoded already reduced: the largest sensors have 200 million; the
others are decoded whole, at four bytes a pixel, twice for WebP."""


def clean_picture(data: bytes, kind: str, unfit: type[Exception]) -> bytes:
    """Return a JPEG upright, at most 2,000 pixels long, of which only the pixels are kept."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    warnings.simplefilter("ignore")
    pixels = 0
    try:
        picture: Any = Image.open(io.BytesIO(data), formats=(kind,))
        pixels = picture.width * picture.height
        if pixels > MOST_PIXELS[kind]:
            raise unfit("pixels")
        if kind == "JPEG":
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        try:
            turned = picture.getexif().get(0x0112, 1)
        except Exception:  # noqa: BLE001  (whatever is wrong with what is thrown away anyway)
            turned = 1
        picture.load()
        picture = _on_white(_small(picture))
        way = _WAYS.get(turned)
        if way is not None:
            picture = picture.transpose(getattr(Image.Transpose, way))
        out, bare = io.BytesIO(), Image.new("RGB", picture.size)
        bare.paste(picture)
        bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    except unfit:
        raise
    except MemoryError:
        raise unfit("pixels") from None
    except Exception as error:
        raise unfit("pixels" if pixels > MOST_PIXELS["WEBP"] else "broken") from error
    return out.getvalue()


_WAYS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""How a picture is turned upright, by its EXIF orientation."""


def _small(picture: Any) -> Any:
    """Return it at most 2,000 pixels long, before any copy in another mode is made."""
    from PIL import Image

    if picture.mode.startswith("I"):  # sixteen bits a sign: an X-ray, for example
        picture = picture.convert("F")
    elif picture.mode not in ("RGB", "RGBA", "L", "LA", "CMYK", "YCbCr", "F"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return picture


def _on_white(picture: Any) -> Any:
    """Return red, green and blue; what one could see through becomes white, as on paper."""
    from PIL import Image

    if picture.mode == "F":
        low, high = picture.getextrema()
        span = max(high - low, 1)
        return picture.point(lambda one: one * (255 / span) - low * 255 / span).convert("L").convert("RGB")
    if picture.mode not in ("RGBA", "LA"):
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper
