"""NewsML-G2 and NITF, the IPTC's XML for news: one text item, with what it tells of itself.

The body of a NewsML-G2 item is inline XHTML or NITF, or plain text (``inlineData``). A message of
several items gives its first text item; a package of links holds no text and is refused.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from toolkit.errors import UnreadableArticle, UnsupportedFormat
from toolkit.read.byline import without_by
from toolkit.read.decode import decode
from toolkit.read.draft import Draft, iso_date, one_line
from toolkit.read.markup import text_of_html
from toolkit.read.trees import local, tree, words
from toolkit.read.twice import without_told

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Elements of a NITF body that end a paragraph where they begin and where they end.
_BLOCKS = frozenset(
    """p hl1 hl2 li dt dd td th bq pre h1 h2 h3 h4 block block.quote credit ol ul dl table caption thead tbody
    tfoot tr hr nitf-table nitf-table-data nitf-col-desc datasource body.content""".split()  # noqa: SIM905 - as in blocks
)
_NOT_BODY = frozenset(
    ("media", "body.head", "body.end", "head", "table-metadata", "nitf-table-metadata", "fn", "note")
)
_BORDER, _BREAK = "\0", "\1"  # no XML contains these
_ADVICE = "give a news item with a text in it, or paste its text."


def draft(data: bytes, name: str) -> Draft:
    """The text of a news item, paragraphs a blank line apart.

    Raises ``UnsupportedFormat`` for other XML, ``UnreadableArticle`` for an item without text, for
    damaged XML and for XML that declares entities.
    """
    root = tree(data, name, _ADVICE)
    if local(root) == "nitf":
        if (told := _nitf(root)) is None:
            raise UnreadableArticle(f"{name} has no body.content with words in it; {_ADVICE}")
        return told
    if local(root) not in ("newsItem", "newsMessage", "packageItem"):
        if local(root) == "html":
            raise UnsupportedFormat(f"{name} is a web page; name it .html and read it again.")
        raise UnsupportedFormat(f"{name} is XML, and neither NewsML-G2 nor NITF; {_ADVICE}")
    for item in root.iter():
        if local(item) == "newsItem" and (found := _item(item, name)) is not None:
            return found
    raise UnreadableArticle(f"{name} holds no item with a text; {_ADVICE}")


def _item(item: Element, name: str) -> Draft | None:
    """What a newsItem tells, None if it has no text (a picture, a video)."""
    inner = _content(item, name)
    if inner is None:
        return None
    meta = _first(item, "contentMeta")
    managed = _first(item, "itemMeta")
    languages = [e.get("tag", "") for e in _all(meta, "language")]
    byline = one_line(words(_first(meta, "by"))) or _creator(meta)
    return Draft(
        inner.text,
        headline=_headline(meta, next(filter(None, languages), ""), item.get(_LANG, ""))
        or inner.headline
        or one_line(words(_first(managed, "title"))),
        byline=without_by(byline) or inner.byline,
        slug=one_line(words(_first(meta, "slugline"))),
        dateline=one_line(words(_first(meta, "dateline"))) or inner.dateline,
        published=_date(meta, "contentCreated")
        or _date(managed, "firstCreated", "versionCreated")
        or inner.published,
        embargo=_date(managed, "embargoed"),
        language=next(filter(None, languages), "") or inner.language or item.get(_LANG, ""),
        source=_named(_first(meta, "infoSource")) or _named(_first(managed, "provider")),
    )


def _headline(meta: Element | None, language: str, inherited: str) -> str:
    """Of several headlines the main one, or that without a role, and of such the one in the language of the
    text; one that doesn't tell its own is in that which it inherited from the item."""
    language = language or inherited

    def rank(element: Element) -> tuple[int, bool]:
        role = element.get("role", "").rpartition(":")[2].lower()
        own = element.get(_LANG, "") or inherited or language
        is_other = bool(language) and own.partition("-")[0].lower() != language.partition("-")[0].lower()
        return 0 if role == "main" else 2 if role else 1, is_other

    told = [each for each in _all(meta, "headline") if words(each).strip()]
    return one_line(words(min(told, key=rank, default=None)))


def _content(item: Element, name: str) -> Draft | None:
    """The first content with words in it: an agency may send the same item in several forms."""
    for content in _all(_first(item, "contentSet"), "inlineXML", "inlineData"):
        found = _plain(content, name) if local(content) == "inlineData" else _marked_up(content, name)
        if found is not None and found.text.strip():
            return found
    return None


def _plain(content: Element, name: str) -> Draft | None:
    kind = content.get("contenttype", "text/plain").lower()
    if not ("html" in kind or kind.startswith("text/plain")):
        return None  # a picture or a sound
    text = words(content)
    if encoding := content.get("encoding", ""):
        if not encoding.lower().endswith("base64"):
            return None  # packed
        try:
            text = decode(base64.b64decode(text), name)
        except (ValueError, UnreadableArticle):
            return None
    return Draft(text_of_html(text, name) if "html" in kind else text)


def _marked_up(content: Element, name: str) -> Draft | None:
    inner = next(iter(content), None)
    if inner is None:  # markup that was escaped
        return Draft(text_of_html(words(content), name))
    if local(inner) == "nitf":
        return _nitf(inner)
    is_one = len(content) == 1 and not (content.text or "").strip() and not (inner.tail or "").strip()
    return _xhtml(inner if is_one else content, name)


def _xhtml(inner: Element, name: str) -> Draft:
    """The body of a page; its own title and headings stay with the text, as the agency sent it."""
    body = inner if local(inner) != "html" else next((e for e in inner if local(e) == "body"), inner)
    for element in body.iter():
        element.tag = local(element)
        element.attrib.clear()
    return Draft(
        text_of_html(tostring(body, encoding="unicode", method="html"), name),
        language=inner.get(_LANG, "") or inner.get("lang", ""),
    )


def _nitf(root: Element) -> Draft | None:
    """What a NITF document tells, None if its body has no words."""
    paragraphs = _paragraphs(root)
    if not paragraphs:
        return None
    headline = one_line(words(_first(root, "hl1"))) or one_line(words(_first(root, "title")))
    bylines = list(_all(_first(root, "body.head"), "byline")) or list(_all(root, "byline"))[:1]
    issued, told, released = (
        next((_basic(e.get("norm", "")) for e in _all(root, tag)), "")
        for tag in ("date.issue", "story.date", "date.release")
    )
    return Draft(
        "\n\n".join([*_above(root, headline, paragraphs), *paragraphs]),
        headline=headline,
        byline=", ".join(filter(None, map(_byline, bylines))),
        dateline=one_line(words(_first(root, "dateline"))),
        published=issued or told or released,
        embargo=released if issued and released > issued else "",  # else it is free from the start
        language=root.get(_LANG, ""),
    )


def _above(root: Element, headline: str, paragraphs: list[str]) -> Iterator[str]:
    """What prints between the headline and the text, unless these say it: other headlines, the abstract."""
    head = _first(root, "body.head")
    others = [one_line(words(each)) for each in _all(head, "hl1", "hl2")]
    abstract = [line for each in _all(head, "abstract") for line in _paragraphs(each)]
    text = "\n\n".join(paragraphs)
    for line in dict.fromkeys([*others, *abstract]):
        if line not in ("", headline, *paragraphs) and without_told(line, text):
            yield line


def _paragraphs(element: Element) -> list[str]:
    """The words that a NITF element prints, wherever they stand: agencies write them outside of ``p`` too."""
    pieces: list[str] = []
    _gather(element, pieces)
    blocks = ("".join(pieces)).split(_BORDER)
    shown = ("\n".join(filter(None, map(one_line, block.split(_BREAK)))) for block in blocks)
    return list(filter(None, shown))


def _gather(element: Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        tag = local(child)
        border = _BORDER if tag in _BLOCKS else _BREAK if tag == "br" else ""
        pieces.append(border)
        if tag not in _NOT_BODY:
            _gather(child, pieces)
            pieces.append(border if tag in _BLOCKS else "")
        pieces.append(child.tail or "")


def _byline(element: Element) -> str:
    """The person in a NITF byline where it is marked, and not the job that stands beside."""
    people = [one_line(words(person)) for person in _all(element, "person")]
    beside = "".join([element.text or "", *(_beside(child) for child in element)])
    return without_by(", ".join(filter(None, people)) or one_line(beside))


def _beside(child: Element) -> str:
    return (" " if local(child) == "byttl" else words(child)) + (child.tail or "")


def _creator(meta: Element | None) -> str:
    """The creators that have a personal name; an agency's code is no byline."""
    people = (each for each in _all(meta, "creator") if "person" in each.get("type", "").lower())
    names = [one_line(words(_first(person, "name"))) for person in people]
    return ", ".join(filter(None, names))


def _named(element: Element | None) -> str:
    if element is None:
        return ""
    return one_line(words(_first(element, "name"))) or element.get("literal", "")


def _date(parent: Element | None, *tags: str) -> str:
    return next(filter(None, (iso_date(words(e)) for tag in tags for e in _all(parent, tag))), "")


def _basic(value: str) -> str:
    """A date of NITF, which may be in ISO's basic form: 20250312T074000Z."""
    match = re.fullmatch(
        r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})?)?", value.strip(), re.ASCII
    )
    if not match:
        return iso_date(value)
    year, month, day, hour, minute, second, zone = match.groups()
    return iso_date(f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}{zone or ''}" if hour else ""))


def _all(parent: Element | None, *tags: str) -> Iterator[Element]:
    return (e for e in parent.iter() if local(e) in tags) if parent is not None else iter(())


def _first(parent: Element | None, *tags: str) -> Element | None:
    return next(_all(parent, *tags), None)
