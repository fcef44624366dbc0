"""The brief's styles in a desk's own template: its own where it has them, else the toolkit's.

Styles are known by their names. Word's ids differ from language to language, so a template's
styles get the ids that the brief writes; one that has such an id under another name gets another.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml import parse_xml

from toolkit.errors import UnsupportedFormat
from toolkit.export._docx_page import WIDTH, style_sheet
from toolkit.export._docx_text import W, add

# What points at a style by its id.
_POINTERS = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")
_KINDS = {"paragraph": "a paragraph style", "character": "a character style", "table": "a table style"}
# Word's own, which every document may lack and which a desk need not define.
_OF_WORD = {"Default Paragraph Font", "Normal Table", "No List"}


def style_names() -> tuple[tuple[str, str], ...]:
    """The name and the kind ("paragraph", "character", "table") of each style of a brief, in order."""
    return tuple((_name(s), s.get(W + "type")) for s in _ours() if _name(s) not in _OF_WORD)


def adopt(template: str, document: Any, width: int) -> tuple[str, ...]:
    """Gives the template's styles the brief's ids, and adds those that it lacks; returns their names.

    ``width`` is the room between the margins. Raises ``UnsupportedFormat``, which calls the file
    ``template``, for a style of another kind than the brief's of that name.
    """
    styles = document.styles.element
    _assert_tree(styles)
    theirs: dict[str, Any] = {}
    for style in list(styles.iterchildren(W + "style")):
        if not (_name(style) and style.get(W + "styleId")):
            styles.remove(style)
            continue
        theirs.setdefault(_name(style).lower(), style)
    ours = {_name(style).lower(): style for style in _ours()}
    for name, style in ours.items():
        if name in theirs and theirs[name].get(W + "type") != style.get(W + "type"):
            kind = _KINDS.get(style.get(W + "type"), "another kind of style")
            raise UnsupportedFormat(
                f"{template}: its style {_name(style)!r} must be {kind}; rename it or make it one."
            )
    both = [(theirs[name], style) for name, style in ours.items() if name in theirs]
    wanted = {their.get(W + "styleId"): style.get(W + "styleId") for their, style in both}
    _rename(document, styles, wanted, {style.get(W + "styleId") for style in ours.values()})
    defaults = {
        style.get(W + "type") for style in styles.iter(W + "style") if style.get(W + "default") == "1"
    }
    missing = [style for name, style in ours.items() if name not in theirs]
    for style in missing:
        styles.append(_fallback(style, width, defaults))
    return tuple(_name(style) for style in missing if _name(style) not in _OF_WORD)


def _assert_tree(styles: Any) -> None:
    """Raises ``ValueError`` where a style is based on itself, in one step or more; a reader may hang."""
    bases = {s.get(W + "styleId"): base.get(W + "val") for s in styles for base in s.iterfind(W + "basedOn")}
    sound: set[str | None] = set()
    for style in bases:
        path, at = set(), style
        while at in bases and at not in sound:
            if at in path:
                raise ValueError(f"the style {at} is based on itself")
            path.add(at)
            at = bases[at]
        sound |= path


def _ours() -> Iterator[Any]:
    yield from parse_xml(style_sheet()).iter(W + "style")


def _name(style: Any) -> str:
    name = style.find(W + "name")
    return "" if name is None else " ".join(name.get(W + "val", "").split())


def _rename(document: Any, styles: Any, wanted: Mapping[str, str], reserved: set[str]) -> None:
    """Each id as wanted; one that is reserved, and its style is not the one it is for, becomes free."""
    lowered = {key.lower() for key in reserved}
    taken = lowered | {style.get(W + "styleId", "").lower() for style in styles.iter(W + "style")}
    ids = dict(wanted)
    for style in styles.iter(W + "style"):
        key = style.get(W + "styleId", "")
        if key not in ids and key.lower() in lowered:
            number = next(n for n in range(1, len(taken) + 2) if f"{key}{n}".lower() not in taken)
            ids[key] = f"{key}{number}"
            taken.add(ids[key].lower())
    if all(old == new for old, new in ids.items()):
        return
    for style in styles.iter(W + "style"):
        key = style.get(W + "styleId", "")
        style.set(W + "styleId", ids.get(key, key))
    for root in _roots(document, styles):
        for name in _POINTERS:
            for pointer in root.iter(W + name):
                key = pointer.get(W + "val", "")
                pointer.set(W + "val", ids.get(key, key))


def _roots(document: Any, styles: Any) -> Iterator[Any]:
    yield styles
    for relation in document.part.rels.values():
        if not relation.is_external and hasattr(relation.target_part, "element"):
            yield relation.target_part.element


def _fallback(style: Any, width: int, defaults: set[str]) -> Any:
    """One of our styles for somebody else's document: in its fonts, and spaced as in ours whatever its
    Normal says."""
    style = copy.deepcopy(style)
    kind = style.get(W + "type")
    if kind in defaults:
        style.attrib.pop(W + "default", None)
    if kind == "paragraph":
        for fonts in list(style.iter(W + "rFonts")):
            fonts.getparent().remove(fonts)
        _space(style)
    for tab in style.iter(W + "tab"):
        if tab.get(W + "pos") == str(WIDTH):
            tab.set(W + "pos", str(width))
    return style


def _space(style: Any) -> None:
    properties, runs = style.find(W + "pPr"), style.find(W + "rPr")
    if properties is None:
        properties = add(style, "pPr")
        if runs is not None:
            runs.addprevious(properties)
    spacing = properties.find(W + "spacing")
    if spacing is None:
        spacing = add(properties, "spacing")
        _put_before(properties, spacing, ("ind", "outlineLvl"))
    for name, value in (("before", "0"), ("after", "0"), ("line", "259"), ("lineRule", "auto")):
        if spacing.get(W + name) is None:
            spacing.set(W + name, value)
    runs = add(style, "rPr") if runs is None else runs
    if runs.find(W + "sz") is None:
        for name in ("sz", "szCs"):
            _put_before(runs, add(runs, name, val=19), ("u", "bdr", "shd", "lang"))


def _put_before(parent: Any, child: Any, others: tuple[str, ...]) -> None:
    """To where the standard wants it, before the first of some others."""
    behind = next((each for each in parent if each.tag in {W + name for name in others}), None)
    if behind is not None:
        behind.addprevious(child)
