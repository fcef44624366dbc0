"""The paragraphs of an HTML or XHTML fragment that is known to be the article, all of it."""

from __future__ import annotations

import re

from toolkit.errors import UnreadableArticle
from toolkit.read.blocks import page_blocks
from toolkit.read.limits import MAX_NESTING, too_deep

_DECLARED = re.compile(r"\A\s*<\?xml[^>]*\?>")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def text_of_html(fragment: str, name: str) -> str:
    """The fragment's paragraphs, a blank line apart, as a browser would show them."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    source = _CONTROLS.sub("", _DECLARED.sub("", fragment))
    try:
        root = document_fromstring(
            f"<html><body>{source}</body></html>", parser=HTMLParser(no_network=True, huge_tree=False)
        )
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableArticle(f"{name} holds markup that can't be read; paste its text.") from error
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_NESTING:
            raise too_deep(name)
    return "\n\n".join(page_blocks(root))
