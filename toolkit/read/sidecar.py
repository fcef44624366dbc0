"""``story.toml`` beside ``story.txt``: what an editor knows of an article that its file doesn't tell."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

from toolkit.errors import UnreadableArticle
from toolkit.read.draft import iso_date, one_line

KEYS = ("headline", "byline", "slug", "dateline", "published", "embargo", "language", "source", "note")
_MOST = 100_000  # bytes


def read_sidecar(article: Path) -> dict[str, str]:
    """The metadata beside ``article``, {} when there is no such file; ``note`` is not returned.

    Raises ``UnreadableArticle`` for an unknown key or a value that does not fit.
    """
    path = article.with_suffix(".toml")
    if not path.is_file():
        return {}
    name = path.name
    try:
        if path.stat().st_size > _MOST:
            raise UnreadableArticle(
                f"{name} is too long for an article's metadata; keep only {', '.join(KEYS)}."
            )
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableArticle(
            f'{name} is not valid TOML ({error}); write lines such as headline = "…".'
        ) from None
    except OSError as error:
        raise UnreadableArticle(f"{name} can't be read ({error.strerror}); check its permissions.") from None
    told = {}
    for key, value in table.items():
        if key not in KEYS:
            raise UnreadableArticle(f"{name} has the unknown key {key!r}; the keys are {', '.join(KEYS)}.")
        text = _text(name, key, value)
        if key != "note" and text:
            told[key] = text
    return told


def _text(name: str, key: str, value: object) -> str:
    if key in ("published", "embargo"):
        # TOML has dates of its own, and a bare year is a number.
        dated = isinstance(value, datetime.date)
        text = value.isoformat() if isinstance(value, datetime.date) else str(value)
        if not (dated or (isinstance(value, str | int) and (iso_date(text) or not text))):
            raise UnreadableArticle(
                f"{name} has {key} = {value!r}, which is no date; write it as 2025-03-12."
            )
        return iso_date(text)
    if not isinstance(value, str):
        raise UnreadableArticle(f'{name} has {key} = {value!r}, which is not text; write {key} = "…".')
    return one_line(value)
