"""HTML of a file that leaves the house: all text is escaped, and no character gets lost.

    >>> element("p", "a < b", class_="note")
    '<p class="note">a &lt; b</p>'

Whatever is not already ``Html`` is escaped. What HTML cannot hold stands in a ``data`` element with its
number, as in ``<data class="control" value="U+0000">␀</data>``.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from toolkit.export._unprintable import number, picture, replaced, shown


class Html(str):
    """HTML in which all text was escaped; only this module makes it."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """Any text as HTML that shows it letter for letter."""
    return text if isinstance(text, Html) else Html(replaced(html.escape(text), _control))


def joined(*parts: str | Iterable[str]) -> Html:
    """Pieces after each other; a string is one piece, anything else is a series of them."""
    flat = (piece for part in parts for piece in ((part,) if isinstance(part, str) else part))
    return Html("".join(map(escaped, flat)))


def element(name: str, /, *children: str | Iterable[str], **attributes: str | int | None) -> Html:
    """An element with its children. ``class_`` is class, ``data_n`` data-n; None is left out."""
    return Html(f"<{name}{_attributes(attributes)}>{joined(*children)}</{name}>")


def void(name: str, /, **attributes: str | int | None) -> Html:
    """An element that has no children and no end."""
    return Html(f"<{name}{_attributes(attributes)}>")


def style(sheet: str) -> Html:
    """A style element; ``sheet`` is the house's own and has no "<"."""
    assert "<" not in sheet
    return Html(f"<style>{sheet}</style>")


def _attributes(attributes: dict[str, str | int | None]) -> str:
    return "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(shown(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )


def _control(char: str) -> str:
    return f'<data class="control" value="{number(char)}">{picture(char)}</data>'
