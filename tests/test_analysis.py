"""Annotations for the page: what is known waits for nobody, and what is not is made one at a time."""

import threading

import pytest

from toolkit.model import Annotations, Article, Engine
from toolkit.ui import analysis

ENGINE = Engine("0", "", "")
PATIENCE = 20  # seconds; only a failure takes so long


def article(words: str) -> Article:
    return Article(f"{words} of the analysis.", language="en")


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr("toolkit.pipeline.model_of", lambda language: f"{language} model")
    analysis._annotated.clear()
    analysis._model_of.cache_clear()
    yield
    analysis._annotated.clear()
    analysis._model_of.cache_clear()


class Slow:
    """An analysis that takes as long as the test wants."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.made: list[str] = []
        self.at_work = self.most = 0

    def __call__(self, article: Article) -> Annotations:
        self.at_work += 1
        self.most = max(self.most, self.at_work)
        self.begun.set()
        if article.text.startswith("Slow"):
            assert self.may_end.wait(PATIENCE)
        self.made.append(article.text)
        self.at_work -= 1
        return Annotations(article, ENGINE)


@pytest.fixture
def slow(monkeypatch):
    found = Slow()
    monkeypatch.setattr(analysis, "annotate", found)
    yield found
    found.may_end.set()


def started(words: str) -> threading.Thread:
    thread = threading.Thread(target=analysis.annotated, args=(article(words),), daemon=True)
    thread.start()
    return thread


def test_what_is_known_does_not_wait_for_anothers_analysis(slow):
    analysis.annotated(article("Known words"))
    slow.begun.clear()
    other = started("Slow words")
    assert slow.begun.wait(PATIENCE)
    known = started("Known words")
    known.join(PATIENCE / 2)
    assert not known.is_alive(), "it waits for another's analysis"
    assert other.is_alive()
    assert slow.made == [article("Known words").text]
    slow.may_end.set()
    other.join(PATIENCE)


def test_what_is_not_known_is_made_one_at_a_time_and_once(slow):
    threads = [started(words) for words in ("Slow words", "Slow words", "New words", "Other words")]
    assert slow.begun.wait(PATIENCE)
    slow.may_end.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(slow.made) == sorted(
        article(words).text for words in ("Slow words", "New words", "Other words")
    )
    assert slow.most == 1


def test_the_same_text_under_another_headline_is_not_made_again(slow):
    first = analysis.annotated(article("Known words"))
    other = Article(first.article.text, headline="Another", language="en")
    assert analysis.annotated(other).article.headline == "Another"
    # As Italian it is another question, and so it is of another day.
    analysis.annotated(Article(other.text, language="it"))
    analysis.annotated(Article(other.text, language="en", published="2025-03-12"))
    assert len(slow.made) == 3


def test_an_analysis_that_fails_holds_up_nobody(slow, monkeypatch):
    def fails(_: Article) -> Annotations:
        raise ValueError("broken")

    monkeypatch.setattr(analysis, "annotate", fails)
    with pytest.raises(ValueError, match="broken"):
        analysis.annotated(article("Bad words"))
    monkeypatch.setattr(analysis, "annotate", slow)
    assert analysis.annotated(article("Bad words")).article == article("Bad words")
