"""What a sign-in costs, and whom it keeps waiting: the hash, the memory of many at once, everybody else's pages."""

from __future__ import annotations

import http.client
import itertools
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlencode

from tests.bench.places import place
from tests.bench.server import server
from tests.bench.tables import against, heading, table
from tests.support.crowd import hidden
from webapp.account import walks
from webapp.account.passwords import AT_ONCE, hash_password, is_right

HASH_MIB = 19
A_SECOND, SECONDS, TURNS = 20, 3.0, 5
P99_BAR = 2.0
AT_THE_SAME_TIME = 32
PAGE = "/activation/nouveau-code"


def sign_in_once(port: int, number: int) -> int:
    """Give an identifier that nobody has, and a password: the hash is computed all the same. Return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/connexion")
        answer = connection.getresponse()
        page, cookie = answer.read().decode(), answer.headers["Set-Cookie"] or ""
        visit = next(
            one.split(";")[0] for one in answer.headers.get_all("Set-Cookie", [cookie]) if "visite=" in one
        )
        fields = {
            "csrf_token": hidden(page, "csrf_token"),
            "identifier": f"personne.{number}",
            "password": "Autre-chose-1",
            "channel": "email",
        }
        headers = {"Cookie": visit, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/connexion", urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def pages(port: int, seconds: float) -> list[float]:
    """Ask for a page again and again, kept open as browsers do; return milliseconds."""
    times, end = [], time.monotonic() + seconds
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < end:
        start = time.perf_counter()
        connection.request("GET", PAGE)
        assert connection.getresponse().read()
        times.append((time.perf_counter() - start) * 1e3)
    connection.close()
    return times


def arrive(port: int) -> None:
    """Have sign-ins arrive at a steady pace, for ever, whether or not the ones before were answered."""
    with ThreadPoolExecutor(AT_THE_SAME_TIME) as pool:
        for number in itertools.count():
            pool.submit(sign_in_once, port, number)
            time.sleep(1 / A_SECOND)


@contextmanager
def arriving(port: int) -> Iterator[None]:
    """The same in a process of its own: a thread here would slow down whoever asks for pages, not the server."""
    process = multiprocessing.get_context("fork").Process(target=arrive, args=(port,), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join()


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


def _milliseconds(act: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1e3)
    return statistics.median(taken)


def _cost() -> None:
    heading("What a sign-in costs (milliseconds, median)")
    stored = hash_password(walks.PASSWORD)
    check = _milliseconds(lambda: is_right(walks.PASSWORD, stored), 30)
    with place() as (world, _browser):
        walks.make_account(world)
        wrong = {"identifier": walks.IDENTIFIER, "channel": "email"}

        def give(password: str) -> None:
            world.walker.open("/connexion").send(**wrong, password=password)

        world.walker.open("/connexion")
        page = _milliseconds(lambda: world.walker.open("/connexion"), 30)
        refused = []
        for _ in range(12):
            refused.append(_milliseconds(lambda: give("Autre-chose-1"), 1))
            world.forward(walks.OVER)  # the wait after wrong ones
        right = _milliseconds(lambda: give(walks.PASSWORD), 8)
    rows = [
        ("Argon2id alone (19 MiB, t=2, p=1)", f"{check:.1f}", "1.00"),
        ("the page that asks", f"{page:.1f}", f"{page / check:.2f}"),
        (
            "both, wrong password",
            f"{statistics.median(refused):.1f}",
            f"{statistics.median(refused) / check:.2f}",
        ),
        ("both, right password, code put in the outbox", f"{right:.1f}", f"{right / check:.2f}"),
    ]
    table(("", "ms", "× the hash"), rows)


def _memory() -> None:
    heading(
        f"Memory: {AT_THE_SAME_TIME} sign-ins at the same time, at most {AT_ONCE} hashes of {HASH_MIB} MiB at once"
    )
    with server(threads=16) as running:
        for number in range(4):
            sign_in_once(running.port, number)
        before = sum(running.memory_peaks())
        with ThreadPoolExecutor(AT_THE_SAME_TIME) as pool:
            statuses = list(pool.map(lambda number: sign_in_once(running.port, 100 + number), range(96)))
        after = sum(running.memory_peaks())
    grown = (after - before) / 1024
    verdict = against("growth under many sign-ins, MiB", grown, AT_ONCE * HASH_MIB + 16)
    rows = [
        ("one after the other", f"{before / 1024:.0f}", ""),
        ("many at once", f"{after / 1024:.0f}", verdict),
    ]
    table(("", "peak MiB", ""), rows)
    print(f"answered {len(statuses)}, grown by {grown:.0f} MiB")
    against("sign-ins at once that were not answered 422", sum(one != 422 for one in statuses), 0)


def _others() -> None:
    heading(
        f"Other pages while {A_SECOND} sign-ins a second arrive, {TURNS} turns of {SECONDS:.0f} s with and without"
    )
    quiet: list[float] = []
    busy: list[float] = []
    with server() as running:
        pages(running.port, 1)
        for _ in range(TURNS):
            quiet += pages(running.port, SECONDS)
            with arriving(running.port):
                pages(running.port, 0.5)
                busy += pages(running.port, SECONDS)
    verdict = against("p99 of other pages beside sign-ins", _p99(busy) / _p99(quiet), P99_BAR)
    rows = [
        (name, len(times), f"{statistics.median(times):.1f}", f"{_p99(times):.1f}", said)
        for name, times, said in (("quiet", quiet, ""), ("beside sign-ins", busy, verdict))
    ]
    table(("", "answers", "median ms", "p99 ms", ""), rows)
    print(f"p99 {_p99(busy) / _p99(quiet):.2f} times quiet")


def run() -> None:
    _cost()
    _memory()
    _others()
