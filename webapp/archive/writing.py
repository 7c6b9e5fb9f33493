"""From sections to a ZIP archive: `donnees.json` for programs, `lisez-moi.html` for people, the same facts in both.

Records are read twice, a page at a time, and compressed as they come: memory holds both files compressed. Documents
follow one at a time as the archive is sent, so that memory never holds two.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from jinja2 import Template

from webapp.archive.records import SCHEMA, Attached, Holder, Section, plain
from webapp.values.clock import PARIS

JSON, PAGE = "donnees.json", "lisez-moi.html"


class _Pieces(io.RawIOBase):
    """What is written and was not taken yet: a file that only goes forward."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._written: list[bytes] = []

    def writable(self) -> bool:
        """It is written to."""
        return True

    def write(self, data: Any) -> int:
        """Take note of a piece."""
        self._written.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken, self._written = b"".join(self._written), []
        return taken


class Archive:
    """A ZIP archive whose words are written, and whose files are read one at a time as it is sent."""

    def __init__(self, who: Holder, attached: Sequence[Attached]) -> None:
        """Begin it."""
        self._into, self._who, self._attached = _Pieces(), who, attached
        self.zip = ZipFile(cast("IO[bytes]", self._into), "w")

    def pieces(self) -> Iterator[bytes]:
        """Yield the archive, once."""
        yield self._into.take()
        for one in self._attached:
            data, place = one.read(), one.place
            if data is None:
                place, data = f"{place} (illisible).txt", "Ce fichier n’a pas pu être lu.".encode()
            info = _info(self._who, place)
            info.compress_type = ZIP_STORED if one.pressed else ZIP_DEFLATED
            self.zip.writestr(info, data)
            yield self._into.take()
        self.zip.close()
        yield self._into.take()


def write_archive(
    who: Holder,
    sections: tuple[Section, ...],
    page: Template,
    site: str,
    attached: Sequence[Attached] = (),
) -> Archive:
    """Return the archive. `page` is given `sections`, the `holder`, and the name of the `site`."""
    archive = Archive(who, attached)
    _add(archive.zip, who, JSON, as_json(who, sections, site))
    _add(archive.zip, who, PAGE, page.generate(sections=sections, holder=who, site_name=site, schema=SCHEMA))
    return archive


def as_json(who: Holder, sections: tuple[Section, ...], site: str) -> Iterator[str]:
    """Write one object: a header, then each section under its name (a list, or one object, or null)."""
    header = {"schema": SCHEMA, "made_at": plain(who.now), "site": site}
    yield _json(header)[:-1]
    for section in sections:
        yield f",\n{_json(section.key)}: "
        yield from _single(who, section) if section.single else _list(who, section)
    yield "\n}\n"


def _single(who: Holder, section: Section) -> Iterator[str]:
    yield next(_objects(who, section), "null")


def _list(who: Holder, section: Section) -> Iterator[str]:
    between = "[\n"
    for written in _objects(who, section):
        yield between + written
        between = ",\n"
    yield "[]" if between == "[\n" else "\n]"


def _objects(who: Holder, section: Section) -> Iterator[str]:
    for record in section.read(who):
        pairs = zip(section.columns, record, strict=True)
        yield _json({key: plain(value) for (key, _label), value in pairs})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _add(archive: ZipFile, who: Holder, name: str, pieces: Iterable[str]) -> None:
    info = _info(who, name)
    info.compress_type = ZIP_DEFLATED
    with archive.open(info, "w") as file, io.TextIOWrapper(io.BufferedWriter(file), "utf-8") as text:
        text.writelines(pieces)


def _info(who: Holder, name: str) -> ZipInfo:
    info = ZipInfo(name, who.now.astimezone(PARIS).timetuple()[:6])
    info.external_attr = 0o600 << 16
    return info
