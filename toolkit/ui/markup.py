"""Safe HTML: the only door through which text of an article reaches the page.

    >>> element("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'

Whatever is not already ``Html`` is escaped, so forgetting to escape shows a tag instead
of running it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

_VOID = frozenset({"br", "hr", "wbr"})


class Html(str):
    """HTML in which all text was escaped; only this module makes it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        # ``st.html`` takes this as it is; it would dedent and strip a plain string,
        # and blanks of an article are the article's.
        return str(self)


def escaped(text: str) -> Html:
    """Any text as HTML that shows it letter for letter."""
    return text if isinstance(text, Html) else Html(html.escape(text, quote=True))


def joined(*parts: str | Iterable[str]) -> Html:
    """Pieces after each other; a string is one piece, anything else is a series of them."""
    flat = (piece for part in parts for piece in ((part,) if isinstance(part, str) else part))
    return Html("".join(escaped(piece) for piece in flat))


def opening(name: str, **attributes: str | int | bool | None) -> Html:
    """A start tag. ``class_`` is class, ``aria_label`` aria-label; None and False are left out."""
    written = (
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escaped(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Html(f"<{name}{''.join(written)}>")


def element(name: str, *children: str | Iterable[str], **attributes: str | int | bool | None) -> Html:
    """An element with its children, escaped unless they are ``Html``."""
    start = opening(name, **attributes)
    return start if name in _VOID else Html(f"{start}{joined(*children)}</{name}>")
