"""The numbers beside the paragraphs of the article in a Word brief: a list of Word's own.

So they count on when somebody adds a paragraph, and no letter of them is in the text.
"""

from __future__ import annotations

import copy
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.parts.numbering import NumberingPart

from toolkit.export._docx_text import NAMESPACE, W, add

# From the number to the text, in twentieths of a point; the number stands in the margin.
_OUT = 440


def add_numbers(document: Any, style_id: str) -> int:
    """Adds a list for the paragraphs of a style; returns its number, for ``numPr``."""
    numbering = _numbering(document)
    list_id = _next(numbering, "abstractNum", "abstractNumId")
    number = _next(numbering, "num", "numId")
    kind = OxmlElement("w:abstractNum")
    kind.set(W + "abstractNumId", str(list_id))
    add(kind, "multiLevelType", val="singleLevel")
    level = add(kind, "lvl", ilvl=0)
    add(level, "start", val=1)
    add(level, "numFmt", val="decimal")
    add(level, "suff", val="tab")
    add(level, "lvlText", val="%1")
    add(level, "lvlJc", val="left")
    add(add(level, "pPr"), "ind", left=_indent(document.styles.element, style_id), hanging=_OUT)
    # A list takes no character style in every word processor, so it has the look of one.
    label = next(s for s in document.styles.element.iter(W + "style") if s.get(W + "styleId") == "Label")
    level.extend(copy.deepcopy(label.findall(W + "rPr")))
    made = OxmlElement("w:num")
    made.set(W + "numId", str(number))
    add(made, "abstractNumId", val=list_id)
    # All kinds of lists stand before the first list, and the lists before what may follow.
    _put(numbering, kind, before=("num", "numIdMacAtCleanup"))
    _put(numbering, made, before=("numIdMacAtCleanup",))
    return number


def _put(parent: Any, child: Any, before: tuple[str, ...]) -> None:
    other = next(parent.iterchildren(*(W + name for name in before)), None)
    if other is None:
        parent.append(child)
    else:
        other.addprevious(child)


def _numbering(document: Any) -> Any:
    """The lists of a document; a part that is none of lists, whatever it calls itself, makes room for one."""
    for key, relation in list(document.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            part = relation.target_part
            if isinstance(part, NumberingPart) and part.element.tag == W + "numbering":
                return part.element
            del document.part.rels[key]
    root = parse_xml(f'<w:numbering xmlns:w="{NAMESPACE}"/>')
    name = PackURI("/word/numbering.xml")
    made = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
    document.part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return root


def _next(numbering: Any, tag: str, key: str) -> int:
    taken = (each.get(W + key, "") for each in numbering.iterchildren(W + tag))
    return 1 + max((int(number) for number in taken if number.isdecimal()), default=0)


def _indent(styles: Any, style_id: str) -> str:
    """How far a style is indented, itself or by what it is based on: a list would else take that away."""
    known = {style.get(W + "styleId"): style for style in styles.iterchildren(W + "style")}
    style = known.get(style_id)
    while style is not None:
        indent = style.find(f"{W}pPr/{W}ind")
        told = None if indent is None else indent.get(W + "left", indent.get(W + "start"))
        if told is not None:
            return str(told)
        base = style.find(W + "basedOn")
        style = known.get(base.get(W + "val")) if base is not None else None
    return "0"
