"""What stands above and before the text: title, notices, summary, key to the marks. Pure HTML."""

from __future__ import annotations

from toolkit.brief import Brief
from toolkit.ui.markup import Html, element, joined
from toolkit.wording import KINDS, LABELS, UNTITLED, count

_MINUTE = 230  # words that a reader takes in


def wordmark() -> Html:
    """The name of the desk."""
    return element("p", "Newsdesk", class_="nd-wordmark")


def title(brief: Brief, language: str) -> Html:
    """The article's headline and what its source tells of it; ``language`` is its name."""
    header = brief.header
    who = (header.source, header.byline, header.dateline, header.published)
    minutes = max(1, round(header.words / _MINUTE))
    size = (count(header.words, "word", "words"), f"{minutes} min", language)
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
        element("p", _listed(*size), class_="nd-meta"),
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


def summary(brief: Brief) -> Html:
    """The sentences of the summary and their length."""
    if not brief.summary:
        return element("p", "There is no sentence to summarise.", class_="nd-nothing")
    sentences = [brief.text(row.span) for row in brief.summary]
    words = sum(len(sentence.split()) for sentence in sentences)
    length = f"{count(len(sentences), 'sentence', 'sentences')}, {count(words, 'word', 'words')}"
    return element(
        "div",
        (element("p", sentence, dir="auto") for sentence in sentences),
        element("p", length, class_="nd-remark", role="status"),
        class_="nd-summary",
    )


def key(brief: Brief) -> Html:
    """What the marks in the text mean; only those that occur in it."""
    runs = [run for line in brief.lines for run in line.runs]
    kinds, labels = {run.kind for run in runs}, {run.label for run in runs}
    samples = [
        *(element("span", word, class_=f"nd-q nd-{kind}") for kind, word in KINDS.items() if kind in kinds),
        *(
            element("span", word, class_=f"nd-e nd-{label.lower()}")
            for label, word in LABELS.items()
            if label in labels
        ),
    ]
    if not samples:
        return element("p", "Nothing is marked in this article.", class_="nd-nothing")
    return element("ul", (element("li", sample) for sample in samples), class_="nd-key")
