"""What the standard (ECMA-376) asks of a Word document, as far as a test can tell without its schemas:
parts, relationships, content types, numbers, and the order of elements."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# The order in which the standard wants children (part 1, annex A), as far as briefs have them.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "settings": "writeProtection view zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat rsids "
    "themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "body": "",
}  # fmt: skip
# In any order, each once.
_ROW = {
    "cnfStyle",
    "divId",
    "gridBefore",
    "gridAfter",
    "wBefore",
    "wAfter",
    "cantSplit",
    "trHeight",
    "tblHeader",
}
_ROW |= {"tblCellSpacing", "jc", "hidden"}
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_BOOKMARK = re.compile(r"[^\W\d]\w{0,39}")
_ANY_OF_FIRST = {"sectPr": {"headerReference", "footerReference"}}


def assert_valid(data: bytes) -> None:
    """Everything that this module knows of."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        assert len(names) == len({name.lower() for name in names})
        parts = {name: package.read(name) for name in names}
    roots = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    _assert_content_types(roots, names)
    _assert_relationships(roots, names)
    for name, root in roots.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            _assert_order(name, root)
    _assert_styles(roots)
    _assert_numbers(roots)


def _assert_content_types(roots: dict[str, Any], names: list[str]) -> None:
    types = roots["[Content_Types].xml"]
    defaults = {each.get("Extension").lower() for each in types.iter(_TYPES + "Default")}
    overrides = [each.get("PartName") for each in types.iter(_TYPES + "Override")]
    assert len(overrides) == len(set(overrides))
    assert {name.lstrip("/") for name in overrides} <= set(names)
    for name in names:
        if name != "[Content_Types].xml":
            assert f"/{name}" in overrides or name.rpartition(".")[2].lower() in defaults, name
    # What XML means differs from part to part.
    assert [
        n for n in names if n.startswith("word/") and n.endswith(".xml") and f"/{n}" not in overrides
    ] == []


def _assert_relationships(roots: dict[str, Any], names: list[str]) -> None:
    reached = {"[Content_Types].xml"}
    for name in (name for name in names if name.endswith(".rels")):
        folder, _, file = name.rpartition("_rels/")
        source = file.removesuffix(".rels")
        keys = [each.get("Id") for each in roots[name].iter(_RELATIONSHIP)]
        assert len(keys) == len(set(keys))
        assert not source or folder + source in names
        for each in roots[name].iter(_RELATIONSHIP):
            if each.get("TargetMode") == "External":
                assert each.get("Type").endswith("/hyperlink")
                continue
            target = each.get("Target")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(folder + target)
            assert path in names, f"{name} leads to {target}"
            reached.add(path)
        if source in (n.rpartition("/")[2] for n in roots):
            root = roots[folder + source]
            used = {v for e in root.iter() for k, v in e.attrib.items() if k.startswith(_R)}
            assert used <= set(keys), f"{folder + source} names {used - set(keys)}"
    assert {name for name in names if not name.endswith(".rels")} <= reached


def _assert_order(name: str, root: Any) -> None:
    for kind, order in ORDER.items():
        places = {tag: place for place, tag in enumerate(order.split())}
        for element in (e for e in root.iter(W + kind) if places):
            tags = [etree.QName(child).localname for child in element if isinstance(child.tag, str)]
            known = [t for t in tags if t in places]
            loose = _ANY_OF_FIRST.get(kind, set())
            wanted = sorted(known, key=lambda t: 0 if t in loose else places[t])
            assert known == wanted, f"{name}: {kind} has {tags}"
            if kind in ("pPr", "rPr", "tblPr", "tcPr"):
                assert set(tags) <= set(places), f"{name}: {kind} has {tags}"
                assert max(Counter(tags).values(), default=1) == 1, f"{name}: {kind} has {tags}"
    for paragraph in root.iter(W + "p"):
        tags = [etree.QName(child).localname for child in paragraph]
        assert "pPr" not in tags[1:]
    for run in root.iter(W + "r"):
        assert "rPr" not in [etree.QName(child).localname for child in run][1:]
    for properties in root.iter(W + "trPr"):
        tags = Counter(etree.QName(child).localname for child in properties)
        assert set(tags) <= _ROW, f"{name}: trPr has {tags}"
        assert max(tags.values(), default=1) == 1, f"{name}: trPr has {tags}"
    for tongue in root.iter(W + "lang"):
        assert all(_LANGUAGE.fullmatch(code) for code in tongue.attrib.values()), tongue.attrib
    for cell in root.iter(W + "tc"):
        assert cell[-1].tag == W + "p"
    for row in root.iter(W + "tbl"):
        width = len(row.find(W + "tblGrid"))
        assert {len(each.findall(W + "tc")) for each in row.iterchildren(W + "tr")} <= {width}


def _assert_styles(roots: dict[str, Any]) -> None:
    styles = list(roots["word/styles.xml"].iter(W + "style"))
    kinds = {style.get(W + "styleId"): style.get(W + "type") for style in styles}
    assert len(kinds) == len(styles)
    names = [style.find(W + "name").get(W + "val").lower() for style in styles]
    assert len(names) == len(set(names)), [n for n, c in Counter(names).items() if c > 1]
    defaults = Counter(style.get(W + "type") for style in styles if style.get(W + "default") == "1")
    assert max(defaults.values()) == 1
    for root in (
        root for name, root in roots.items() if name.startswith("word/") and not name.endswith(".rels")
    ):
        for pointer, kind in (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table")):
            assert {kinds.get(each.get(W + "val")) for each in root.iter(W + pointer)} <= {kind}
    for style in styles:
        for pointer in ("basedOn", "next", "link"):
            assert all(each.get(W + "val") in kinds for each in style.iter(W + pointer))
        seen, at = set(), style
        while (base := at.find(W + "basedOn")) is not None:
            assert base.get(W + "val") not in seen
            seen.add(base.get(W + "val"))
            at = next(s for s in styles if s.get(W + "styleId") == base.get(W + "val"))


def _assert_numbers(roots: dict[str, Any]) -> None:
    body = roots["word/document.xml"]
    stories = [
        root
        for name, root in roots.items()
        if name.startswith(("word/document", "word/header", "word/footer"))
    ]
    starts = [each for root in stories for each in root.iter(W + "bookmarkStart")]
    for name in ("id", "name"):
        values = [each.get(W + name) for each in starts]
        assert len(values) == len(set(values))
    ends = [each.get(W + "id") for root in stories for each in root.iter(W + "bookmarkEnd")]
    assert sorted(ends) == sorted(each.get(W + "id") for each in starts)
    names = {each.get(W + "name") for each in starts}
    assert all(_BOOKMARK.fullmatch(name) for name in names)
    assert {link.get(W + "anchor") for link in body.iter(W + "hyperlink")} <= names
    comments = roots.get("word/comments.xml")
    numbers = [each.get(W + "id") for each in comments] if comments is not None else []
    assert len(numbers) == len(set(numbers))
    for comment in comments if comments is not None else ():
        assert 0 < len(comment.get(W + "author")) <= 255
        assert len(comment.get(W + "initials")) <= 9
        assert comment[-1].tag == W + "p"
    drawn = [each.get("id") for root in stories for each in root.iter(_DRAWN)]
    assert len(drawn) == len(set(drawn))
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(each.get(W + "id") for each in body.iter(W + kind)) == sorted(numbers)
    order = list(
        body.iter(W + "bookmarkStart", W + "bookmarkEnd", W + "commentRangeStart", W + "commentRangeEnd")
    )
    opened: set[tuple[str, str]] = set()
    for each in order:
        kind, edge = (
            etree.QName(each).localname.removesuffix("Start").removesuffix("End"),
            each.tag.endswith("Start"),
        )
        key = (kind, each.get(W + "id"))
        assert (key in opened) != edge, key
        (opened.add if edge else opened.discard)(key)
    assert not opened
    assert body[0][-1].tag == W + "sectPr"
    assert [child.tag for child in body[0]].count(W + "sectPr") == 1
