"""Forty files that somebody might send to do harm. Each is made when it is asked for, none is kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from webapp.documents.cleaning import Problem
from webapp.documents.rules import Media

SCRIPT = b"<script>alert(document.cookie)</script>"
CANARY = b"CANARY-THAT-MUST-NOT-SURVIVE"
"""In everything that has to go: scripts, places, attached files, what is before and behind."""


@dataclass(frozen=True)
class Hostile:
    """A file, what its sender calls it, and what becomes of it: refused for a reason, or kept as something harmless."""

    name: str
    make: Callable[[], bytes]
    becomes: Media | Problem | tuple[Problem, ...]


@cache
def photo(width: int = 400, height: int = 300) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((width, height), 40).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def exif() -> bytes:
    """A photo on its side, taken somewhere, by a device, with a comment."""
    from PIL import Image

    out, told = io.BytesIO(), Image.Exif()
    told[0x0112] = 6
    told[0x010F] = CANARY.decode()
    told.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.6), 3: "E", 4: (2.0, 17.0, 40.2)})
    picture = Image.open(io.BytesIO(photo()))
    picture.save(out, "JPEG", exif=told, comment=CANARY)
    return out.getvalue()


def exif_bomb() -> bytes:
    """An EXIF directory that leads to itself, and counts four thousand million values."""
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 3)
    tiff += struct.pack("<HHII", 0x0112, 3, 0xFFFFFFFF, 0xFFFFFFF0)
    tiff += struct.pack("<HHII", 0x8769, 4, 1, 8)
    tiff += struct.pack("<HHII", 0x8825, 4, 1, 8) + struct.pack("<I", 8)
    block = b"Exif\0\0" + tiff + CANARY
    return photo()[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + photo()[2:]


def png(width: int, height: int, *chunks: tuple[bytes, bytes], mode: int = 0) -> bytes:
    """A PNG that says how large it is, whatever it holds; by itself a few hundred bytes of nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, mode, 0, 0, 0)
    rows = chunks or ((b"IDAT", zlib.compress(bytes(min(width + 1, 100_000) * min(height, 1_000)))),)
    body = b"".join(chunk(*one) for one in rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def animated() -> bytes:
    """A WebP of many frames."""
    from PIL import Image

    out = io.BytesIO()
    frames = [Image.new("RGB", (300, 300), (number, 0, 0)) for number in range(20)]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    return out.getvalue()


def saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (64, 64), **how: object) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


def lying(width: int, height: int, *, progressive: bool = False) -> bytes:
    """A small JPEG whose head says that it is large."""
    small = saved("JPEG", "RGB", progressive=progressive)
    at = small.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", height, width) + small[at + 4 :]


def zipped(name: str = "a.txt", size: int = 30_000_000) -> bytes:
    """A thousand times smaller than what is in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as file:
        for _ in range(size // 1_000_000):
            file.write(bytes(1_000_000))
    return out.getvalue()


@cache
def deflated(megabytes: int) -> bytes:
    """Blanks, a thousand times smaller: one block again and again, so that making it costs nothing. No checksum."""
    press = zlib.compressobj(9)
    head = press.compress(b"") + press.flush(zlib.Z_FULL_FLUSH)
    block = press.compress(b" " * 1_000_000) + press.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes


ALL: list[Hostile] = []


def hostile(name: str, becomes: Media | Problem | tuple[Problem, ...], make: Callable[[], bytes]) -> None:
    """Add one to the list."""
    ALL.append(Hostile(name, make, becomes))


P = Problem
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
HTML = b"<!doctype html><html>" + SCRIPT + b"<img src=x onerror=alert(1)></html>"
hostile("dessin.svg", P.KIND, lambda: SVG)
hostile("dessin.png", P.KIND, lambda: SVG)
hostile("dessin.txt", Media.TEXT, lambda: SVG)
hostile("resultats.pdf", P.KIND, lambda: HTML)
hostile("resultats.html", P.KIND, lambda: HTML)
hostile("resultats.html.txt", Media.TEXT, lambda: HTML)
hostile("script.js", P.KIND, lambda: b"fetch('/compte')")
hostile("vide.pdf", P.EMPTY, lambda: b"")
hostile("blanc.txt", P.EMPTY, lambda: b" \n\t\r\n ")
hostile("programme.txt", P.KIND, lambda: b"\x7fELF\x02\x01\x01\0" + bytes(200))
hostile("machine.exe", P.KIND, lambda: b"MZ\x90\0" + bytes(200))
hostile("signes.txt", Media.TEXT, lambda: "Ferritine \u202e48\u202c \u200b\u2066nette\u2069".encode())
hostile("terminal.txt", P.KIND, lambda: b"\x1b]0;titre\x07\x1b[2J" + SCRIPT)
hostile("photo.jpg", Media.IMAGE, exif)
hostile("bombe-exif.jpg", Media.IMAGE, exif_bomb)
hostile("photo-et-page.jpg", Media.IMAGE, lambda: photo() + CANARY + HTML)
hostile("photo-et-archive.jpg", Media.IMAGE, lambda: photo() + zipped(CANARY.decode(), 1_000_000))
hostile("photo-coupee.jpg", P.BROKEN, lambda: photo()[: len(photo()) // 2])
hostile("photo.pdf", Media.IMAGE, photo)
hostile("immense.png", P.PIXELS, lambda: png(60_000, 60_000))
hostile("ligne.png", P.PIXELS, lambda: png(2_000_000_000, 1))
hostile("menteuse.png", P.BROKEN, lambda: png(3_000, 3_000, (b"IDAT", zlib.compress(b"\0"))))
hostile("bombe.png", Media.IMAGE, lambda: png(4_000, 4_000, (b"IDAT", deflated(2_000))))
hostile(
    "texte-gonfle.png",
    (P.BROKEN, P.PIXELS),
    lambda: png(9, 9, (b"zTXt", b"a\0\0" + deflated(300)), (b"IDAT", b"x")),
)
hostile(
    "profil-gonfle.png",
    (P.BROKEN, P.PIXELS),
    lambda: png(9, 9, (b"iCCP", b"a\0\0" + deflated(300)), (b"IDAT", b"x")),
)
hostile("anime.webp", Media.IMAGE, animated)
hostile("grande.webp", P.PIXELS, lambda: saved("WEBP", size=(4_000, 4_000), method=0, quality=1))
hostile("grande.jpg", (P.PIXELS,), lambda: lying(60_000, 60_000))
hostile("par-couches.jpg", P.PIXELS, lambda: lying(13_000, 13_000, progressive=True))
hostile("scan.tiff", P.KIND, lambda: saved("TIFF"))
hostile("icone.ico", P.KIND, lambda: saved("ICO"))
hostile("icone.jpg", P.KIND, lambda: saved("ICO"))
hostile("anime.gif", P.KIND, lambda: saved("GIF", "P"))
hostile("image.bmp", P.KIND, lambda: saved("BMP"))
hostile("photo.heic", P.HEIC, lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(300))
hostile("archive.zip", P.ARCHIVE, zipped)
hostile("compte-rendu.pdf.docx", P.ARCHIVE, lambda: zipped("word/document.xml", 1_000_000))
hostile("donnees.txt", P.ARCHIVE, lambda: b"\x1f\x8b\x08\0" + deflated(50))
