"""Sourcing checks: what a desk editor asks of copy, each question pointing at its words.

    from toolkit.checks import check

    for finding in check(notes, without=["no-role"]):
        print(notes.text(finding.span), "|", finding.message)

A check is a function over annotations and a line in ``CHECKS``. Its findings are worth a look;
they are no verdict. A check whose words a language lacks finds nothing in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from toolkit.checks.dates import wrong_date
from toolkit.checks.figures import figure_conflict, unsourced_figure
from toolkit.checks.finding import Finding
from toolkit.checks.people import no_role, surname_first
from toolkit.checks.quotations import altered_quote, quote_marks
from toolkit.checks.sources import no_speaker, single_source, unnamed_source
from toolkit.checks.spelling import two_spellings
from toolkit.errors import UnknownChoice
from toolkit.model import Annotations

__all__ = ["CHECKS", "Check", "Finding", "check", "chosen"]

Find: TypeAlias = Callable[[Annotations], Iterator[Finding]]


class Check(NamedTuple):
    """A check: the function that finds, and what it asks, in one sentence."""

    find: Find
    asks: str


CHECKS: Mapping[str, Check] = {
    "no-speaker": Check(no_speaker, "A quotation beside which nobody is told to speak."),
    "unnamed-source": Check(unnamed_source, "A statement on the word of persons without a name."),
    "single-source": Check(single_source, "An article with four statements or more, all by one voice."),
    "no-role": Check(no_role, "Somebody is quoted, and nothing tells who that is."),
    "unsourced-figure": Check(unsourced_figure, "A sum, a share, a toll or a large count without a source."),
    "figure-conflict": Check(figure_conflict, "Figures that count the same thing differently."),
    "wrong-date": Check(wrong_date, "A weekday that the date is not, or a past event that is yet to come."),
    "two-spellings": Check(two_spellings, "A name that is spelled in two ways."),
    "surname-first": Check(surname_first, "A surname that stands before its full name."),
    "quote-marks": Check(quote_marks, "Quotation marks that never close, or don't match."),
    "altered-quote": Check(altered_quote, "A quotation changed by brackets or dots."),
}


def check(
    notes: Annotations, *, only: Iterable[str] | None = None, without: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """What the checks find in an article, in the order of its text.

    ``only`` are the names of the checks to run, all of ``CHECKS`` by default; those in ``without``
    are left out. Raises ``UnknownChoice`` for a name that is no check's, and where ``without`` leaves
    no check.
    """
    found = [finding for name in chosen(only, without) for finding in CHECKS[name].find(notes)]
    return tuple(sorted(found, key=lambda finding: finding.span))


def chosen(only: Iterable[str] | None = None, without: Iterable[str] = ()) -> tuple[str, ...]:
    """The names of the checks to run, in the order of ``CHECKS``. Raises as ``check`` does."""
    wanted: Collection[str] = CHECKS if only is None else tuple(only)
    unwanted = tuple(without)
    for name in (*wanted, *unwanted):
        if name not in CHECKS:
            raise UnknownChoice(f"There is no check {name!r}; choose from {', '.join(CHECKS)}.")
    left = tuple(name for name in CHECKS if name in wanted and name not in unwanted)
    if wanted and not left:
        out = ", ".join(name for name in CHECKS if name in wanted)
        raise UnknownChoice(f"No check is left to run without {out}; leave out fewer of them.")
    return left
