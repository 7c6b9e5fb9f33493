"""64 clients that drip their headers, and everybody else: how long others wait, with them and without, in turn."""

from __future__ import annotations

import http.client
import multiprocessing
import socket
import statistics
import time
from typing import Any

from tests.bench.server import server
from tests.bench.tables import against, heading, table

SLOW, PHASES, PHASE_SECONDS, BAR = 64, 8, 1.0, 1.1
HEADER = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
PAGE = "/activation/nouveau-code"


def ask(port: int, seconds: float) -> tuple[list[float], int]:
    """Ask for a page, each time on a new connection; return milliseconds, and how many failed."""
    times, failed, end = [], 0, time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", PAGE, headers={"Accept-Encoding": "br"})
            answer = connection.getresponse()
            answer.read()
            failed += answer.status != 200
            times.append((time.perf_counter() - start) * 1e3)
        except (OSError, http.client.HTTPException):
            failed += 1
        finally:
            connection.close()
    return times, failed


def drip(port: int) -> None:
    """Hold the slow connections for ever: a byte each, twice a second; one that is closed is opened anew."""
    held: list[Any] = [None] * SLOW
    while True:
        for place in range(SLOW):
            try:
                if held[place] is None:
                    held[place] = socket.create_connection(("127.0.0.1", port), timeout=5)
                    held[place].sendall(HEADER)
                held[place].sendall(b"x")
            except OSError:
                held[place] = None
        time.sleep(0.5)


def run() -> None:
    heading(f"{SLOW} slow clients on granian, {PHASES} turns of {PHASE_SECONDS:.0f} s with and without them")
    with server() as running:
        port = running.port
        ask(port, 1)
        quiet: list[float] = []
        slowed: list[float] = []
        lost = 0
        for _ in range(PHASES):
            times, failed = ask(port, PHASE_SECONDS)
            quiet += times
            # A process of its own: a thread here would slow down whoever asks, not the server.
            dripping = multiprocessing.get_context("fork").Process(target=drip, args=(port,), daemon=True)
            dripping.start()
            time.sleep(0.5)
            times, more = ask(port, PHASE_SECONDS)
            slowed += times
            lost += failed + more
            dripping.kill()
            dripping.join()
    one, other = statistics.median(quiet), statistics.median(slowed)
    verdict = against("median beside 64 slow clients", other / one, BAR)
    against("unanswered beside 64 slow clients", lost, 0)
    heads = ("", "answers", "median ms", "× quiet", "")
    rows = [
        ("quiet", len(quiet), f"{one:.1f}", "1.00", ""),
        ("beside them", len(slowed), f"{other:.1f}", f"{other / one:.2f}", verdict),
    ]
    table(heads, rows)
    print(f"not answered: {lost}")
