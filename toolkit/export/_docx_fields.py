"""Fields of a template that would fetch a file, run a program or lead out: what no brief may carry.

A field stands between its marks, begin, separate and end, over any number of runs and paragraphs, and holds
others. What it does is told by the first word of its code, which is looked at field by field; so what
is only an argument (the name of a style, ``STYLEREF "Pull Quote"``) is harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from toolkit.export._docx_text import W

PAGES = re.compile(r"(https?|mailto):", re.IGNORECASE)

# Those that fetch, run, or build the text of another field.
_REACHING = (
    *("DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "RD", "DATABASE"),
    *("PRINT", "MACROBUTTON", "QUOTE", "EMBED", "CONTROL", "HTMLCONTROL"),
)
_WORD = re.compile(r"[^\W\d_]+")
_KEYWORD = re.compile(r"\W*([^\W_]+)")
_ARGUMENT = re.compile(r'"([^"]*)"|(\S+)')
_WITH_VALUE = ("\\l", "\\o", "\\t")  # switches of HYPERLINK
_INNER = "\0"  # the place of a field within the code of another


class _Field(NamedTuple):
    code: list[str]
    result: list[bool]  # not empty once the code is over


def reaching_field(story: Any) -> str:
    """The name of the first field in a header, footer or style sheet that may not be there; "" for none."""
    return next(filter(None, map(_fault, _codes(story))), "")


def _codes(story: Any) -> Iterator[str]:
    """The code of each field, and last the words that stand in the code of none."""
    fields: list[_Field] = []
    astray: list[str] = []
    for element in story.iter(W + "fldChar", W + "instrText", W + "delInstrText", W + "fldSimple", W + "t"):
        match etree.QName(element).localname:
            case "fldSimple":
                yield element.get(W + "instr", "")
                _add(fields, _INNER)
            case "fldChar":
                kind = element.get(W + "fldCharType")
                if kind == "begin":
                    _add(fields, _INNER)
                    fields.append(_Field([], []))
                elif kind == "separate" and fields:
                    fields[-1].result.append(True)
                elif kind == "end" and fields:
                    yield "".join(fields.pop().code)
            case "t":
                _add(fields, element.text or "")
            case _ if fields:
                # A result holds no code of its own; whoever wrote it there hides it.
                (astray if fields[-1].result else fields[-1].code).append(element.text or "")
            case _:
                astray.append(element.text or "")
    yield from ("".join(field.code) for field in fields)
    # In no field, they may be any.
    joined = "".join(astray)
    yield from (*_WORD.findall(joined), *_WORD.findall(" ".join(astray)))


def _add(fields: list[_Field], text: str) -> None:
    if fields and not fields[-1].result:
        fields[-1].code.append(text)


def _fault(code: str) -> str:
    found = _KEYWORD.match(code)
    keyword = found[1].upper() if found else ""
    if _INNER in code[: found.end() + 1 if found else None]:
        return "a field named by another"
    if keyword in _REACHING:
        return keyword
    if keyword == "HYPERLINK" and found and not all(map(PAGES.match, _targets(code[found.end() :]))):
        return keyword
    return ""


def _targets(arguments: str) -> Iterator[str]:
    """Where a HYPERLINK leads, out of the document."""
    is_value = False
    for quoted, bare in _ARGUMENT.findall(arguments):
        if not is_value and not (bare.startswith("\\") and len(bare) == 2):
            yield quoted or bare
        is_value = bare in _WITH_VALUE and not is_value
