"""Pairs of figures that are one: an amount in two units, and a range whose ends have a unit each.

"160km (100 miles)", "Rs 500, or $6"; "between £18m and £22m", "$85 million to $110 million". Told by
what stands between the two and before them; what each comes to must fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.figures.amounts import Found
from toolkit.figures.measures import MEASURED, Meter, are_alike
from toolkit.model import Measure, Span

_BETWEEN = 24  # characters at most from a figure to the same in another unit
_BESIDE = 40  # characters that are looked at before a figure


def joined(meter: Meter, text: str, found: Sequence[Found]) -> list[Found]:
    """Figures with those that are given in two units as one: "160km (100 miles)", "Rs 500, or $6"."""
    kept: list[Found] = []
    for each in found:
        if kept and (whole := _whole(meter, text, kept[-1], each) or _range(meter, text, kept[-1], each)):
            kept[-1] = kept[-1]._replace(span=whole)
        else:
            kept.append(each)
    return kept


def _whole(meter: Meter, text: str, one: Found, other: Found) -> Span | None:
    """The span of two figures that are the same in two units, None where they are not."""
    gap = other.span.start - one.span.end
    if one.kind != other.kind or one.kind not in ("money", "quantity") or not 0 < gap <= _BETWEEN:
        return None
    match = meter.again.fullmatch(text, one.span.end, other.span.start)
    if match is None or (match["open"] and not text.startswith(")", other.span.end)):
        return None
    first, second = (meter.measures(text[slice(*f.span)], f.kind) for f in (one, other))
    if not first or not second or any(not _are_two(meter, a.unit, b.unit) for a in first for b in second):
        return None
    return Span(one.span.start, other.span.end + bool(match["open"]))


def _range(meter: Meter, text: str, one: Found, other: Found) -> Span | None:
    """The span of two figures that are the ends of a range: "$85 million to $110 million"."""
    gap = text[one.span.end : min(other.span.start, one.span.end + _BETWEEN)].strip().lower()
    words = meter.rules.words
    if one.kind != other.kind or one.kind not in MEASURED or not one.span.end < other.span.start:
        return None
    if gap in words["range_between"]:
        is_linked = meter.is_between(text, one.span.start)
    else:
        is_linked = gap == "-" or (
            gap in words["range_of_amounts"] and not _changes(meter, text, one.span.start)
        )
    ends = [text[slice(*f.span)] for f in (one, other)]
    if not is_linked or any(end.startswith("-") for end in ends):
        return None
    if one.kind == "number" and not all(end.endswith(words["million_or_metre"] or "-") for end in ends):
        return None
    low, high = (meter.measures(end, one.kind) for end in ends)
    is_range = len(low) == len(high) == 1 and are_alike(low[0], high[0]) and low[0].value < high[0].value
    return Span(one.span.start, other.span.end) if is_range else None


def _changes(meter: Meter, text: str, start: int) -> bool:
    """Whether an amount is what something changes by or from: "rose 2% to 30%"."""
    words = meter.rules.words
    last = text[max(0, start - _BESIDE) : start].lower().split()[-2:]
    return any(word in (*words["changes"], *words["before_change"]) for word in last) and last[-1] != "by"


def changed(meter: Meter, text: str, one: Found, other: Found) -> Measure | None:
    """What the first of two figures comes to that borrows a scale: "from 3 to 5 million"."""
    gap = text[one.span.end : other.span.start].strip().lower()
    is_change = meter.rules.change.search(text[max(0, one.span.start - _BETWEEN) : one.span.start])
    if one.kind != other.kind or gap not in meter.rules.words["range"] or not is_change:
        return None
    together = meter.measures(text[one.span.start : other.span.end], one.kind)
    return Measure(together[0].value, together[0].unit) if len(together) == 1 else None


def _are_two(meter: Meter, one: str, other: str) -> bool:
    """Whether two units can measure the same: kilometres and miles, but no kilograms and days, and
    no pesos and Mexican pesos."""
    for shared, code in ((one, other), (other, one)):
        if code in meter.shared.get(shared, ()) and meter.usual.get(shared, code) == code:
            return False
    return one != other and (one in meter.times) == (other in meter.times)
