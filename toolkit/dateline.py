"""Where an article's dateline stands in its text, if it stands there."""

from __future__ import annotations

from toolkit.model import Article, Span
from toolkit.read.heads import opening_lines

_DASH = " \u00a0–—-:"


def dateline_span(article: Article) -> Span:
    """The dateline with the dash and blanks behind it, below a headline too; empty and at the beginning where
    there is none."""
    text, dateline = article.text, article.dateline.strip()
    for start, line in opening_lines(text) if dateline else ():
        lead = len(line) - len(line.lstrip())
        if line.startswith(dateline, lead):
            rest = line[lead + len(dateline) :]
            return Span(start + lead, start + len(line) - len(rest.lstrip(_DASH)))
    return Span(0, 0)
