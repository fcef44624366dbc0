"""Small pictures of an article: who speaks how much, and when things happened. Pure HTML.

Drawn with boxes and not as SVG, which ``st.html`` takes out; so they have the colours of the theme,
and a screen reader reads them as lists.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.timeline import Moment
from toolkit.ui.markup import Html, element
from toolkit.wording import count, date

_TINTS = 8  # hues in the style sheet


@dataclass(frozen=True, slots=True)
class Bar:
    """Who, and which share of the whole (0 to 1). ``tint`` is the number of the speaker's hue, 0 is none."""

    name: str
    share: float
    tint: int = 0


def bars(drawn: Sequence[Bar], label: str, rest: str = "") -> Html:
    """Horizontal bars, the longest as wide as there is room. ``rest`` tells in words below them what has
    no bar."""
    longest = max((bar.share for bar in drawn), default=0.0) or 1.0
    rows = (
        element(
            "li",
            element("span", bar.name, class_="nd-bar-name", dir="auto"),
            " ",
            element("span", f"{round(100 * bar.share)}%", class_="nd-bar-share"),
            element(
                "span",
                class_=f"nd-bar nd-tint-{(bar.tint - 1) % _TINTS + 1 if bar.tint else 0}",
                style=f"width:{100 * bar.share / longest:.1f}%",
                aria_hidden="true",
            ),
        )
        for bar in drawn
    )
    others = element("p", rest, class_="nd-remark") if rest else Html()
    return element("figure", element("figcaption", label), element("ul", rows), others, class_="nd-bars")


def line_of_time(moments: Sequence[Moment]) -> Html:
    """The dates of an article on a line, each as far from the one before as the logarithm of the time
    between; a longer tick holds more of them. Nothing for fewer than two different dates."""
    times = Counter(map(_day, moments))
    days = sorted(times)
    if len(days) < 2:
        return Html()
    names = {_day(moment): moment.date.partition("/")[0][:10] for moment in reversed(moments)}
    gaps = [math.log1p(later - day) for day, later in pairwise(days)]
    whole = sum(gaps)
    most = max(times.values())
    ticks = []
    at = 0.0
    for number, day in enumerate(days):
        at += gaps[number - 1] / whole if number else 0.0
        title = f"{date(names[day])}, {count(times[day], 'time', 'times')}"
        height = 35 + 65 * times[day] / most
        ticks.append(
            element("span", class_="nd-tick", style=f"left:{100 * at:.1f}%;height:{height:.0f}%", title=title)
        )
    first, last = date(names[days[0]]), date(names[days[-1]])
    ends = element("figcaption", element("span", first), " ", element("span", last))
    told = f"{count(len(days), 'date', 'dates')} from {first} to {last}; distances are not to scale"
    drawn = element("div", ticks, class_="nd-ticks", role="img", aria_label=told)
    return element("figure", drawn, ends, class_="nd-time", title="Distances are not to scale")


def _day(moment: Moment) -> int:
    """The first day of a date, counted as if all months had 31 days: good enough for a picture."""
    year, month, day = (*(int(part) for part in moment.date.partition("/")[0][:10].split("-")), 1, 1)[:3]
    return (year * 12 + month) * 31 + day
