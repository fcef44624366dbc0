"""What is installed, in which version, and what is missing with the command that gets it.

Works on a half-installed environment: it looks at package metadata and imports none of
what it checks.
"""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import dataclass
from importlib import metadata

from toolkit import languages
from toolkit.languages import Language

PROJECT = "newsdesk-toolkit"
OLDEST_PYTHON = (3, 11)

_PYTHON = shlex.quote(sys.executable)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for: ``found`` is its version, "" when missing or too old.

    ``remedy`` is the command that gets it, "" when nothing is to be done.
    """

    what: str
    found: str
    essential: bool = True
    remedy: str = ""

    @property
    def failed(self) -> bool:
        return self.essential and not self.found


def checks() -> tuple[Check, ...]:
    """Everything the toolkit needs, in the order of the needs."""
    models = {_normal(model) for language in languages.supported() for model in language.models}
    packages = [_package(name, text) for name, text in _requirements().items() if name not in models]
    return (_python(), _project(), *packages, *(_model(language) for language in languages.supported()))


def model_command(language: Language) -> str:
    """The command that gets a language's model: the one that the project asks for, else the best."""
    wanted = next(
        (_requirements()[key] for name in language.models if (key := _normal(name)) in _requirements()), ""
    )
    return _pip(wanted) if wanted else f"{_PYTHON} -m spacy download {language.models[0]}"


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    new_enough = sys.version_info >= OLDEST_PYTHON
    return Check(
        "Python", version if new_enough else "", remedy="" if new_enough else "install Python 3.11 or newer"
    )


def _project() -> Check:
    found = _version(PROJECT)
    return Check(PROJECT, found, remedy="" if found else f"{_PYTHON} -m pip install --no-deps -e .")


def _package(name: str, requirement: str) -> Check:
    found = _version(name)
    if found and _fits(found, requirement):
        return Check(name, found)
    return Check(name, "", remedy=_pip(requirement))


def _model(language: Language) -> Check:
    what = f"{language.name} model"
    if name := languages.installed_model(language):
        return Check(what, f"{name} {_version(name)}".rstrip())
    asked_for = any(_normal(name) in _requirements() for name in language.models)
    return Check(what, "", essential=asked_for, remedy=model_command(language))


def _requirements() -> dict[str, str]:
    """What the project asks for, as in pyproject.toml, by normalised name; the extras left out."""
    try:
        texts = metadata.requires(PROJECT) or []
    except metadata.PackageNotFoundError:
        return {}
    plain = [text for text in texts if "extra ==" not in text]
    return {_normal(re.split(r"[^\w.-]", text, maxsplit=1)[0]): text for text in plain}


def _pip(requirement: str) -> str:
    return f"{_PYTHON} -m pip install {shlex.quote(requirement)}"


def _fits(version: str, requirement: str) -> bool:
    try:
        from packaging.requirements import Requirement
    except ImportError:
        return True  # without it no version can be judged; that it is there must do
    return Requirement(requirement).specifier.contains(version, prereleases=True)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
