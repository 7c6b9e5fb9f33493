"""CPU of a page, in process through the WSGI callable, all contenders in turn: median of many short rounds."""

from __future__ import annotations

import io
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.django_site.site import make_django
from tests.bench.family import CHILDREN, HEAD, add_family
from tests.bench.floor import make_floor, make_hello
from tests.bench.places import Browser, place
from tests.bench.tables import against, heading, table
from webapp.activation import walks
from webapp.web.states import World

PAGES = {
    "front door": "/",
    "identify": "/activation/nouveau-code",
    "code": "/activation/code",
    "decision": "/activation/decision",
    f"{CHILDREN + 1} people": "/activation/profils",
}
ROUNDS, CALLS = 30, 5
HELLO_BAR, DJANGO_BAR = 16.0, 0.4

Call = Callable[[], bytes]


def caller(app: Callable[..., Any], path: str, cookies: dict[str, str], **headers: str) -> Call:
    """Return what asks `app` for a page once and returns the body; anything but 200 is an error."""
    base: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **headers,
    }

    def call() -> bytes:
        seen: list[str] = []
        answer = app(
            {**base, "wsgi.input": io.BytesIO()}, lambda status, _headers, _info=None: seen.append(status)
        )
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        assert seen[0].startswith("200"), (path, seen[0])
        return body

    return call


def medians(calls: dict[str, Call], rounds: int = ROUNDS, each: int = CALLS) -> dict[str, float]:
    """Median CPU microseconds of one call of each, taken in turn."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        for _ in range(each):
            call()
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.thread_time()
            for _ in range(each):
                call()
            times[name].append((time.thread_time() - start) / each)
    return {name: statistics.median(values) * 1e6 for name, values in times.items()}


def _cookies(browser: Browser) -> dict[str, str]:
    found = (browser.client.get_cookie(name) for name in ("visite", "style"))
    return {cookie.key: cookie.value for cookie in found if cookie is not None}


def prepare(world: World, browser: Browser) -> dict[str, Call]:
    """Walk to a proven code of the large family; return our own pages."""
    add_family(world.app)
    walks.prove(world, HEAD)
    cookies = _cookies(browser)
    return {name: caller(world.app.wsgi_app, path, cookies) for name, path in PAGES.items()}


def run() -> None:
    with place() as (world, browser):
        ours = prepare(world, browser)
        cookies = _cookies(browser)
        database = world.app.extensions["engine"].url.database
        world.app.extensions["engine"].dispose()  # folds the log into the file, which is then copied
        copy = Path(database).with_name("django.db")
        shutil.copyfile(database, copy)
        pages = {path: ours[name]().decode() for name, path in PAGES.items()}
        floor = make_floor(database, pages)
        person, card = _journey(world, cookies)
        site, site_cookies = make_django(str(copy), person, card)
        hello = caller(make_hello(), "/", {})
        heading("CPU of a page (microseconds, median; × is ours without compression over the other)")
        rows: list[tuple[object, ...]] = []
        for name, path in PAGES.items():
            calls = {
                "hello": hello,
                "floor": caller(floor, path, cookies),
                "ours": ours[name],
                "br": caller(world.app.wsgi_app, path, cookies, HTTP_ACCEPT_ENCODING="br"),
                "django": caller(site, path, site_cookies),
            }
            cost = medians(calls)
            over_hello, over_django = cost["ours"] / cost["hello"], cost["ours"] / cost["django"]
            verdict = against(f"CPU of {name} in Flask hellos", over_hello, HELLO_BAR)
            other = against(f"CPU of {name} over Django's", over_django, DJANGO_BAR)
            rows.append(
                (
                    name,
                    *(f"{cost[key]:,.0f}" for key in ("hello", "floor", "ours", "br", "django")),
                    f"{over_hello:.1f}",
                    verdict,
                    f"{over_django:.2f}",
                    other,
                    f"{cost['ours'] / cost['floor']:.1f}",
                )
            )
        heads = (
            "page",
            "hello",
            "floor",
            "ours",
            "ours br",
            "Django",
            "× hello",
            "",
            "× Django",
            "",
            "× floor",
        )
        table(heads, rows)


def _journey(world: World, cookies: dict[str, str]) -> tuple[str, str]:
    from uuid import UUID

    with world.app.test_request_context("/", headers={"Cookie": f"visite={cookies['visite']}"}):
        from webapp.activation.journey import journey

        at = journey()
        return UUID(at.person or "").hex, UUID(at.card or "").hex
