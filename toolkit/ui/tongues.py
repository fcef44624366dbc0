"""The languages that the desk can be told, their names, and what it can't do in some of them."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from toolkit import languages
from toolkit.languages.detection import UNDETERMINED


@functools.cache
def names() -> dict[str, str]:
    """English names by ISO 639-1 code: languages with a pipeline first, then the others, by name."""
    data = (resources.files("toolkit.ui") / "languages.toml").read_text(encoding="utf-8")
    full = {language.code: language.name for language in languages.supported()}
    rest = {code: name for code, name in tomllib.loads(data).items() if code not in full}
    return _by_name(full) | _by_name(rest)


def _by_name(codes: dict[str, str]) -> dict[str, str]:
    return dict(sorted(codes.items(), key=lambda row: row[1]))


def name(code: str) -> str:
    """A language in words; a code that nobody knows stays as it is."""
    return "Undetermined language" if code in ("", UNDETERMINED) else names().get(code, code)


def missing(code: str) -> str:
    """What is missing in this language and what to do about it; "" when nothing is."""
    if languages.get(code):
        return ""
    full = " and ".join(language.name for language in languages.supported())
    lost = "Quotation marks are read and a summary is made, but names and speakers are not found"
    if code in ("", UNDETERMINED):
        return f"The language could not be told from this text. {lost}: say under Language which it is."
    return (
        f"There is no pipeline for {name(code)} yet, only for {full}. {lost}. "
        f"To add it, install a spaCy model for it and describe it in toolkit/languages/{code}.toml, "
        "as the files beside it do; or say under Language that the article is in another one."
    )
