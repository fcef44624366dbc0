"""What was made of which source in a folder of briefs: one log, by which a run goes on where another ended.

    with Log(folder, settings) as log:
        if not log.is_done(source, suffixes):
            log.write(source, log.name(source, "port-strike", suffixes), files)

The log is ``briefs.jsonl`` in the folder: a line for each source that was made or failed, added before
its files are written. So after a kill at any moment every file is whole, and is known by its checksum.
Of what the folder holds only what this log made is ever replaced, and not if somebody changed it since.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, Self

from toolkit import languages
from toolkit.errors import ToolkitError
from toolkit.export import EXPORTERS, write_whole
from toolkit.weights import SETTINGS, WEIGHTS

NAME = "briefs.jsonl"
_DRAFT = re.compile(r"\.[0-9a-f]{16}\.tmp")  # as write_whole names what it has not finished
_STALE = 60  # seconds


@dataclass(slots=True)
class _Made:
    """What was made of a source: under which stem, of what (``key``), and each file's checksum."""

    key: str
    name: str
    files: dict[str, str] = field(default_factory=dict)


class Log:
    """The log of a folder, held by one run at a time. ``settings`` is all that the files depend on
    besides the source and the versions. Raises ``ToolkitError`` where the folder can't be written, or
    another run is writing to it."""

    def __init__(self, folder: Path, settings: object) -> None:
        self.folder = folder
        self._settings = repr((settings, _versions()))
        self._made: dict[str, _Made] = {}
        self._owners: dict[str, str] = {}  # of each stem, without regard to case: its source
        self._ours: dict[str, set[str]] = {}  # checksums of all that was written under a file's name
        self._keys: dict[str, str] = {}
        self.inputs: set[str] = set()  # real paths that no output may have
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / NAME).open("a+b", buffering=0)
        try:
            with self._told():
                self._hold()
                self._read()
                self._sweep()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def is_done(self, source: str, suffixes: Iterable[str]) -> bool:
        """Whether the source is as it was when its files were made, by the same settings and versions,
        and they are all there. What somebody changed in them since is theirs to keep."""
        key, made = self._key(source), self._made.get(self._id(source))
        if not key or made is None or made.key != key:
            return False
        return all(self._is_there(made, f"{made.name}{suffix}") for suffix in suffixes)

    def paths(self, source: str, suffixes: Iterable[str]) -> list[Path]:
        """The files that were made of a source."""
        made = self._made[self._id(source)]
        return [self.folder / f"{made.name}{suffix}" for suffix in suffixes]

    def name(self, source: str, wanted: str, suffixes: Iterable[str]) -> str:
        """The stem for the files of a source: ``wanted``, with a number where that belongs to another
        source, would replace an input or what this log did not make."""
        wanted, endings = _unmistakable(wanted), tuple(suffixes)
        numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in itertools.count(1))
        name = next(each for each in numbered if self._is_free(each, self._id(source), endings))
        self._owners[name.casefold()] = self._id(source)
        return name

    def write(self, source: str, name: str, files: Mapping[str, bytes]) -> list[Path]:
        """Writes the files of a source, by their endings, and returns their paths."""
        sums = {f"{name}{suffix}": hashlib.sha256(data).hexdigest() for suffix, data in files.items()}
        with self._told():
            self._add({"source": self._id(source), "key": self._key(source), "name": name, "files": sums})
        paths = []
        for suffix, data in files.items():
            paths.append(self.folder / f"{name}{suffix}")
            write_whole(paths[-1], data)
        return paths

    def fail(self, source: str, reason: str) -> None:
        """Notes that nothing could be made of a source, and why."""
        with contextlib.suppress(OSError):  # the reason is told to the user all the same
            self._add({"source": self._id(source), "error": reason})

    def _id(self, source: str) -> str:
        """A source by its place as seen from the folder, so that both may be moved together."""
        if not os.path.exists(source):
            return source
        try:
            place = os.path.relpath(os.path.realpath(source), os.path.realpath(self.folder))
        except ValueError:  # on another drive
            place = os.path.realpath(source)
        return Path(place).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")

    def _key(self, source: str) -> str:
        """The checksum of all that a source's files depend on; "" for what is no file."""
        if source not in self._keys:
            total = hashlib.sha256(self._settings.encode("utf-8", "surrogatepass"))
            content = _sum(Path(source)) if os.path.isfile(source) else ""  # a pipe is not to be waited for
            beside = _sum(Path(source).with_suffix(".toml")) if content else ""
            total.update(f"{content} {beside}".encode("ascii"))
            self._keys[source] = total.hexdigest() if content else ""
        return self._keys[source]

    def _is_there(self, made: _Made, name: str) -> bool:
        found = _sum(self.folder / name)
        return bool(found) and (found == made.files.get(name) or found not in self._ours.get(name, ()))

    def _is_free(self, name: str, source: str, suffixes: tuple[str, ...]) -> bool:
        if self._owners.get(name.casefold(), source) != source:
            return False
        for file in (f"{name}{suffix}" for suffix in suffixes):
            path = self.folder / file
            if os.path.realpath(path) in self.inputs:
                return False
            if os.path.lexists(path) and _sum(path) not in self._ours.get(file, ()):
                return False
        return True

    def _hold(self) -> None:
        try:
            import fcntl
        except ImportError:
            return  # this system has other locks; there two runs at once are the user's to avoid
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ToolkitError(
                f"Another run is writing briefs to {self.folder}; wait for its end, or name another folder."
            ) from None

    def _read(self) -> None:
        self._file.seek(0)
        data = self._file.read()
        if data and not data.endswith(b"\n"):  # what wrote it was killed
            self._file.write(b"\n")
        for line in data.splitlines():
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
                self._know(json.loads(line))

    def _know(self, line: Mapping[str, Any]) -> None:
        if "files" not in line:
            return
        source, key, name, files = str(line["source"]), str(line["key"]), str(line["name"]), line["files"]
        before = self._made.get(source)
        kept = before.files if before and (before.key, before.name) == (key, name) else {}
        self._made[source] = _Made(key, name, {**kept, **files})
        self._owners[name.casefold()] = source
        for file, checksum in files.items():
            self._ours.setdefault(file, set()).add(checksum)

    def _add(self, line: Mapping[str, Any]) -> None:
        data = json.dumps(line).encode("ascii") + b"\n"
        end = self._file.seek(0, os.SEEK_END)
        try:
            if self._file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file.fileno())
        except OSError:
            self._file.truncate(end)  # half a line would spoil the next
            raise
        self._know(line)

    def _sweep(self) -> None:
        """Takes away what a killed run had not finished writing."""
        for path in self.folder.iterdir():
            if _DRAFT.fullmatch(path.name) and time.time() - path.stat().st_mtime > _STALE:
                path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ToolkitError(
                f"Can't write to {self.folder}: {error.strerror or error}. Make room, change its "
                "permissions, or name another folder."
            ) from error


def _unmistakable(stem: str) -> str:
    """A stem that no ending makes another format of: "story.ninjs" with ".json" would be ninjs."""
    firsts = {suffix.rpartition(".")[0] for suffix in EXPORTERS} - {""}
    first = next((each for each in firsts if stem.lower().endswith(each)), "")
    return f"{stem[: -len(first)]}-{stem[1 - len(first) :]}" if first else stem


def _versions() -> object:
    """All that annotates here: the toolkit, its models and weights."""
    from toolkit import __version__

    names = ["spacy", *(name for each in languages.supported() for name in each.models)]
    found = []
    for name in names:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found.append((name, metadata.version(name)))
    return __version__, found, _sum(WEIGHTS / SETTINGS)


def _sum(path: Path) -> str:
    """A file's SHA-256, "" if it can't be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
