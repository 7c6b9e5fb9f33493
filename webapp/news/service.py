"""Reading the news file, again only when it has changed."""

from __future__ import annotations

import logging
from pathlib import Path

from webapp.news.rules import News, NewsProblem, parse_news

log = logging.getLogger(__name__)


class NewsFile:
    """The file of one application. One that is missing says nothing; one that is wrong leaves what was said before."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._news: tuple[News, ...] = ()

    def news(self) -> tuple[News, ...]:
        """Return the news, the newest first."""
        try:
            found = self._path.stat()
        except OSError:
            self._seen, self._news = None, ()
            return ()
        seen = found.st_mtime_ns, found.st_size
        if seen != self._seen:
            self._seen = seen
            try:
                self._news = read_news(self._path)
            except NewsProblem as error:
                log.warning("The news file is left as it was read before: %s", error)
        return self._news


def read_news(path: Path) -> tuple[News, ...]:
    """Read a file; raise NewsProblem with one sentence when it cannot be shown."""
    try:
        return parse_news(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NewsProblem(f"it cannot be read as UTF-8 text ({type(error).__name__}).") from None
