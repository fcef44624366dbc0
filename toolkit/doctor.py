"""What works on this machine, what doesn't, and the command that mends it.

Works on a half-installed environment: it looks at package metadata and at files, and imports
none of what it checks.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import re
import shlex
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from toolkit import languages, weights
from toolkit.errors import LibraryError
from toolkit.languages import Language
from toolkit.weights import PROJECT, WEIGHTS

OLDEST_PYTHON = (3, 11)
# Only tests of documents and pages use these; a desk needs none of them.
PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "libreoffice": ("soffice", "libreoffice"),
}

_OTHER_LIBRARY = "export NEWSDESK_LIBRARY=~/newsdesk.sqlite"
_OTHER_FOLDER = "newsdesk brief FILE -o ~/briefs"
_PYTHON = shlex.quote(sys.executable)
_AGAIN = f"{_PYTHON} -m pip install --force-reinstall --no-deps"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for: ``found`` is its version or state, "" when it is missing or damaged.

    ``fault`` says what is wrong ("is missing"), ``remedy`` is the command that mends it; both "" where
    nothing is to be done. Without the ``essential`` the toolkit doesn't work.
    """

    what: str
    found: str
    essential: bool = True
    fault: str = ""
    remedy: str = ""

    @property
    def failed(self) -> bool:
        return self.essential and not self.found


def checks(out: Path = Path("exports")) -> tuple[Check, ...]:
    """Everything the toolkit needs, in the order of the needs. ``out`` is where briefs are to go."""
    models = {_normal(model) for language in languages.supported() for model in language.models}
    packages = [_package(name, text) for name, text in _requirements().items() if name not in models]
    return (
        _python(),
        _project(),
        *packages,
        *(_model(language) for language in languages.supported()),
        _encoder(),
        _search(),
        _library(),
        _writable(out),
        *_programs(),
    )


def model_command(language: Language) -> str:
    """The command that gets a language's model: the one that the project asks for, else the best."""
    wanted = next(
        (_requirements()[key] for name in language.models if (key := _normal(name)) in _requirements()), ""
    )
    return _pip(wanted) if wanted else f"{_PYTHON} -m spacy download {language.models[0]}"


def _missing(what: str, remedy: str, *, essential: bool = True) -> Check:
    return Check(what, "", essential, "is missing", remedy)


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info >= OLDEST_PYTHON:
        return Check("Python", version)
    return Check("Python", "", fault=f"is too old ({version})", remedy="install Python 3.11 or newer")


def _project() -> Check:
    found = _version(PROJECT)
    return Check(PROJECT, found) if found else _missing(PROJECT, f"{_PYTHON} -m pip install --no-deps -e .")


def _package(name: str, requirement: str) -> Check:
    found = _version(name)
    if not found:
        return _missing(name, _pip(requirement))
    if not _fits(found, requirement):
        return Check(name, "", fault=f"has the wrong version ({found})", remedy=_pip(requirement))
    return Check(name, found)


def _model(language: Language) -> Check:
    what = f"{language.name} model"
    name = languages.installed_model(language)
    if not name:
        asked_for = any(_normal(each) in _requirements() for each in language.models)
        return _missing(what, model_command(language), essential=asked_for)
    if damaged := next(_damaged(name), ""):
        exact = f"{name.replace('_', '-')}=={_version(name)}"
        return Check(what, "", fault=f"is damaged ({damaged})", remedy=f"{_AGAIN} {shlex.quote(exact)}")
    return Check(what, f"{name} {_version(name)}".rstrip())


def _damaged(package: str) -> Iterator[str]:
    """The files of an installed package that are not as they were installed."""
    try:
        files = metadata.files(package) or ()
    except metadata.PackageNotFoundError:
        return
    for file in files:
        if file.hash is None or file.hash.mode != "sha256":
            continue
        digest = _sha256(Path(str(file.locate())))
        if digest is None or base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=") != file.hash.value:
            yield file.name


def _encoder() -> Check:
    what = "encoder's weights"
    if wrong := weights.fault(WEIGHTS):
        return Check(what, "", fault=f"are not whole: {wrong}", remedy=weights.remedy())
    settings, _ = weights.whole(WEIGHTS)
    return Check(what, f"whole, {settings['sha256']['model.onnx'][:8]}")


def _search() -> Check:
    what = "full-text search (FTS5)"
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    except sqlite3.Error:
        return _missing(what, "install a Python whose SQLite has it, such as that of python.org")
    return Check(what, f"SQLite {sqlite3.sqlite_version}")


def _library() -> Check:
    """Whether the library's file is whole; one that is not there yet is made at the first article."""
    from toolkit.store.file import default_path, told

    path = default_path()
    what = "library"
    if not path.exists():
        return _writable(path.parent, what, "none yet; its folder can be written", _OTHER_LIBRARY)
    try:
        with told(path):
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            try:
                (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            finally:
                connection.close()
    except LibraryError as error:
        return Check(what, "", fault=f"can't be used: {error}", remedy=_OTHER_LIBRARY)
    if answer != "ok":
        # Not moved into the old one's place: a log lies beside that.
        damaged, salvaged = shlex.quote(str(path)), shlex.quote(f"{path}.mended")
        remedy = f"sqlite3 {damaged} .recover | sqlite3 {salvaged} && export NEWSDESK_LIBRARY={salvaged}"
        return Check(what, "", fault=f"is damaged ({path})", remedy=remedy)
    return Check(what, f"whole, {path}")


def _writable(
    folder: Path, what: str = "folder of briefs", found: str = "", elsewhere: str = _OTHER_FOLDER
) -> Check:
    """Whether a file can be written into a folder, or into the nearest that is there above it. ``elsewhere``
    is the command that writes to another one."""
    folder = folder.absolute()
    place = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(bytes(4096))
            file.flush()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        remedy = elsewhere
        if error.errno in (errno.EACCES, errno.EPERM):
            remedy = f"chmod u+rwx {shlex.quote(str(place))}"
        elif error.errno in (errno.ENOSPC, errno.EDQUOT):
            remedy = f"make room there, and see how much there is: df -h {shlex.quote(str(place))}"
        return Check(what, "", fault=f"can't be written ({place}: {reason})", remedy=remedy)
    free = shutil.disk_usage(place).free / 1e9
    return Check(what, found or f"{folder}, {free:.1f} GB free")


def _programs() -> Iterator[Check]:
    for name, names in PROGRAMS.items():
        found = next((path for each in names if (path := shutil.which(each))), "")
        what = f"{name} (for tests only)"
        fault = "isn't installed, which changes nothing for an editor"
        yield Check(what, found, False) if found else Check(what, "", False, fault, f"apt install {name}")


def _sha256(path: Path) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None


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
