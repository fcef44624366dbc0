"""A saved web page: trafilatura says which of its blocks are the article.

It also changes the words a little (it makes a non-breaking space a plain one, and drops
the time in "on <time>Monday</time>"), so its blocks are looked up in the page and the
page's own words are taken. Nothing is ever fetched.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from typing import Any

from toolkit.errors import UnreadableArticle
from toolkit.read.blocks import in_the_pages_words, page_blocks, squeeze
from toolkit.read.byline import without_by
from toolkit.read.decode import decode
from toolkit.read.draft import Draft, iso_date, one_line

# Their warnings are for those who crawl; without a handler Python would print them.
for _library in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.I
)
_LEAST = 30  # letters; a menu or a "not found" has fewer
_LONG = 60  # characters; a shorter paragraph with a time and no full stop is page furniture
_SENTENCE_ENDS = tuple(".!?…。”’»\"')")

# Only what the page says in its markup; a date found in the prose is of something else.
# The latest date is fixed, for the library's own is today and would change the answer.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_HIDDEN = re.compile(
    r"\bdisplay\s*:\s*none\b|\bvisibility\s*:\s*hidden\b|\bmax-height\s*:\s*0(?![.\d])"
    r"|\bmso-list\s*:\s*ignore\b",  # the bullet or the number of an item, as Outlook writes it
    re.IGNORECASE,
)
_TEXT = {"blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"}
_AND = {"and", "et", "y", "und", "e", "en"}
_ADVICE = "open it in a browser, copy the article and paste it as text."


def draft(data: bytes, name: str, *, declared: str = "", subject: str | None = None) -> Draft:
    """The main text of a page, paragraphs a blank line apart, without headline and byline.

    ``declared`` is the encoding that what brought the page tells; the page's own word comes after it.
    ``subject`` is that of the message whose body the page is: all of it is the article then, and of its
    headings and names only what repeats the subject goes.
    Raises ``UnreadableArticle`` when the page has no main text.
    """
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata
    from trafilatura.utils import load_html

    said = _CHARSET.search(data[:4096])
    declared = declared or (next(filter(None, said.groups())).decode() if said else "")
    page = decode(data, name, declared=declared)
    if not re.search(r"<(html|body)\b", page[:10_000], re.I):
        page = f"<html><body>{page}</body></html>"  # a fragment is not taken for a page
    try:
        tree: Any = load_html(page)
        _drop_controls(tree)
        told = extract_metadata(copy.deepcopy(tree), date_config=dict(_DATES))
        _show_as_browsers_do(tree)
        if subject is None:
            _gather(tree)
            found: Any = bare_extraction(copy.deepcopy(tree), include_comments=False, with_metadata=False)
            blocks = in_the_pages_words(found.body, tree) if found is not None else iter(())
        else:
            blocks = _of_a_message(tree)
    except MemoryError:
        raise
    except Exception as error:  # any page may come in, and the libraries don't expect them all
        raise UnreadableArticle(f"{name} can't be read as a web page; {_ADVICE}") from error
    headline = subject or _headline(told.title or "", told.sitename or "", tree)
    byline = _byline(told.author or "", page)
    text = "\n\n".join(_without_head(blocks, headline, byline if subject is None else ""))
    if sum(map(str.isalpha, text)) < _LEAST:
        raise UnreadableArticle(f"{name} has no main text; {_ADVICE}")
    return Draft(
        text,
        headline=headline,
        byline=byline,
        published=_published(told.date or "", tree),
        language=tree.get("lang") or "",
        source=one_line(told.sitename or ""),
    )


def _drop_controls(tree: Any) -> None:
    """A page may write ``&#1;``, which no XML library lets through afterwards."""
    for element in tree.iter():
        if element.text and isinstance(element.tag, str):
            element.text = _CONTROLS.sub("", element.text)
        if element.tail:
            element.tail = _CONTROLS.sub("", element.tail)


def _show_as_browsers_do(tree: Any) -> None:
    """Make the tree's text what a reader of the page sees, where trafilatura would not."""
    for element in list(tree.iter("del", "s", "strike")):
        element.clear(keep_tail=True)  # struck: the publisher took it back
        element.drop_tag()
    for element in list(tree.iter("q")):
        inner = sum(1 for _ in element.iterancestors("q")) % 2
        element.text = ("‘" if inner else "“") + (element.text or "")
        closing = "’" if inner else "”"
        if len(element):
            element[-1].tail = (element[-1].tail or "") + closing
        else:
            element.text += closing
    for element in list(tree.iter("q")):
        element.drop_tag()
    for element in list(tree.iter("time")):
        block = next(element.iterancestors("p", "li", "blockquote", "td"), None)
        words = block.text_content().strip() if block is not None else ""
        if len(words) > _LONG or words.endswith(_SENTENCE_ENDS):
            element.drop_tag()
        elif block is not None and block.tag == "p":
            block.clear(keep_tail=True)  # "Published 12 March, 7.40am"


def _of_a_message(tree: Any) -> Iterator[str]:
    """All the blocks of a message but for what it hides; trafilatura would leave some of them out, and put
    those of tables within tables, as newsletters are made of, in another order."""
    for element in list(tree.iter()):
        if _HIDDEN.search(element.get("style") or ""):
            element.clear(keep_tail=True)  # the words that a list of messages shows beside the subject
    body = tree.find("body")
    return filter(squeeze, page_blocks(tree if body is None else body))


def _gather(tree: Any) -> None:
    """Where the article stands right in the body of a page, put it into an <article>, for the same reason."""
    body = tree.find("body")
    if body is None or next(tree.iter("article", "main"), None) is not None:
        return
    own = [each for each in body if each.tag in _TEXT]
    letters = sum(len(p.text_content()) for p in own if p.tag == "p")
    if 2 * letters > sum(len(p.text_content()) for p in body.iter("p")):
        article = own[0].makeelement("article")
        own[0].addprevious(article)
        article.extend(own)


def _headline(title: str, site: str, tree: Any) -> str:
    """The title without the name of the site, or the page's only h1 where the title begins with it."""
    tops = [text for h1 in tree.iter("h1") if (text := one_line(h1.text_content()))]
    if len(tops) == 1 and (not title or squeeze(title).startswith(squeeze(tops[0]))):
        return tops[0]
    title = one_line(title)
    return re.sub(rf"\s+[|–—·:»-]\s+{re.escape(one_line(site))}\Z", "", title) if site else title


def _byline(author: str, page: str) -> str:
    """The names as the page writes them: trafilatura makes ``J. R. Smith`` into ``J R Smith``."""
    names = []
    for name in filter(None, (one_line(n) for n in author.split(";"))):
        written = re.search(r"[^\w<>&]{1,3}".join(map(re.escape, name.split())), page)
        names.append(one_line(written[0] if written else name))
    byline = without_by(", ".join(names))
    return byline if len(byline) <= 200 else ""


def _without_head(blocks: Iterator[str], headline: str, byline: str) -> Iterator[str]:
    """The blocks without the headline and the byline where they stand at the start."""
    for place, block in enumerate(blocks):
        line = one_line(block)
        if place < 5 and (squeeze(line) == squeeze(headline) or (byline and _names(line) == _names(byline))):
            continue
        yield block


def _names(byline: str) -> list[str]:
    return sorted(w for w in re.findall(r"[^\W_]+", without_by(byline)) if w.lower() not in _AND)


def _published(date: str, tree: Any) -> str:
    """The day that was found, with its time where the page's metadata has it."""
    for meta in tree.iterfind(".//meta[@property='article:published_time']"):
        precise = iso_date(meta.get("content") or "")
        if date and precise.startswith(date):
            return precise
    return iso_date(date)
