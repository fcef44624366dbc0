"""A newsroom's corrected annotations as training data for the encoder.

The form is that of the corpora it was trained on: a line an article, once with its names and
once with its attributions, offsets in code points. What an editor rejected is left out, beliefs
and intentions stay in, since the corpus counts them too. ``newsdesk export-gold`` calls this.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from toolkit import languages
from toolkit.errors import ToolkitError, UnknownChoice
from toolkit.model import Annotations, Figure, FigureKind, Label, Mention, Quote, Span

Named: TypeAlias = tuple[int, int, str]  # start, end, the corpus's label
Pieces: TypeAlias = list[Span]

LABELS: Mapping[Label, str] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "PLACE": "Location",
    "GROUP": "NORP",
    "FACILITY": "Facility",
    "PRODUCT": "Product",
    "EVENT": "Misc",
    "WORK": "Misc",
    "LAW": "Misc",
}
_BRACKET = re.compile(r"\((?P<in>[^()]+)\)\Z")
FIGURES: Mapping[FigureKind, str] = {"date": "Date", "money": "Money"}
ROLES = ("source", "cue", "content")
SHARE = 0.1

_PARTS = ("entities", "attributions")
_ID = "gold-"  # tells lines written here from a corpus that must not be lost


@dataclass(frozen=True, slots=True)
class Counts:
    """What was written: ``dev`` of the ``articles`` are kept apart to measure on."""

    articles: int
    dev: int
    names: int
    dates_and_amounts: int
    attributions: int


def entities(notes: Annotations) -> list[Named]:
    """Names, dates and amounts of money with the corpus's labels, in order and without overlap.

    Of marks on the same words the longest is kept; of two equal ones that of an editor.
    """
    marks: list[tuple[Span, str, Mention | Figure]]
    marks = [(m.span, LABELS[e.label], m) for e in notes.entities for m in e.mentions]
    marks += [(s, FIGURES[f.kind], f) for f in notes.figures if f.kind in FIGURES for s in amounts(notes, f)]
    found: list[Named] = []
    for _, _, span, label in sorted(
        (span.start - span.end, not _looked_at(mark), span, label)
        for span, label, mark in marks
        if mark.status != "rejected"
    ):
        at = bisect_left(found, (*span, label))
        before, after = found[max(0, at - 1) : at], found[at : at + 1]
        if not any(span.overlaps(Span(*other[:2])) for other in before + after):
            found.insert(at, (*span, label))
    return found


def attributions(notes: Annotations) -> list[dict[str, Pieces]]:
    """Source (empty when unknown), cue and content of each quotation that has a cue, in order."""
    kept = (q for q in notes.quotes if q.status != "rejected" and q.kind != "scare" and q.cue)
    rows = [{role: sorted(set(getattr(quote, role))) for role in ROLES} for quote in kept]
    return sorted(rows, key=lambda row: (row["content"], row["cue"], row["source"]))


def write(
    notes: Iterable[Annotations], folder: str | Path, *, share: float = SHARE, confirmed_only: bool = False
) -> Counts:
    """Writes ``entities/`` and ``attributions/`` in a folder, each with ``train.jsonl`` and ``dev.jsonl``.

    Articles in languages that the encoder does not read are left out. Of articles with the same
    text the last counts. A hash of the text puts about ``share`` of them (0 to below 1) into dev,
    the same ones each time; if that left none to train on, as with a single article, all go to
    train. With ``confirmed_only`` an article's names are taken only if an editor has confirmed,
    rejected or added one of its names or figures, and its attributions only if one of its
    quotations. Files of an earlier export are replaced once all are whole; with no article at all
    nothing is written. Raises ``UnknownChoice`` for a share out of range and ``ToolkitError`` where
    the files can't be written or a corpus of another origin stands there.
    """
    if not 0 <= share < 1:
        raise UnknownChoice(f"The share {share} is out of range; write 0 to below 1, such as {SHARE}.")
    texts: dict[str, str] = {}
    found: dict[str, dict[str, list[Named] | list[dict[str, Pieces]]]] = {part: {} for part in _PARTS}
    for each in notes:
        language = languages.get(each.article.language)
        if language is None or not language.encoder or not each.article.text.strip():
            continue
        key = each.article.sha256
        if not confirmed_only or _names_looked_at(each):
            texts[key], found["entities"][key] = each.article.text, entities(each)
        if not confirmed_only or _quotes_looked_at(each):
            texts[key], found["attributions"][key] = each.article.text, attributions(each)
    # One split for both parts: an article to measure on may not be learnt from by either head.
    dev = {key for key in texts if int(key[:8], 16) < share * 16**8}
    dev = set() if len(dev) == len(texts) else dev

    def lines(part: str, *, of_dev: bool) -> Iterator[str]:
        for key, rows in found[part].items():
            if (key in dev) == of_dev:
                row = {"id": f"{_ID}{key[:16]}", "text": texts[key], part: rows}
                yield json.dumps(row, ensure_ascii=False) + "\n"

    if texts:
        # An empty dev.jsonl too, or that of an earlier export would stay.
        files = [(part, name) for part in _PARTS for name in ("train", "dev")]
        _write_whole(
            {
                Path(folder, part, f"{name}.jsonl"): "".join(lines(part, of_dev=name == "dev"))
                for part, name in files
            }
        )
    labels = [label for rows in found["entities"].values() for *_, label in rows]
    figures = sum(label in FIGURES.values() for label in labels)
    said = sum(len(rows) for rows in found["attributions"].values())
    return Counts(len(texts), len(dev), len(labels) - figures, figures, said)


def _looked_at(mark: Mention | Figure | Quote) -> bool:
    """Whether an editor has decided on a mark, or made it."""
    return mark.status != "suggested" or mark.origin.startswith("editor:")


def _names_looked_at(notes: Annotations) -> bool:
    mentions = (m for e in notes.entities for m in e.mentions)
    return any(map(_looked_at, mentions)) or any(map(_looked_at, notes.figures))


def _quotes_looked_at(notes: Annotations) -> bool:
    return any(map(_looked_at, notes.quotes))


def _write_whole(files: Mapping[Path, str]) -> None:
    """Writes all files next to their places first, and moves them there when all are whole."""
    drafts: dict[Path, Path] = {}
    target = Path()
    try:
        for target in files:
            _check_ours(target)
        for target, data in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            # Through a link the linked file is replaced, not the link.
            real = Path(os.path.realpath(target))
            drafts[real] = real.with_name(f".{secrets.token_hex(8)}.tmp")
            drafts[real].write_text(data, encoding="utf-8", newline="\n")
        for target, draft in drafts.items():
            os.replace(draft, target)
    except OSError as error:
        raise ToolkitError(
            f"Can't write {target}: {error.strerror or error}. Choose another folder, or mend its rights."
        ) from error
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _check_ours(target: Path) -> None:
    """Raises if a file stands there that no export has written, such as a corpus."""
    if not target.exists():
        return
    ours = f'{{"id": "{_ID}'.encode()
    with target.open("rb") as file:
        if file.read(len(ours)) not in (b"", ours):
            raise ToolkitError(
                f"{target} is training data of another origin and would be lost; choose another folder."
            )


def amounts(notes: Annotations, figure: Figure) -> tuple[Span, ...]:
    """The spans of a figure as the corpora mark them: "200,000 yuan (US$31,080)" are two."""
    text = notes.text(figure)
    inner = _BRACKET.search(text) if figure.kind == "money" else None
    if inner is None:
        return (figure.span,)
    start = figure.span.start
    return Span(start, start + len(text[: inner.start()].rstrip())), Span(
        start + inner.start("in"), start + inner.end("in")
    )
