"""French typography for templates, once for all: authors write ordinary spaces, readers get those that do not break."""

from __future__ import annotations

from collections.abc import Iterable

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from webapp.values.french import typeset


class Typeset(Extension):
    """Typesets the words of a template and the strings in its expressions, when it is compiled: free afterwards."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Change what will be shown, never the template's own language."""
        for token in stream:
            if token.type in ("data", "string"):
                yield Token(token.lineno, token.type, typeset(token.value))
            else:
                yield token
