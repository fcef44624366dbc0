"""The time of day that words tell: "9:10pm" is 21:10, "14 h 30" is 14:30."""

from __future__ import annotations

import functools
import re
from re import Pattern

from toolkit import languages
from toolkit.languages import Language


def read(words: str, language: Language) -> str | None:
    """Hours and minutes as "HH:MM".

    "" for a time that may be in either half of the day ("9:30") or lasts ("5-6 pm"), and None for
    midnight and such, which may be at either end of a day.
    """
    words = words.lower().strip()
    clock = language.dates.get("clock", {})
    if clock.get(words) == "noon":
        return "12:00"
    match = _pattern(language.code).fullmatch(words)
    if not match:
        return "" if any(char.isdigit() for char in words) else None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = clock.get(match["half"] or "", "")
    if half and 1 <= hour <= 12:
        return f"{hour % 12 + 12 * (half == 'pm'):02}:{minute:02}"
    is_plain = (
        not half and hour < 24 and (hour > 12 or len(match["hour"]) == 2 or match["zone"] or match["unit"])
    )
    return f"{hour:02}:{minute:02}" if is_plain and (match["minute"] or match["unit"]) else ""


@functools.cache
def _pattern(code: str) -> Pattern[str]:
    language = languages.get(code)
    assert language is not None
    clock = language.dates.get("clock", {})

    def any_of(*kinds: str) -> str:
        words = sorted((w for w, kind in clock.items() if kind in kinds), key=len, reverse=True)
        return "|".join(map(re.escape, words)) or "(?!)"

    zones = "|".join(re.escape(zone.lower()) for zone in language.figures.get("time_zones", ())) or "(?!)"
    return re.compile(
        rf"(?P<hour>[0-2]?\d)(?: ?(?:[:.]|(?P<unit>{any_of('hour')})) ?)?(?P<minute>[0-5]\d)?"
        rf" ?(?P<half>{any_of('am', 'pm')})?(?: ?(?P<zone>{zones}))?"
    )
