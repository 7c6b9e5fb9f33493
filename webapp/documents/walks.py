"""Ways to the pages of documents."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import select

from webapp.account import walks
from webapp.account.models import AccountSpace
from webapp.db.work import reading, writing
from webapp.documents import service
from webapp.documents.cleaning import Cleaned
from webapp.documents.files import write_down
from webapp.documents.models import Document
from webapp.documents.rules import Media
from webapp.documents.service import Said
from webapp.documents.storage import store_of
from webapp.family.reach import family_of
from webapp.values.clock import paris_day
from webapp.web.states import World, known_way

DOCUMENTS = "/documents"
LONG = "Compte-rendu-" + "anticonstitutionnellissimement-" * 3 + "long"
CATEGORIES = ("10", "11", "31", "42", "52", "90")
NAMES = (
    "Analyse de sang",
    "Ordonnance",
    "Radio du genou",
    "Compte rendu de consultation",
    "Certificat de sport",
)
TEXT = "Résultats du laboratoire\n\nFerritine 84 µg/L\nGlycémie 0,92 g/L\n"


def picture() -> bytes:
    """Return a small picture, as cleaning leaves one."""
    from PIL import Image, ImageDraw

    drawn, out = Image.new("RGB", (320, 240), "#dfe8e6"), BytesIO()
    ImageDraw.Draw(drawn).rectangle((40, 40, 280, 200), outline="#08524e", width=6)
    drawn.save(out, "JPEG")
    return out.getvalue()


def pdf() -> bytes:
    """Return a PDF of one empty page."""
    import pikepdf

    out = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out)
    return out.getvalue()


def put(world: World, *names: str, media: Media = Media.TEXT, count: int = 0, **changes: Any) -> None:
    """Put documents into every space that an account reaches, each a month older than the one before.

    `count`: so many, by turns of the usual names. They are kept as they are: nothing is cleaned.
    """
    engine, now = world.app.extensions["engine"], world.app.extensions["clock"]()
    store = store_of(world.app.extensions["settings"])
    data = {Media.TEXT: TEXT.encode, Media.IMAGE: picture, Media.PDF: pdf}[media]()
    called = names or tuple(f"{NAMES[number % len(NAMES)]} {number + 1}" for number in range(count))
    with reading(engine) as session:
        reached = session.execute(select(AccountSpace.account_id, AccountSpace.beneficiary_id)).all()
    for account_id, person in reached:
        with reading(engine) as session:
            family = family_of(session, account_id, paris_day(now))
        assert family is not None
        space = next(one for one in (family.own, *family.children) if one.id == person)
        written = write_down(engine, store, now, [Cleaned(media, data)] * len(called))
        said = [
            Said(name, CATEGORIES[number % 6], paris_day(now) - timedelta(days=30 * number))
            for number, name in enumerate(called)
        ]
        with writing(engine) as session:
            service.add(session, now, space, account_id, list(zip(written, said, strict=True)))
            if changes:
                for row in session.scalars(
                    select(Document).where(Document.id.in_([one.document_id for one in written]))
                ):
                    for name, value in changes.items():
                        setattr(row, name, value)


def send(world: World, *files: tuple[str, bytes], **fields: str) -> None:
    """Send files by the form, as a browser does; ends where it leads."""
    form = world.walker.open(f"{DOCUMENTS}/ajouter").form("files")
    parts: dict[str, Any] = {**form.fields, "category": "90", **fields}
    parts["files"] = [(BytesIO(data), name) for name, data in files]
    world.walker.post(f"{DOCUMENTS}/ajouter", parts)


def first(world: World, at: str = DOCUMENTS) -> str:
    """Return the address of the document at the top of a list."""
    links = world.walker.open(at).page.links
    return next(href for href, _words in links if href.startswith(f"{DOCUMENTS}/") and len(href) > 40)


@known_way
def enter(world: World) -> None:
    """Open a space and sign in."""
    walks.make_account(world)
    walks.sign_in(world)


def close(world: World) -> None:
    """Close the space one is in."""
    walks.prove_again(world)
    world.walker.open("/compte/fermer").send(erasure="keep")
    world.walker.send(confirm="y")
