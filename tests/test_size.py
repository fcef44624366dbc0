"""How long a text is said to be."""

import json
from datetime import UTC, datetime

import pytest

from toolkit.brief import brief
from toolkit.export import jsonld, ninjs
from toolkit.model import Annotations, Article, Budget, Engine, Span, Summary
from toolkit.size import size, word_count


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("", 0, "0 words"),
        (" \n", 0, "0 words"),
        ("Port", 1, "1 word"),
        ("The port\nis open.", 4, "4 words"),
        ("قال وزير الري", 3, "3 words"),
        ("부산항은 월요일 문을 닫는다", 4, "4 words"),
        ("The word 水 means water.", 5, "5 words"),
        ("水库水位 下降12%。", None, "10 characters"),
        ("東京は晴れ。", None, "6 characters"),
        ("น้ำท่วม", None, "7 characters"),
        ("水", None, "1 character"),
    ],
)
def test_words_are_counted_where_blanks_part_them_and_else_characters(text, words, told):
    assert (word_count(text), size(text)) == (words, told)


MADE = datetime(2025, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "length", "words"),
    [("Port shut. All of it.", "5 words", 5), ("水库水位下降。全市节水。", "12 characters", None)],
)
def test_no_brief_and_no_export_counts_words_where_nothing_parts_them(text, length, words):
    summary = Summary("lead", (Span(0, len(text)),), Budget("words", 60))
    notes = Annotations(Article(text, language="zh"), Engine("", "", ""), summary=summary)
    content = brief(notes)
    assert content.header.length == length
    assert f" {length}; method" in content.summarised
    assert json.loads(jsonld.render(notes, MADE))["@graph"][0].get("wordCount") == words
    assert json.loads(ninjs.render(notes, MADE))["bodies"][0].get("wordCount") == words
