"""First paint by arithmetic: round trips, slow start, bytes.

A cold connection costs one round trip for TCP, one for TLS 1.3, one for the request (the name is known). The server
then sends ten segments of 1,460 bytes, waits for a round trip, sends twenty, and so on (RFC 6928); a link slower
than that never lets it wait. Each segment carries 40 bytes of TCP/IP, each answer its headers and TLS's 22 bytes.
The yardstick is a page whose answer, headers included, is one packet. The handshake's own bytes cost both the same
and are left out, which flatters nobody: counting them brings the ratio nearer to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.places import Hit, place
from tests.bench.tables import against, heading, table
from webapp.activation import walks

SEGMENT, FIRST_WINDOW, OVERHEAD, TLS = 1_460, 10, 40, 22


@dataclass(frozen=True)
class Link:
    """`speed` in bytes a second, `trip` (there and back) in seconds; `bar` as a multiple of the yardstick."""

    name: str
    speed: float
    trip: float
    bar: float


LINKS = (Link("400 kbit/s, 400 ms", 50_000, 0.4, 1.1), Link("50 kbit/s, 800 ms", 6_250, 0.8, 1.3))


def seconds(size: int, link: Link, trips: int) -> float:
    """Time until the last of `size` bytes is there, after `trips` round trips of waiting."""
    left, window, time = -(-size // SEGMENT), FIRST_WINDOW, 0.0
    bytes_left = size
    while left > window:
        sending = window * (SEGMENT + OVERHEAD) / link.speed
        time += max(sending, link.trip)
        left, bytes_left, window = left - window, bytes_left - window * SEGMENT, window * 2
    return trips * link.trip + time + (bytes_left + left * OVERHEAD) / link.speed


def whole(hit: Hit) -> int:
    """Bytes of an answer above TCP."""
    return hit.wire + hit.headers + TLS


def run() -> None:
    with place() as (world, browser):
        world.walker.open("/")
        first = browser.hits[-1]
        world.walker.open("/activation/nouveau-code")
        form = browser.hits[-1]
        walks.prove(world)
        decision = browser.hits[-1]
    with place() as (world, browser):
        world.walker.open("/activation/nouveau-code")
        deep = browser.hits[-1]
    heading("First paint by arithmetic (seconds; names resolved)")
    rows: list[tuple[object, ...]] = []
    for link in LINKS:
        yardstick = seconds(SEGMENT, link, 3)
        warm = seconds(SEGMENT, link, 1)
        rows.append((link.name, "one packet, cold connection", SEGMENT, f"{yardstick:.2f}", "1.00", ""))
        for name, hit, trips, held in (
            ("front door, first visit", first, 3, True),
            ("identify, first visit", deep, 3, False),
            ("identify, next page on the warm connection", form, 1, False),
            ("decision, next page on the warm connection", decision, 1, False),
        ):
            time = seconds(whole(hit), link, trips)
            ratio = time / (yardstick if trips == 3 else warm)
            verdict = against(f"paint of {name}, {link.name}", ratio, link.bar) if held else ""
            rows.append((link.name, name, whole(hit), f"{time:.2f}", f"{ratio:.2f}", verdict))
    table(("link", "page", "bytes with headers", "seconds", "× one packet", ""), rows)
