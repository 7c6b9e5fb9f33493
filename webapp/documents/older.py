"""An older record as a folder: its documents, each of which the index says what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from webapp.db.work import reading, writing
from webapp.documents.cleaning import Refused, clean
from webapp.documents.files import write_down
from webapp.documents.rules import BIGGEST
from webapp.documents.service import Said, add, everything
from webapp.documents.storage import Store
from webapp.documents.words import refusal
from webapp.family.reach import Reached
from webapp.journal.events import Event
from webapp.journal.service import record
from webapp.values.normal import one_line


@dataclass
class Brought:
    """What became of the files of a folder."""

    added: int = 0
    known: int = 0
    """There already: the same name, category and day."""
    refused: list[str] = field(default_factory=list)
    """Why others were not taken, in the words of the pages."""


def bring(
    engine: Engine,
    store: Store,
    now: datetime,
    space: Reached,
    account_id: UUID,
    folder: Path,
    index: Iterable[tuple[str, Said]],
) -> Brought:
    """Add each file of an index, in a transaction of its own: stopped half-way, it is taken up where it stopped.

    Raises SpaceFrozen, AlreadyDecided, NoRoom. A file that is not in the folder, or a link out of it, is refused.
    """
    with reading(engine) as session:
        there = Counter((one.name, one.category, one.dated_on) for one in everything(session, space))
    found = Brought()
    for file, said in index:
        same = (said.name, said.category, said.dated_on)
        if there[same]:
            there[same] -= 1  # several pages of one day under one name are as many documents
            found.known += 1
            continue
        try:
            data = _read(folder, file)
            cleaned = clean(data, says_text=file.lower().endswith(".txt"))
        except Refused as error:
            found.refused.append(refusal(one_line(file), error.problem))
            continue
        except OSError:
            found.refused.append(f"{one_line(file)}\u202f: ce fichier n’est pas dans le dossier.")
            continue
        written = write_down(engine, store, now, [cleaned])
        with writing(engine) as session:
            add(session, now, space, account_id, [(written[0], said)])
            record(
                session,
                Event.DOCUMENT_ADDED,
                now=now,
                beneficiary_id=space.id,
                account_id=account_id,
                facts={"count": 1},
            )
        found.added += 1
    return found


def _read(folder: Path, file: str) -> bytes:
    try:
        path = (folder / file).resolve(strict=True)
    except (RuntimeError, ValueError):  # links that lead to each other; a name that no file can have
        raise FileNotFoundError from None
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise FileNotFoundError
    with path.open("rb") as opened:
        return opened.read(BIGGEST + 1)
