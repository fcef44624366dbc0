"""What the parts of an HTML brief are built of: tables, remarks, and the article's words and places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.brief import Brief
from toolkit.export import _telling as telling
from toolkit.export._html_places import Places
from toolkit.export._markup import Html, element, joined
from toolkit.model import Span


def tongue(content: Brief) -> str:
    """The article's language as HTML wants it; "" says that it is unknown."""
    code = content.article.language
    return "" if code == "und" else code


def table(caption: str, heads: Sequence[str], rows: Iterable[Html]) -> Html:
    """A table in a frame of its own, which scrolls by keyboard too where the screen is narrow. The frame
    is a group and no region: its section is one already, often by the same name."""
    head = element("thead", element("tr", (element("th", name, scope="col") for name in heads)))
    table = element("table", element("caption", caption), head, element("tbody", rows))
    return element("div", table, class_="frame", role="group", tabindex=0, aria_label=caption)


def row_of(cells: Sequence[Html], id_: str | None = None) -> Html:
    first, *others = cells
    head = element("th", first, scope="row", dir="auto")
    return element("tr", head, (element("td", cell, dir="auto") for cell in others), id=id_)


def own(content: Brief, words: str, tag: str = "span") -> Html:
    """Words of the article, in its language."""
    return element(tag, words, lang=tongue(content)) if words else Html()


def words_of(content: Brief, pieces: Iterable[Span]) -> Html:
    spoken = (element("q", content.text(piece), lang=tongue(content)) for piece in pieces)
    return Html(" … ".join(spoken))


def small(words: str, kind: str = "") -> Html:
    # The blank keeps it apart from the words before for a screen reader.
    return joined(" ", element("small", words, class_=kind or None)) if words else Html()


def where(at: Places, paragraph: int, place: str = "") -> Html:
    """ "¶ 3", a link to a place in the third paragraph of the article, or to the paragraph."""
    words = telling.where(paragraph)
    if not words:
        return Html()
    if not at.linked:
        return element("span", words, class_="where")
    return element("a", words, href=f"#{place or f'p-{paragraph}'}", class_="where")


def remark(words: str) -> Html:
    return element("p", words, class_="remark")
