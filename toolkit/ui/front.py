"""What stands above the text: title, notices, what to look at. Pure HTML."""

from __future__ import annotations

from toolkit.brief import Brief
from toolkit.size import word_count
from toolkit.ui.markup import Html, element, joined
from toolkit.ui.quoting import quoted
from toolkit.wording import UNTITLED, count

_MINUTE = 230  # words that a reader takes in
_SHOWN = 90  # characters of a mark's words in the bar


def wordmark() -> Html:
    """The name of the desk."""
    return element("p", "Newsdesk", class_="nd-wordmark")


def title(brief: Brief, language: str) -> Html:
    """The article's headline and what its source tells of it; ``language`` is its name."""
    header = brief.header
    who = (header.source, header.byline, header.dateline, header.published)
    words = word_count(brief.article.text)
    minutes = "" if words is None else f"{max(1, round(words / _MINUTE))} min"
    return element(
        "header",
        element(
            "h1",
            header.title,
            id="nd-title",
            dir="auto",
            class_="nd-untitled" if header.title == UNTITLED else None,
        ),
        element("p", _listed(*who), class_="nd-meta") if any(who) else "",
        element("p", _listed(header.length, minutes, language), class_="nd-meta"),
        element("p", f"Embargo: {header.embargo}", class_="nd-embargo") if header.embargo else "",
        class_="nd-head",
    )


def _listed(*facts: str) -> Html:
    return joined(element("span", element("bdi", fact)) for fact in facts if fact)


def notice(message: str, *, problem: bool = False) -> Html:
    """One sentence that the editor should see; a ``problem`` is read out at once."""
    return element(
        "p",
        message,
        class_="nd-notice nd-problem" if problem else "nd-notice",
        role="alert" if problem else "status",
    )


def heading(words: str) -> Html:
    """A heading beside the text."""
    return element("h2", words)


def label(words: str) -> Html:
    """What a row of buttons is for, as the labels of fields look."""
    return element("p", words, class_="nd-label")


def review(left: int, reason: str, words: str, *, is_apart: bool = False) -> Html:
    """What to look at: how much, why this, and its words, unless the reason has them. ``is_apart``: something
    else is selected in the text."""
    is_told = words in reason
    if not is_told and reason[-1:].isalnum():
        reason += ":"
    return element(
        "div",
        element("p", f"{count(left, 'thing', 'things')} left to look at", class_="nd-left"),
        element(
            "p",
            element("span", reason, class_="nd-reason"),
            "" if is_told else " ",
            "" if is_told else element("bdi", quoted(_short(words)), class_="nd-words"),
            class_="nd-why",
        ),
        class_="nd-look nd-apart" if is_apart else "nd-look",
    )


def waiting() -> Html:
    """That the text is being read."""
    return element(
        "div",
        element("p", "Finding names, quotes and numbers …", class_="nd-left"),
        class_="nd-look",
    )


def reviewed() -> Html:
    """That nothing is left."""
    return element("div", element("p", "Nothing is left to look at", class_="nd-left"), class_="nd-look")


def kept(at: str, unkept: str, *, is_unsaved: bool = False) -> Html:
    """Whether the work is kept: since when, or why it is not. Who leaves the page while something of it
    ``is_unsaved`` is asked first, by the browser."""
    if unkept:
        names = "nd-kept nd-problem nd-unsaved" if is_unsaved else "nd-kept nd-problem"
        return element("p", "Not saved", class_=names, title=unkept, role="status")
    return element("p", f"Saved {at}" if at else "Saved", class_="nd-kept", role="status")


def unsaved() -> Html:
    """A sign for the browser, which nobody sees: who leaves the page now is asked first."""
    return element("span", class_="nd-unsaved", hidden=True)


def _short(words: str) -> str:
    words = " ".join(words.split())
    if len(words) <= _SHOWN:
        return words
    return f"{words[: _SHOWN - 2].rsplit(' ', 1)[0]} …"
