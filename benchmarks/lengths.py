"""Cost against length: processor time of every part of the toolkit on texts of growing length.

Two kinds of long text, for they cost differently: one in which everything comes again, and one in which
every story brings people, bodies and figures of its own. The exponent is the slope of the logarithms
over the two largest sizes: 1 is a cost that grows as the text does, 2 one that grows with its square.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from toolkit import Annotations, Article, annotate, read, summarize
from toolkit.errors import UnknownChoice
from toolkit.export import EXPORTERS, render

SIZES = (1_000, 2_000, 5_000, 10_000, 50_000)  # words
KINDS = ("again", "new")
_MADE = datetime(2025, 3, 12, tzinfo=UTC)
_ROUNDS = 3
_LEAST = 0.005  # seconds: below that a slope is noise

_STORY = (
    "{town}, March {day} – {first} {last}, the mayor of {town}, closed the harbour on Monday after a "
    "strike of {count:,} dockers, officials at the {last} Port Company said.\n\n"
    "“We had no choice,” {last} said on {day} March. “It will cost the town ${count:,}.” The “historic” "
    "strike began when {other} {family} of the {family} Union asked for {day} percent more, she added.\n\n"
    "“Nobody asked us,” said {other} {family}, a spokesperson for the union. According to the mayor, about "
    "{count:,} ships wait off {town}, where the {town} Times first told of it. He denied that {family} "
    "had met the president, and the governor declined to comment. A senior official told reporters that "
    "the talks would go on until {day} April.\n\n"
)
_SOUNDS = tuple(a + b for a in "BDFGHKLMNPRSTV" for b in "aeiou")
_MIDDLES = ("r", "l", "n", "st", "rd", "ck", "m", "nd", "v", "th", "lk", "s")
_ENDS = ("an", "er", "ov", "in", "ek", "ald", "ius", "ett", "or", "ig")


@dataclass
class Costs:
    """Seconds of processor time by part and size."""

    by_part: dict[str, dict[int, float]] = field(default_factory=dict)

    def add(self, part: str, size: int, seconds: float) -> None:
        sizes = self.by_part.setdefault(part, {})
        sizes[size] = sizes.get(size, 0.0) + seconds

    def exponent(self, part: str) -> float | None:
        """None where the part is too quick for its slope to be told from noise."""
        sizes = self.by_part[part]
        if len(sizes) < 2:
            return None
        (small, quick), (large, slow) = sorted(sizes.items())[-2:]
        if min(quick, slow) < _LEAST:
            return None
        return math.log(slow / quick) / math.log(large / small)


def text_of(words: int, kind: str) -> str:
    """A text of about so many words. ``kind``: "again" tells one story over and over, "new" new ones."""
    stories: list[str] = []
    length = number = 0
    while length < words:
        stories.append(story(number if kind == "new" else 0))
        length += len(stories[-1].split())
        number += 1
    return "".join(stories)


def story(number: int) -> str:
    """A story of about 130 words; another number has other people, places and figures."""
    first, last, other, family, town = (_name(number * 5 + n) for n in range(5))
    day, count = 1 + number % 28, 1_000 + number * 7
    return _STORY.format(first=first, last=last, other=other, family=family, town=town, day=day, count=count)


def _name(number: int) -> str:
    number, end = divmod(number, len(_ENDS))
    number, middle = divmod(number, len(_MIDDLES))
    number, sound = divmod(number, len(_SOUNDS))
    return _SOUNDS[sound] + _MIDDLES[middle] + _ENDS[end] + ("" if not number else _name(number - 1).lower())


def costs(kind: str, sizes: Sequence[int] = SIZES) -> Costs:
    """What each part costs on texts of these sizes."""
    found = Costs()
    measure(text_of(200, kind), 0, Costs())  # loads the models and all the modules
    for size in sizes:
        measure(text_of(size, kind), size, found)
    return found


def measure(text: str, size: int, into: Costs) -> None:
    """Takes a text through all parts. Raises what they raise."""
    with _collected():
        seconds, article = _timed(lambda: read(f"{text}\n".encode(), name="story.txt", language="en"))
        into.add("read", size, seconds)
        with _components(lambda part, seconds: into.add(part, size, seconds)):
            seconds, notes = _timed(lambda: annotate(Article(article.text, language="en")))
        into.add("annotate, all of it", size, seconds)
    with _collected():
        for part, work in _uses(notes).items():
            with contextlib.suppress(UnknownChoice):  # a summary's method that takes no text of this length
                into.add(part, size, min(_timed(work)[0] for _ in range(_ROUNDS)))


@contextlib.contextmanager
def _collected() -> Iterator[None]:
    """Meanwhile nobody pays for the collector's looking through what others made."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    began = time.process_time()
    done = work()
    return time.process_time() - began, done


@contextlib.contextmanager
def _components(told: Callable[[str, float], None]) -> Iterator[None]:
    """Meanwhile each component of the pipeline tells what it costs."""
    from toolkit.pipeline import pipeline

    nlp = pipeline("en")
    before = list(nlp._components)

    def watched(name: str, component: Any) -> Callable[[Any], Any]:
        def work(doc: Any) -> Any:
            began = time.process_time()
            done = component(doc)
            told(name if name.startswith("toolkit_") else "spaCy's model", time.process_time() - began)
            return done

        return work

    nlp._components = [(name, watched(name, component)) for name, component in before]
    try:
        yield
    finally:
        nlp._components = before


def _uses(notes: Annotations) -> Mapping[str, Callable[[], object]]:
    """What is made of annotations: the summary, the checks, the brief, the page, each format, an edit."""
    from toolkit import edits, points, review, schema, timeline
    from toolkit.brief import brief
    from toolkit.checks import CHECKS, check
    from toolkit.summary import METHODS

    # toolkit.ui's package would bring streamlit; the modules that only reckon do not.
    marker = importlib.import_module("toolkit.ui.marker")
    cast, numbers = (importlib.import_module(f"toolkit.ui.panels.{name}") for name in ("cast", "numbers"))
    statements = importlib.import_module("toolkit.ui.panels.quotes").statements
    quote = next(iter(notes.quotes), None)
    found: dict[str, Callable[[], object]] = {
        **{f"summary, {name}": partial(summarize, notes, words=60, method=name) for name in METHODS},
        **{f"check {name}": partial(check, notes, only=[name]) for name in CHECKS},
        "points": lambda: points.points(notes),
        "timeline": lambda: timeline.timeline(notes),
        "review": lambda: review.queue(notes),
        "brief": lambda: brief(notes),
        "page: marks": lambda: marker.payload(notes, revision=1, figures=True),
        "page: quotes": lambda: statements(notes),
        "page: cast": lambda: (cast.shares(notes), cast.members(notes), cast.names(notes)),
        "page: numbers": lambda: (numbers.numbers(notes), numbers.dates(notes)),
        "one edit": lambda: edits.apply(notes, edits.confirm(quote)) if quote else notes,
        "JSON read again": lambda: schema.from_json(schema.to_json(notes)),
        **{f"export {each}": partial(render, notes, each, made=_MADE) for each in EXPORTERS},
    }
    return found


def table(found: Costs) -> Iterator[str]:
    """A line for each part: milliseconds at each size, and the exponent."""
    sizes = sorted({size for part in found.by_part.values() for size in part})
    yield f"{'milliseconds at … words':<26}" + "".join(f"{size:>10,}" for size in sizes) + "  exponent"
    for part, by_size in found.by_part.items():
        slope = found.exponent(part)
        shown = "" if slope is None else f"{slope:.2f}"
        cells = (f"{1000 * by_size[size]:,.1f}" if size in by_size else "refused" for size in sizes)
        yield f"{part:<26}" + "".join(f"{cell:>10}" for cell in cells) + f"{shown:>10}"
