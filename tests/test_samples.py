"""The sample articles: what a newcomer runs first, and what a page of the README shows."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

import toolkit
from toolkit.read import READERS

SAMPLES = Path(__file__).parent.parent / "sample_articles"
ARTICLES = sorted(path for path in SAMPLES.iterdir() if path.suffix in READERS)


def sample(name):
    return toolkit.read(SAMPLES / name)


def test_there_is_one_of_each_kind():
    assert {path.suffix for path in ARTICLES} >= {".txt", ".docx", ".html"}
    assert {toolkit.read(path).language for path in ARTICLES} == {"en", "fr"}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_each_reads_with_its_language_found_and_not_only_told(path):
    article = toolkit.read(path)
    assert toolkit.detect(article.text).code == article.language
    assert 350 <= len(article.text.split()) <= 600
    assert article.slug == path.stem
    assert toolkit.read(path.read_bytes(), name=path.name).text == article.text


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_an_invented_article_says_so_in_its_last_line(path):
    last = toolkit.read(path).text.rstrip().rpartition("\n")[2]
    invented = bool(re.match(r"(This article is invented|Cet article est inventé)", last))
    assert invented == (path.stem != "jaffar-express")


def test_every_sidecar_belongs_to_an_article_and_says_where_it_is_from():
    stems = {path.stem for path in ARTICLES}
    for path in SAMPLES.glob("*.toml"):
        assert path.stem in stems
        assert tomllib.loads(path.read_text(encoding="utf-8"))["note"]


def test_the_report_is_as_it_was_given():
    article = sample("jaffar-express.txt")
    data = (SAMPLES / "jaffar-express.txt").read_bytes()
    assert hashlib.sha256(data).hexdigest() == article.sha256
    assert (article.headline, article.byline, article.dateline) == ("", "", "")
    assert (article.source, article.published, article.language) == ("Al Jazeera", "2025-03", "en")


def test_the_word_document():
    article = sample("port-strike.docx")
    assert article.headline == "Dockers at Port Averin walk out over driverless cranes"
    assert (article.byline, article.dateline) == ("Nomvula Castellane", "PORT AVERIN, Lastria")
    assert "night desk" not in article.text
    assert "not for publication" not in article.text
    # It is there for its quotations: one runs over two paragraphs, one is split, one is scare.
    paragraphs = article.text.split("\n\n")
    running = next(n for n, p in enumerate(paragraphs) if p.count("“") > p.count("”"))
    assert paragraphs[running + 1].startswith("“")
    assert "tomorrow,” she said, “we" in article.text
    assert "“smart” cranes" in article.text


def test_the_web_page_comes_without_its_furniture():
    article = sample("tarnwick-water.html")
    assert article.headline == "Tarnwick rations water after lake pump fails for second time"
    assert (article.byline, article.source) == ("Oluwaseun Prideaux", "The Orrin Courier")
    assert article.published == "2025-09-18T07:40:00+01:00"
    paragraphs = article.text.split("\n\n")
    assert len(paragraphs) == 16
    assert paragraphs[0].startswith("The 23,000 people of Tarnwick")
    assert paragraphs[-2] == "The council will hold another public meeting on Monday."
    for furniture in (
        "cookies",
        "Subscribe",
        "Share",
        "Drawing",
        "Read more",
        "Saltby",
        "Lake Letter",
        "About the author",
        "Most read",
        "lakeside_lou",
        "goalkeeper",
        "All rights reserved",
        "By Oluwaseun",
        "Published",
    ):
        assert furniture not in article.text


def test_the_french_text_keeps_its_spaces():
    article = sample("gare-montreval.txt")
    assert article.headline.startswith("Après vingt-deux ans")
    assert (article.byline, article.dateline) == (
        "Ewen Tchakarian",
        "MONTRÉVAL-SUR-LISSE, 3 mars (Fil Exemple)",
    )
    assert article.text.count("«\u00a0") == article.text.count("\u00a0»") == 7
    assert "« " not in article.text
    assert re.search(r"^— .*, a dit le premier\.$", article.text, re.MULTILINE)
