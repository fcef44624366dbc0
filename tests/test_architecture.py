"""The laws of the house that a look at the syntax trees can keep."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A room may import from itself and from the layers above its own line, also inside functions.
# A new module that is in no layer fails: say first where it belongs.
LAYERS = (
    {"errors", "spans"},
    {"decision"},
    {"model"},
    {"schema", "wording"},
    {"given_names", "languages", "paragraphs", "size", "weights"},
    {"addresses", "desk_note", "marks", "read", "records", "robots", "runs", "terms"},
    {"dateline", "edits", "fetching"},
    {"cast", "encoder", "layout", "namesakes", "reporting"},
    {"bearers", "beside", "descriptions", "evidence", "foregoing", "growing", "joining", "linking"},
    {"adjoining", "entities", "turns"},
    {"settling", "statements"},
    {"lexrank", "marked", "standing"},
    {"salience"},
    {"wanted"},
    {"choosing"},
    {"roles"},
    {"figures", "people", "quotes", "summary"},
    {"antecedents", "apart", "sources"},
    {"doubting"},
    {"speakers"},
    {"pipeline"},
    {"annotate"},
    {"checks"},
    {"noted", "points", "reanchoring", "review", "timeline"},
    {"particulars"},
    {"brief"},
    {"house"},
    {"export", "gold", "store"},
    {"batch", "doctor", "returning"},
    {"__init__"},
    {"cli", "ui"},
    {"streamlit_app"},
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}

# Which modules may import a heavy package.
COMPONENTS = {"encoder", "entities", "figures", "quotes", "speakers", "summary"}
COMPONENTS |= {
    "antecedents",
    "adjoining",
    "apart",
    "beside",
    "foregoing",
    "growing",
    "layout",
    "descriptions",
    "doubting",
    "evidence",
    "joining",
    "linking",
    "people",
    "records",
    "reporting",
    "roles",
    "sources",
    "settling",
    "statements",
    "turns",
}  # what they are made of
HEAVY = {
    "spacy": lambda module: room(module) in COMPONENTS | {"pipeline", "annotate"},
    "streamlit": lambda module: room(module) in {"ui", "streamlit_app"},
    "docx": lambda module: module == "read.word" or module.startswith(("export.docx", "export._docx")),
    "olefile": lambda module: module == "read.msg",
    "pypdfium2": lambda module: module == "read.pdf",
    "trafilatura": lambda module: module == "read.web",
    "typer": lambda module: room(module) == "cli",
    "torch": lambda module: False,
    "nltk": lambda module: False,
}
NETWORK = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
    "urllib3",
}
LONGEST = 350  # lines


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the toolkit as ("read.word", its file), and the page."""
    package = ROOT / "toolkit"
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        yield ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts), path
    yield "streamlit_app", ROOT / "streamlit_app.py"


def room(module: str) -> str:
    return module.split(".")[0]


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or inside a function, by full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name}:{node.lineno}: write the import from its full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(path: Path) -> Iterator[str]:
    """The rooms of the toolkit that a file imports from; "__init__" for the public names."""
    for name in imports(path):
        head, _, rest = name.partition(".")
        if head == "toolkit" and rest != "__version__":
            yield room(rest) if room(rest) in LEVEL else "__init__"


CASES = [pytest.param(module, path, id=module) for module, path in modules()]


@pytest.mark.parametrize(("module", "path"), CASES)
def test_imports_go_downward(module, path):
    assert room(module) in LEVEL, f"{module} is in no layer; put it into LAYERS where it belongs"
    for other in own_imports(path):
        is_below = other == room(module) or LEVEL[other] < LEVEL[room(module)]
        assert is_below, f"{module} imports {other}, which stands at its level or above"


@pytest.mark.parametrize(("module", "path"), CASES)
def test_heavy_packages_stay_in_their_rooms(module, path):
    for name in imports(path):
        allowed = HEAVY.get(name.split(".")[0])
        assert allowed is None or allowed(module), f"{module} imports {name}"


@pytest.mark.parametrize(("module", "path"), CASES)
def test_only_fetching_reaches_for_the_network(module, path):
    for name in imports(path):
        reaches = any(name == each or name.startswith(f"{each}.") for each in NETWORK)
        assert not reaches or module == "fetching", f"{module} imports {name}; nothing may leave the machine"
    assert "fetch_url" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("module", "path"), CASES)
def test_a_module_is_short_and_says_what_it_is(module, path):
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), f"{module} begins without saying what it is"
    assert len(source.splitlines()) <= LONGEST, f"{module} is longer than {LONGEST} lines; divide it"


def test_the_direction_test_sees_imports_inside_functions(tmp_path):
    path = tmp_path / "module.py"
    path.write_text(
        "def late():\n    from toolkit.cli import app\n    import toolkit\n    from toolkit import model\n"
    )
    assert list(own_imports(path)) == ["cli", "__init__", "model"]


@pytest.mark.parametrize(
    "name", ["toolkit", "toolkit.cli", "toolkit.read", "toolkit.export", "toolkit.brief"]
)
def test_an_import_loads_nothing_heavy(name):
    heavy = {"spacy", "numpy", "streamlit", "docx", "trafilatura", "pydantic", "sumy", "langdetect", "rich"}
    code = f"import sys, {name}; print(*{heavy!r}.intersection(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []
