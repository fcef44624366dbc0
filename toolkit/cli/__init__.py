"""The ``newsdesk`` command: thin commands over functions that can be imported.

Data goes to standard output and talk to standard error. What a command needs is
imported inside it, so that ``newsdesk --help`` stays fast.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict, cast

import typer

import toolkit
from toolkit.cli import briefs, checking, gold, house, points, terminal, timeline
from toolkit.cli import files as filing
from toolkit.cli.guard import Commands, guarded
from toolkit.cli.options import AsJson, Files, Language, Line, Method, Network, Percent, Sentences, Words
from toolkit.errors import ToolkitError, UnknownChoice

if TYPE_CHECKING:
    from toolkit.model import Annotations, Budget, BudgetUnit, Quote


class Reading(TypedDict):
    """How articles are read and summed up."""

    language: str | None
    budget: Budget | None
    method: str | None


app = typer.Typer(
    cls=Commands,
    help="Who is in an article, who said what, and what it comes down to. Nothing leaves this machine.",
    epilog="More of a command: newsdesk COMMAND --help",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # help with rich takes longer to load than to read
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The entry point of ``newsdesk``."""
    for stream in (sys.stdout, sys.stderr):
        # The same bytes on every system: JSON is UTF-8, and a line ends with one newline.
        stream.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    try:
        app(prog_name="newsdesk")
    except KeyboardInterrupt:
        sys.exit(130)


def _version(wanted: bool) -> None:
    if wanted:
        terminal.put(f"newsdesk {toolkit.__version__}")
        raise typer.Exit


@app.callback()
def settings(
    debug: Annotated[bool, typer.Option("--debug", help="Tell the details of errors.")] = False,
    allow_network: Network = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    filing.allow_network(allow_network)
    # What libraries log and warn of is for their programmers.
    logging.basicConfig(level=logging.CRITICAL, format="%(name)s: %(message)s", force=True)
    logging.getLogger("toolkit").setLevel(logging.DEBUG if debug else logging.WARNING)
    if not debug:
        warnings.simplefilter("ignore")


app.command()(guarded(briefs.brief))


@app.command()
@guarded
def annotate(
    files: Files,
    words: Words = None,
    sentences: Sentences = None,
    percent: Percent = None,
    line: Line = None,
    method: Method = None,
    language: Language = None,
) -> bool:
    """Print everything found, as JSON.

    For several articles, or a folder, as JSON Lines.
    """
    from toolkit.schema import to_json

    several = len(files) > 1 or Path(files[0]).is_dir()

    def show(file: str, notes: Annotations) -> None:
        text = to_json(notes)
        if several:
            terminal.put_json(json.loads(text))
        else:
            terminal.put(terminal.harmless_json(text.rstrip("\n")))

    return filing.each(
        files, show, **reading(language, method, words=words, sentences=sentences, percent=percent, line=line)
    )


@app.command()
@guarded
def quotes(files: Files, as_json: AsJson = False, language: Language = None) -> bool:
    """Print who said what."""
    from toolkit.runs import kept_quotes
    from toolkit.wording import KINDS

    def show(file: str, notes: Annotations) -> None:
        rows = [(_who(notes, quote), KINDS[quote.kind], notes.text(quote)) for quote in kept_quotes(notes)]
        terminal.put_table(("Speaker", "Kind", "Quote"), rows)

    def show_json(file: str, notes: Annotations) -> None:
        for quote in notes.quotes:
            terminal.put_json(
                {
                    "file": file,
                    "kind": quote.kind,
                    "act": quote.act,
                    "speaker": notes.speaker(quote) or None,
                    "how": quote.how,
                    "quote": notes.text(quote),
                    "spans": quote.content,
                }
            )

    return filing.each(files, show_json if as_json else show, headed=not as_json, **reading(language))


@app.command()
@guarded
def entities(files: Files, as_json: AsJson = False, language: Language = None) -> bool:
    """Print who and what is named, and how often."""
    from toolkit.wording import LABELS

    def show(file: str, notes: Annotations) -> None:
        rows = [(LABELS[each.label], str(len(each.mentions)), notes.text(each)) for each in notes.entities]
        terminal.put_table(("Label", "Times", "Name"), rows)

    def show_json(file: str, notes: Annotations) -> None:
        for each in notes.entities:
            spans = [mention.span for mention in each.mentions]
            terminal.put_json({"file": file, "label": each.label, "name": notes.text(each), "spans": spans})

    return filing.each(files, show_json if as_json else show, headed=not as_json, **reading(language))


@app.command()
@guarded
def summary(
    files: Files,
    words: Words = None,
    sentences: Sentences = None,
    percent: Percent = None,
    line: Line = None,
    method: Method = None,
    language: Language = None,
) -> bool:
    """Print the sentences that carry the story, one a line."""

    def show(file: str, notes: Annotations) -> None:
        for sentence in notes.summary.sentences if notes.summary else ():
            terminal.put(terminal.shown(notes.text(sentence)))

    return filing.each(
        files,
        show,
        headed=True,
        **reading(language, method, words=words, sentences=sentences, percent=percent, line=line),
    )


for command in (points.points, checking.check, timeline.timeline, house.template):
    app.command()(guarded(command))
app.command("export-gold")(guarded(gold.export_gold))


@app.command()
@guarded
def languages() -> None:
    """Print the languages and their models."""
    from toolkit.doctor import model_command
    from toolkit.languages import installed_model, supported

    rows = [
        (each.code, each.name, installed_model(each) or f"none; {model_command(each)}")
        for each in supported()
    ]
    terminal.put_table(("Code", "Language", "Model"), rows)
    terminal.say("Articles in any other language open too: quotations by their marks, and a summary.")


@app.command()
@guarded
def doctor(as_json: AsJson = False) -> bool:
    """Tell what works on this machine and what doesn't.

    What doesn't comes with the command that mends it; the exit code is 1 if it matters.
    """
    from dataclasses import asdict

    from toolkit.doctor import checks

    found = checks()
    if as_json:
        for each in found:
            terminal.put_json({**asdict(each), "failed": each.failed})
    else:
        terminal.put_table(("Needed", "Found"), [(each.what, each.found or each.fault) for each in found])
        for each in found:
            if not each.found:
                how = "mend it" if each.essential else "have it"
                terminal.say(f"The {each.what} {each.fault}; {how} with: {each.remedy}")
    return not any(each.failed for each in found)


@app.command()
@guarded
def schema() -> None:
    """Print the JSON Schema of the annotations."""
    from toolkit.schema import json_schema

    terminal.put(json.dumps(json_schema(), indent=1, ensure_ascii=False))


@app.command("app", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
@guarded
def desk(context: typer.Context) -> None:
    """Open the desk in the browser.

    Other options go to streamlit, such as --server.port 8600.
    """
    import subprocess

    page = Path(toolkit.__file__).parents[1] / "streamlit_app.py"
    if not page.is_file():
        raise ToolkitError(f"The desk's page {page} is missing; install the toolkit again.")
    # Loopback wherever it is started; an option that comes later wins.
    options = ["--server.address=127.0.0.1", "--browser.gatherUsageStats=false", *context.args]
    code = subprocess.call([sys.executable, "-m", "streamlit", "run", str(page), *options])
    if code:
        raise typer.Exit(code)


def reading(language: str | None, method: str | None = None, **lengths: int | None) -> Reading:
    """The options, checked once before any file is read; ``lengths`` of the summary are by their unit."""
    from toolkit.languages import get as known
    from toolkit.languages import supported
    from toolkit.model import Budget

    budgets = [Budget(cast("BudgetUnit", unit), n) for unit, n in lengths.items() if n is not None]
    if len(budgets) > 1:
        names = " and ".join(f"--{b.unit}" for b in budgets)
        raise typer.BadParameter(f"{names} exclude each other; give one of them.")
    if language and not re.fullmatch(r"[A-Za-z]{2,3}([-_]\w+)*", language):
        raise UnknownChoice(f"{language!r} is not a language code; write two letters, as in en or fr.")
    if language and not known(language):
        codes = ", ".join(each.code for each in supported())
        terminal.say(
            f"newsdesk: no language that is read in full has the code {language!r} (there are {codes}); in "
            "these articles quotations are found by their marks alone, without names and speakers."
        )
    budget = budgets[0] if budgets else None
    if method:
        from toolkit.summary import check

        check(method, budget or Budget())
    return {"language": language, "budget": budget, "method": method}


def _who(notes: Annotations, quote: Quote) -> str:
    """The speaker; where nobody was found, that, with what the text says in the speaker's place."""
    if quote.kind == "scare":
        return notes.speaker(quote)  # words set off by marks need no speaker
    said_by = notes.text(quote.source)
    return notes.speaker(quote) or (f"unknown ({said_by})" if said_by else "unknown")
