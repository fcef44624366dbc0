"""XML from strangers as a tree: no entities, nothing fetched, not too deep, not too large."""

from __future__ import annotations

import io
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from toolkit.errors import UnreadableArticle
from toolkit.read.limits import MAX_ELEMENTS, MAX_NESTING, too_deep


def tree(file: bytes | IO[bytes], name: str, advice: str) -> Element:
    """The root element of some XML.

    Raises ``UnreadableArticle`` for what is not well-formed, declares entities, or is beyond the
    limits; ``advice`` ends its message.
    """
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

    root: Element | None = None
    depth = count = 0
    try:
        source = io.BytesIO(file) if isinstance(file, bytes) else file
        for event, element in iterparse(source, events=("start", "end")):
            if event == "end":
                depth -= 1
                continue
            depth, count = depth + 1, count + 1
            root = element if root is None else root
            if depth > MAX_NESTING:
                raise too_deep(name)
            if count > MAX_ELEMENTS:
                raise UnreadableArticle(f"{name} has more than {MAX_ELEMENTS:,} XML elements; {advice}")
    except DefusedXmlException:
        raise UnreadableArticle(f"{name} declares XML entities, which no article needs; {advice}") from None
    except (ParseError, ValueError, LookupError) as error:
        reason = str(error).split("\n")[0]
        raise UnreadableArticle(f"{name} is damaged or no XML ({reason}); {advice}") from None
    if root is None:
        raise UnreadableArticle(f"{name} holds no XML; {advice}")
    return root


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words(element: Element | None) -> str:
    """All the text in an element; "" for none."""
    return "" if element is None else "".join(element.itertext())
