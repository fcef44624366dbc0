"""The blocks of a web page: paragraphs, headings, items and cells, in the page's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_PAGE_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th
    thead tr ul""".split()  # noqa: SIM905 - a list of forty strings is no easier to read
)
_BODY_BLOCKS = frozenset(
    {"body", "cell", "code", "div", "head", "item", "list", "p", "quote", "row", "table"}
)
_UNSEEN = frozenset(
    {"button", "noscript", "script", "select", "style", "svg", "template", "textarea", "title"}
)

_BLANKS = re.compile(r"[ \t\n\f\r]+")  # HTML's; a non-breaking space is not one
_BORDER, _BREAK, _KEPT = "\0", "\1", "\2"  # no parsed page contains these; a kept blank is one of <pre>
_START = 8  # characters by which a block is looked up
_RUN = 200  # blocks at most that trafilatura makes one
_TRIES = 50  # places at most to look for such a run; a page of equal beginnings costs no more


def in_the_pages_words(body: Any, tree: Any) -> Iterator[str]:
    """The blocks of ``body``, which trafilatura chose from the page ``tree``, as the page
    writes them where they can be found there, and as trafilatura does otherwise."""
    page = [(squeeze(block), block) for block in page_blocks(tree)]
    whole = dict(reversed(page))  # of equal ones the first
    starts: dict[str, list[int]] = {}
    for index, (key, _) in enumerate(page):
        starts.setdefault(key[:_START], []).append(index)
    for block in _flatten(body, _BODY_BLOCKS, "lb", "code"):
        key = squeeze(block)
        if key in whole:
            yield whole[key]
        else:
            runs = (_run(page, index, key) for index in starts.get(key[:_START], ())[:_TRIES])
            yield from next((run for run in runs if run), [block])


def page_blocks(tree: Any) -> Iterator[str]:
    """All the blocks of a page or a part of one, as a browser would show them."""
    return _flatten(tree, _PAGE_BLOCKS, "br", "pre")


def squeeze(text: str) -> str:
    """The text without blanks and invisible characters, to compare by."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


def _run(page: list[tuple[str, str]], index: int, wanted: str) -> list[str]:
    """The blocks from ``index`` on that together make ``wanted``, [] if they don't."""
    run = []
    for key, block in page[index : index + _RUN]:
        if not wanted.startswith(key):
            return []
        run.append(block)
        wanted = wanted[len(key) :]
        if not wanted:
            return run
    return []


def _flatten(root: Any, blocks: frozenset[str], line_break: str, verbatim: str) -> Iterator[str]:
    """The text between the borders of block elements; two line breaks are a border as well."""
    from lxml.etree import iterwalk

    written: list[str] = []
    as_it_is = 0
    walker = iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if element.tag in blocks:
            written.append(_BORDER)
        if event == "start":
            as_it_is += element.tag == verbatim
            written.append(_BREAK if element.tag == line_break else "")
            if element.tag in _UNSEEN:
                walker.skip_subtree()
            else:
                written.append(_shown(element.text, as_it_is > 0))
        else:
            as_it_is -= element.tag == verbatim
            written.append(_shown(element.tail, as_it_is > 0))
    gap = f"{_BORDER}+|{_BREAK}[ {_KEPT}]*{_BREAK}[ {_KEPT}{_BREAK}]*"
    for block in re.split(gap, re.sub(" {2,}", " ", "".join(written))):
        lines = (line.strip(" ").replace(_KEPT, " ") for line in block.split(_BREAK))
        if text := "\n".join(lines).strip(" \n"):
            yield text


def _shown(text: str | None, as_it_is: bool) -> str:
    text = (text or "").replace("\u00ad", "")  # a place to hyphenate, not a character of the text
    return text.replace("\n", _BREAK).replace(" ", _KEPT) if as_it_is else _BLANKS.sub(" ", text)
