"""Hypothesis strategies: odd texts, articles and annotations that break the careless.

``odd_texts`` mixes ordinary news prose with what real files hold and code forgets: emoji of
several code points, lone combining marks, carriage returns, NUL, bidirectional marks, soft
hyphens, private and forbidden characters. ``annotations`` puts arbitrary, overlapping marks
on such a text; every record and every status occurs.
"""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from toolkit import edits, model
from toolkit.decision import Edit
from toolkit.model import (
    Annotations,
    Article,
    Budget,
    Engine,
    Entity,
    Figure,
    Mention,
    Quote,
    Span,
    Speaker,
    Summary,
)

FRAGMENTS = (
    "The minister said ",
    "“We will not leave,” ",
    "\"It's 6'2'',\" she added. ",
    "« Non », dit-il. ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "  ",
    "\x00",
    "\x07\x1b[0m",
    "\x0b\x0c",
    "\x7f\x85\x9f",
    "\ufeff",
    "\ufffe\uffff",
    "\ufffd",
    "\U0001ffff",
    "\u2028\u2029",
    "\u200b\u200d\u2060",
    "\u200e\u200f\u202e\u2066\u2069",
    "\u00a0\u202f",
    "\u00ad\u2011",
    "\u0301",
    "e\u0301",
    "👩🏽\u200d🚒🇵🇰",
    "𝔊𐍈",
    "\ue000",
    "قال الوزير إن الوضع صعب (2025). ",
    "אמר הדובר. ",
    "東京で発表した。",
    "U+FFFE ␀ _x000D_ &amp; <w:t>]]>",
)

odd_texts: st.SearchStrategy[str] = st.lists(
    st.one_of(
        st.sampled_from(FRAGMENTS),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        st.text("ab .,“”'\"\n", max_size=12),
    ),
    max_size=14,
).map("".join)

_dates = st.sampled_from(
    ("", "2025", "2025-03", "2025-03-12", "2025-03-12T14:05Z", "2025-03-12 14:05:09+0530", "2025-13-45")
)
_origins = st.sampled_from(("machine:quotes@0.1.0", "editor:Ana Núñez", "editor:", ""))
_scores = st.none() | st.floats(0, 1)
_amounts = st.floats(allow_nan=False, allow_infinity=False)
_measures = st.builds(model.Measure, _amounts, st.sampled_from(("", "USD", "km", "%")), st.none() | _amounts)
_statuses = st.sampled_from(get_args(model.Status))


def articles(texts: st.SearchStrategy[str] = odd_texts) -> st.SearchStrategy[Article]:
    """Articles with odd texts and metadata."""
    return st.builds(
        Article,
        text=texts,
        headline=odd_texts,
        byline=odd_texts,
        slug=st.sampled_from(("", "jaffar-express", "\x00/..")),
        dateline=st.sampled_from(("", "QUETTA, Pakistan")),
        published=_dates,
        embargo=_dates,
        language=st.sampled_from(("en", "fr", "ar", "zh", "und", "")),
        source=st.sampled_from(("", "Al Jazeera", "story.docx")),
    )


@st.composite
def annotations(draw: st.DrawFn, texts: st.SearchStrategy[str] = odd_texts) -> Annotations:
    """Annotations whose marks lie anywhere in the text and may overlap; none on an empty one."""
    article = draw(articles(texts))
    engine = Engine(
        "0.1.0", draw(st.sampled_from(("3.8.7", ""))), draw(st.sampled_from(("en_core_web_sm", "")))
    )
    if not article.text:
        return Annotations(article, engine)

    def many(record: Any, /, most: int = 4, **parts: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        count = draw(st.integers(0, most))
        return tuple(
            draw(st.builds(record, id=st.just(f"{record.__name__[0]}{i}"), **parts)) for i in range(count)
        )

    size = len(article.text)
    spans = st.tuples(st.integers(0, size - 1), st.integers(1, size)).map(
        lambda ends: Span(min(ends[0], ends[1] - 1), max(ends[0] + 1, ends[1]))
    )
    some_spans = st.lists(spans, max_size=3).map(tuple)
    mentions = st.builds(Mention, spans, _origins, _statuses, _scores)
    entities = many(
        Entity,
        label=st.sampled_from(get_args(model.Label)),
        name=spans,
        mentions=st.lists(mentions, max_size=4).map(tuple),
        description=st.none() | spans,
    )
    speakers = many(
        Speaker,
        name=spans,
        role=st.none() | spans,
        affiliation=st.none() | spans,
        entity=st.sampled_from((None, *(e.id for e in entities))),
        anonymous=st.booleans(),
    )
    quotes = many(
        Quote,
        most=6,
        kind=st.sampled_from(get_args(model.QuoteKind)),
        content=st.lists(spans, min_size=1, max_size=3).map(tuple),
        act=st.sampled_from(get_args(model.Act)),
        cue=some_spans,
        source=some_spans,
        speakers=st.lists(st.sampled_from([s.id for s in speakers]), max_size=2, unique=True).map(tuple)
        if speakers
        else st.just(()),
        how=st.sampled_from(get_args(model.How)),
        score=_scores,
        origin=_origins,
        status=_statuses,
        flags=st.lists(st.sampled_from(get_args(model.Flag)), max_size=2, unique=True).map(tuple),
        speaker_score=_scores,
    )
    figures = many(
        Figure,
        kind=st.sampled_from(get_args(model.FigureKind)),
        span=spans,
        origin=_origins,
        status=_statuses,
        score=_scores,
        measures=st.lists(_measures, max_size=2).map(tuple),
        qualifier=st.none() | spans,
        counts=st.none() | spans,
        quote=st.sampled_from((None, *(q.id for q in quotes))),
        date=st.sampled_from(("", "2024", "2024-08", "2024-08-05/2024-08-11", "2024-08-05T07:30")),
    )
    budgets = st.builds(Budget, st.sampled_from(get_args(model.BudgetUnit)), st.integers(1, 200))
    summaries = st.builds(Summary, st.sampled_from(("lead", "lexrank")), some_spans, budgets)
    return Annotations(
        article,
        engine,
        sentences=draw(some_spans),
        entities=entities,
        speakers=speakers,
        quotes=quotes,
        figures=figures,
        summary=draw(st.none() | summaries),
    )


@st.composite
def decisions(draw: st.DrawFn, notes: Annotations, most: int = 6) -> tuple[Edit, ...]:
    """Edits of all acts on the marks of annotations and on places of their text, in a few steps. Some fit
    nothing: a span reaches beyond the text, a mark that stands alone is split."""
    size = len(notes.article.text)
    spans = st.tuples(st.integers(0, size), st.integers(1, 12)).map(
        lambda p: Span(min(p[0], size - 1), min(p[0] + p[1], size)) if p[0] % 9 else Span(p[0], p[0] + p[1])
    )
    mentions = [m for e in notes.entities for m in e.mentions]
    marks: list[Any] = [*notes.quotes, *mentions, *(e for e in notes.entities if e.mentions), *notes.figures]
    known: dict[str, list[tuple[Span, ...]]] = {"sentence": [(s,) for s in notes.sentences]}
    for kind, at in map(edits.making.place, marks):
        known.setdefault(kind, []).append(at)
    doable = [(act, of) for act, of in sorted(edits.acts.ACTS) if of in known or act in ("add", "dismiss")]
    names = st.sampled_from([m.span for m in mentions]) | spans if mentions else spans
    labels, kinds = get_args(model.Label), get_args(model.QuoteKind)
    found: list[Edit] = []
    for _ in range(draw(st.integers(0, most))):
        act, of = draw(st.sampled_from(doable))
        is_new = act in ("add", "dismiss") or not known.get(of)
        at = (draw(spans),) if is_new else draw(st.sampled_from(known[of]))
        to = tuple(draw(st.lists(names, min_size=act != "add", max_size=2 if of == "quote" else 1)))
        value = draw(st.sampled_from(kinds if of == "quote" else labels))
        if act not in ("add", "kind", "label", "dismiss", "note"):
            value = ""
        step = found[-1].step + draw(st.integers(0, 1)) if found else 1
        found.append(Edit(act, of, at, to, value, draw(st.sampled_from(("", "Ana Núñez"))), step))
    return tuple(found)
