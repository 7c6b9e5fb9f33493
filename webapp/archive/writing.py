"""From sections to a ZIP archive: `donnees.json` for programs, `lisez-moi.html` for people, the same facts in both.

Records are read twice, a page at a time, and compressed as they come: memory holds the compressed archive alone.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Template

from webapp.archive.records import SCHEMA, Holder, Section, plain
from webapp.values.clock import PARIS

JSON, PAGE = "donnees.json", "lisez-moi.html"


def write_archive(who: Holder, sections: tuple[Section, ...], page: Template, site: str) -> bytes:
    """Return the archive. `page` is given `sections`, the `holder`, and the name of the `site`."""
    into = io.BytesIO()
    with ZipFile(into, "w") as archive:
        _add(archive, who, JSON, as_json(who, sections, site))
        _add(archive, who, PAGE, page.generate(sections=sections, holder=who, site_name=site, schema=SCHEMA))
    return into.getvalue()


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
    info = ZipInfo(name, who.now.astimezone(PARIS).timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w") as file, io.TextIOWrapper(io.BufferedWriter(file), "utf-8") as text:
        text.writelines(pieces)
