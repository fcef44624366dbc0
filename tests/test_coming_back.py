"""A Word brief that comes back to the desk: what is made of its decisions and comments, and what only told."""

import io
import zipfile
from dataclasses import replace

import pytest
from handmade import jaffar_express, span
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import decisions

from tests.test_work import Window
from toolkit import edits
from toolkit.decision import Edit
from toolkit.edits.draft import Draft
from toolkit.edits.touching import touched
from toolkit.errors import LibraryError, ToolkitError
from toolkit.export import render
from toolkit.model import Annotations, Span
from toolkit.noted import notes_on
from toolkit.returning import Returned
from toolkit.store import Library
from toolkit.ui import coming_back, held, saving, tab, windows, work

NOTES = jaffar_express()
TEXT = NOTES.article.text
ONE, TWO = NOTES.quotes[:2]
WITHDRAWN, OTHERWISE = "It was taken back here.", "It was decided otherwise here since."


@pytest.fixture
def desk(monkeypatch, tmp_path):
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "library.sqlite"))
    window = Window(monkeypatch).enter()
    work.open_notes(NOTES)
    return window


def now() -> work.Work:
    found = work.current()
    assert found
    return found


def brief(*decisions: Edit, of: Annotations | None = None, comments: tuple[Edit, ...] = ()) -> Returned:
    """A brief of what is on the desk, or of other annotations, after decisions that were made elsewhere."""
    notes = of or now().notes
    for number, each in enumerate(decisions, 1):
        notes = edits.apply(notes, replace(each, step=edits.last_step(notes.edits) + number))
    return Returned(notes, notes, comments)


def changed(back: Returned, text: str) -> Returned:
    return replace(back, notes=Annotations(replace(back.sent.article, text=text, sha256=""), NOTES.engine))


def update(text: str) -> None:
    """A new version of the text, read by a machine that finds in it what stood in the old one."""
    moved = len(text) - len(TEXT)
    quotes = tuple(
        replace(q, content=tuple(Span(s.start + moved, s.end + moved) for s in q.content), cue=(), source=(),
                speakers=())
        for q in NOTES.quotes
    )  # fmt: skip
    article = replace(NOTES.article, text=text, sha256="")
    assert work.replaced(Annotations(article, NOTES.engine, quotes=quotes), now().key)


def statuses() -> list[str]:
    return [quote.status for quote in now().notes.quotes[:2]]


def listed() -> list[tuple[str, str]]:
    """What is told under Review: the words that each decision is on, and why it was not made."""
    return [(each.text[slice(*each.edit.at[0])], each.reason) for each in now().unfit]


@pytest.mark.parametrize("after", [(), (edits.confirm(TWO),)], ids=["undone", "and another one made"])
def test_a_decision_that_was_taken_back_is_told_and_not_made_again(desk, after):
    work.do(edits.reject(ONE, by="Ana"))
    back = brief()
    work.undo()
    work.do(*after)
    for _ in range(2):  # the same brief again tells nothing anew
        assert coming_back.restore(back) is None
        assert statuses() == ["suggested", "confirmed" if after else "suggested"]
        assert listed() == [(NOTES.text(ONE), WITHDRAWN)]
        work.open_kept(1)
    work.dismiss_lost()
    coming_back.restore(back)
    assert (listed(), now().told) == ([], "The brief came back as it was sent.")


def test_what_was_taken_back_is_told_once_and_listed(desk):
    work.do(edits.reject(ONE))
    back = brief(edits.confirm(TWO, by="Ben"))
    work.undo()
    coming_back.restore(back)
    assert now().told == (
        "The brief came back with 1 decision. 1 decision of it is not made but listed under Review."
    )
    work.undo()
    assert statuses() == ["suggested", "suggested"]


@pytest.mark.parametrize(
    ("before", "here", "there", "comes_to", "tells"),
    [
        # Decided here alone, or there alone.
        ([], [edits.reject(ONE)], [edits.confirm(TWO)], ["rejected", "confirmed"], []),
        ([edits.reject(ONE)], [edits.confirm(ONE)], [], ["confirmed", "suggested"], []),
        # There it was known what had been decided here.
        ([edits.reject(ONE)], [], [edits.confirm(ONE)], ["confirmed", "suggested"], []),
        # Decided in both places: here it stands.
        ([], [edits.confirm(ONE)], [edits.reject(ONE)], ["confirmed", "suggested"], [ONE]),
        ([edits.reject(ONE)], [edits.reset(ONE)], [edits.kind(ONE, "mixed")], ["suggested", "suggested"],
         [ONE]),
        ([], [edits.reject(ONE)], [edits.extent(ONE, (Span(ONE.content[0].start, ONE.content[0].end - 8),))],
         ["rejected", "suggested"], [ONE]),
        # And alike.
        ([], [edits.confirm(ONE, by="Ana")], [edits.confirm(ONE, by="Ben")], ["confirmed", "suggested"], []),
        ([], [edits.reject(ONE), edits.reject(TWO)], [edits.reject(ONE), edits.confirm(TWO)],
         ["rejected", "rejected"], [TWO]),
        # A note is no decision on the quote.
        ([], [edits.note(ONE, "Ring them.")], [edits.reject(ONE)], ["rejected", "suggested"], []),
        ([], [edits.note(ONE, "Ring them.")], [edits.note(ONE, "Done.")], ["suggested", "suggested"], [ONE]),
    ],
)  # fmt: skip
def test_what_was_decided_here_since_is_not_overridden(desk, before, here, there, comes_to, tells):
    for each in before:
        work.do(each)
    back = brief(*there)
    for each in here:
        work.do(each)
    coming_back.restore(back)
    assert statuses() == comes_to
    assert listed() == [(NOTES.text(quote), OTHERWISE) for quote in tells]


ANA = {act.__name__: act(ONE, by="Ana") for act in (edits.confirm, edits.reject, edits.reset)}


@pytest.mark.parametrize(
    ("before", "here", "there", "comes_to"),
    [
        # Decided back and forth, there by the editor who had decided so here.
        ("reject", "", "confirm reject", "rejected"),
        ("confirm", "", "reject confirm", "confirmed"),
        ("reject", "", "reset reject", "rejected"),
        ("reject reset", "", "reject", "rejected"),
        ("confirm", "", "reject confirm reject", "rejected"),
        # Here as well, and alike at the end.
        ("", "confirm", "reject confirm", "confirmed"),
        ("reject", "confirm", "reset confirm", "confirmed"),
        ("confirm", "reject", "confirm", "rejected"),
        # Otherwise at the end: what was decided here stands.
        ("", "reject", "reset confirm", "rejected"),
        ("reject", "confirm reject", "confirm", "rejected"),
    ],
)
def test_a_decision_that_is_made_again_is_one_more(desk, before, here, there, comes_to):
    for act in before.split():
        work.do(ANA[act])
    sent = brief(*(ANA[act] for act in there.split()))
    for act in here.split():
        work.do(ANA[act])
    for _ in range(2):
        coming_back.restore(sent)
        assert statuses() == [comes_to, "suggested"]


def test_what_was_decided_again_after_it_was_taken_back_may_come_back(desk):
    work.do(ANA["reject"])
    work.undo()
    work.do(ANA["reject"])
    coming_back.restore(brief(ANA["confirm"], ANA["reject"]))
    assert (statuses()[0], listed()) == ("rejected", [])


NAME = NOTES.entities[0]


@pytest.mark.parametrize(
    ("here", "there", "is_told"),
    [
        (edits.reject(NAME.mentions[1]), edits.confirm(NAME), True),
        (edits.reject(NAME.mentions[1]), edits.confirm(NAME.mentions[0]), False),
        (edits.label(NAME, "ORG"), edits.confirm(NAME.mentions[0]), True),
        (edits.merge(NAME, NOTES.entities[1]), edits.reject(NOTES.entities[1]), True),
        (edits.rename(NAME, NAME.mentions[1].span), edits.confirm(NAME), False),
        (edits.rename(NAME, NAME.mentions[1].span), edits.rename(NAME, NAME.mentions[0].span), True),
        (edits.reject(NAME), edits.reject(NOTES.entities[1]), False),
    ],
)
def test_a_name_is_decided_on_in_one_place_or_in_all(desk, here, there, is_told):
    back = brief(there)
    work.do(here)
    before = now().notes
    coming_back.restore(back)
    assert [reason for _, reason in listed()] == [OTHERWISE] * is_told
    assert (now().notes == before) is is_told


def test_a_brief_of_an_older_text_finds_its_article_and_its_places(desk):
    work.do(edits.reject(ONE))
    comment = Edit("note", "text", (span("Quetta"),), value="Where?", by="Ben", step=9)
    back = brief(edits.confirm(TWO, by="Ben"), edits.note(Span(0, 9), "Who?", by="Ben"), comments=(comment,))
    update(f"UPDATE 1\n{TEXT[10:]}")
    for _ in range(2):
        coming_back.restore(back)
        assert [entry.id for entry in tab.library().entries()] == [now().id] == [1]
        assert now().notes.article.text.startswith("UPDATE 1")
        assert statuses() == ["rejected", "confirmed"]
        assert [(n.words, now().notes.text(n.at)) for n in notes_on(now().notes)] == [("Where?", "Quetta")]
        assert listed() == [(TEXT[:9], f"The words “{TEXT[:9]}” no longer stand there.")]


def test_a_brief_of_a_copy_comes_back_to_the_copy_that_is_on_the_desk(desk):
    other = tab.library().duplicate(1)
    back = brief(edits.reject(ONE))
    work.open_kept(other)
    coming_back.restore(back)
    assert (now().id, statuses()) == (other, ["rejected", "suggested"])
    assert tab.library().load(1).edits == ()


def test_what_was_taken_back_on_a_newer_text_is_told(desk):
    work.do(edits.reject(ONE))
    back = brief()
    update(f"UPDATE 1\n{TEXT}")
    work.undo()
    coming_back.restore(back)
    assert statuses() == ["suggested", "suggested"]
    assert listed() == [(NOTES.text(ONE), WITHDRAWN)]


def test_a_decision_on_an_older_text_that_fits_no_mark_of_the_newer_is_told_once(desk):
    back = brief(edits.reject(NAME.mentions[0], by="Ben"))
    update(f"UPDATE 1\n{TEXT}")  # in which no names were found
    for _ in range(2):
        coming_back.restore(back)
        assert listed() == [(NOTES.text(NAME), f"No name is marked at “{NOTES.text(NAME)}”; mark it first.")]


@pytest.mark.parametrize("has_library", [True, False])
def test_what_was_taken_back_before_an_update_stays_so(desk, monkeypatch, tmp_path, has_library):
    if not has_library:
        without_a_library(monkeypatch, tmp_path)
    work.do(edits.reject(ONE))
    work.do(edits.note(Span(0, 9), "Who?"))
    back = brief()
    work.undo()
    work.undo()
    work.do(edits.confirm(TWO))
    for text in (f"UPDATE 1\n{TEXT[10:]}", f"UPDATE 22\n{TEXT[10:]}", TEXT):
        update(text)
    coming_back.restore(back)
    assert statuses() == ["suggested", "confirmed"]
    assert listed() == [(NOTES.text(ONE), WITHDRAWN)]
    assert notes_on(now().notes) == ()


@pytest.mark.parametrize("has_library", [True, False])
def test_what_was_told_before_an_update_is_told_no_more(desk, monkeypatch, tmp_path, has_library):
    if not has_library:
        without_a_library(monkeypatch, tmp_path)
    back = brief(edits.reject(ONE))
    work.do(edits.confirm(ONE))
    coming_back.restore(back)
    work.dismiss_lost()
    for text in (f"UPDATE 1\n{TEXT}", TEXT):
        update(text)
    coming_back.restore(back)
    assert (statuses()[0], listed()) == ("confirmed", [])


def test_what_fits_only_the_text_that_comes_back_is_made_there(desk):
    who, there = edits.note(Span(0, 9), "Who?", by="Ben"), edits.note(span("Quetta"), "Where?", by="Ben")
    back = changed(brief(who, there), f"{TEXT} And more.")
    update(f"UPDATE 1\n{TEXT[10:]}")
    article = coming_back.restore(back)
    assert article
    assert listed() == [], "that may still come"
    work.replaced(Annotations(article, NOTES.engine), 1, origin="returned")
    for _ in range(2):
        coming_back.comment(back)
        assert [(n.words, now().notes.text(n.at)) for n in notes_on(now().notes)] == [
            ("Who?", TEXT[:9]),
            ("Where?", "Quetta"),
        ]
        assert listed() == []


def test_what_fits_no_text_is_told_when_the_text_has_come(desk):
    back = changed(brief(edits.note(Span(0, 9), "Who?", by="Ben")), f"CHANGED. {TEXT[11:]}")
    update(f"UPDATE 1\n{TEXT[10:]}")
    work.do(edits.reject(ONE))
    article = coming_back.restore(back)
    assert article
    work.replaced(Annotations(article, NOTES.engine), 1, origin="returned")
    coming_back.comment(back)
    assert "1 decision of it is not made" in now().told
    for _ in range(2):  # after a reload too
        assert listed() == [(TEXT[:9], f"The words “{TEXT[:9]}” no longer stand there.")]
        work.open_kept(1)


def test_a_changed_text_of_an_older_version_tells_that_there_is_a_newer_one(desk):
    back = changed(brief(), f"{TEXT} And more.")
    update(f"UPDATE 1\n{TEXT}")
    article = coming_back.restore(back)
    assert article
    work.replaced(Annotations(article, NOTES.engine), 1, origin="returned")
    coming_back.comment(back)
    assert now().told == (
        "The brief came back with a changed text. It was made of version 1 of the text; newer ones are kept "
        "in the library."
    )
    assert [each.origin for each in tab.library().versions(1)] == ["opened", "update", "returned"]


def test_a_changed_text_of_the_newest_version_tells_of_no_newer_one(desk):
    update(f"UPDATE 1\n{TEXT}")
    back = changed(brief(), f"UPDATE 1\n{TEXT} And more.")
    article = coming_back.restore(back)
    assert article
    work.replaced(Annotations(article, NOTES.engine), 1, origin="returned")
    coming_back.comment(back)
    assert now().told == "The brief came back with a changed text."


def test_a_changed_text_that_came_before_is_no_update_again(desk):
    comment = Edit("note", "text", (Span(7, 11),), value="Sure?", by="Ben", step=9)
    back = replace(changed(brief(), f"CHANGE {TEXT}"), comments=(comment,))
    for _ in range(2):
        article = coming_back.restore(back)
        if article:
            work.replaced(Annotations(article, NOTES.engine), 1, origin="returned")
            coming_back.comment(back)
            update(f"UPDATE AND CHANGE {TEXT}")
        assert len(tab.library().versions(1)) == 3
        assert [n.words for n in notes_on(now().notes)] == ["Sure?"]
        assert now().notes.article.text.startswith("UPDATE")
    assert now().told == ("The brief came back with the text of version 2, which is here already.")


def test_a_text_that_somebody_took_back_to_an_older_one_is_an_update(desk):
    update(f"UPDATE 1\n{TEXT}")
    article = coming_back.restore(changed(brief(), TEXT))
    assert article
    assert article.text == TEXT


def test_what_a_program_decided_and_sent_is_known_again(desk):
    with Library() as other:
        other.append(1, [edits.confirm(ONE)], 1)  # not told as it is once it was made
    work.open_kept(1)
    coming_back.restore(brief())
    assert (listed(), now().told) == ([], "The brief came back as it was sent.")


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2]
)
@pytest.mark.parametrize("is_harmed", [True, False])
def test_a_damaged_word_file_is_left_to_the_reader_that_tells_why(method, is_harmed):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(render(NOTES, ".docx"))) as sent,
        zipfile.ZipFile(file, "w", method) as made,
    ):
        for part in sent.namelist():
            made.writestr(part, sent.read(part))
    data = bytearray(file.getvalue())
    item = zipfile.ZipFile(file).getinfo("customXml/item1.xml")
    start = item.header_offset + 30 + len(item.filename)
    if is_harmed:
        data[start + 12 : start + 60] = b"\xff" * 48
    is_known_method = method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    assert coming_back.is_brief(bytes(data), "brief.docx") is (is_known_method and not is_harmed)
    if is_harmed and is_known_method:
        with pytest.raises(ToolkitError, match="damaged"):
            coming_back.came_back(bytes(data), "brief.docx")


def test_a_window_that_is_behind_brings_nothing_over_what_waits(desk, monkeypatch):
    back = brief(edits.confirm(TWO))
    with Library() as other:
        other.append(1, [edits.reject(ONE)], 1)
    work.do(edits.confirm(ONE))
    with pytest.raises(LibraryError, match="Choose first"):
        coming_back.restore(back)
    assert (now().is_stale, now().changes, now().notes.quotes[1].status) == (True, 1, "suggested")


COMMENT = Edit("note", "text", (span("Quetta"),), value="Where?", by="Ben", step=9)


def refused(*_, **__):
    raise LibraryError("Another program is writing.")


@pytest.mark.parametrize("call", ["append", "lose"])
def test_what_the_library_refuses_of_a_brief_is_not_hidden_by_what_it_takes_next(desk, monkeypatch, call):
    back = brief(edits.reject(ONE, by="Ben"), edits.confirm(TWO, by="Ben"), comments=(COMMENT,))
    work.do(edits.confirm(ONE))
    real, calls = getattr(Library, call), []

    def refused_once(*given, **named):
        calls.append(call)
        return (real if len(calls) > 1 else refused)(*given, **named)

    monkeypatch.setattr(Library, call, refused_once)
    for _ in range(2):  # and again, when the editor does not trust it
        coming_back.restore(back)
        assert (statuses(), listed()) == (["confirmed", "confirmed"], [(NOTES.text(ONE), OTHERWISE)])
    saving.settle()
    assert (now().changes, now().unkept) == (0, "")
    work.open_kept(1, again=True)
    assert (statuses(), listed()) == (["confirmed", "confirmed"], [(NOTES.text(ONE), OTHERWISE)])
    assert [n.words for n in notes_on(now().notes)] == ["Where?"]


def test_a_window_that_another_one_overtakes_while_a_brief_comes_back_says_so(desk, monkeypatch):
    back = brief(edits.reject(ONE, by="Ben"), comments=(COMMENT,))
    work.do(edits.confirm(ONE))

    def overtaken(*given):
        with Library() as other:
            other.append(1, [edits.reject(NOTES.quotes[3])], now().revision)
        monkeypatch.setattr(coming_back, "merged", edits.merged)
        return edits.merged(*given)

    monkeypatch.setattr(coming_back, "merged", overtaken)
    with pytest.raises(LibraryError, match="open the brief again"):
        coming_back.restore(back)
    windows.latest()
    coming_back.restore(back)
    assert (listed(), len(notes_on(now().notes))) == ([(NOTES.text(ONE), OTHERWISE)], 1)


@pytest.mark.parametrize("fails", ["append", "lose"])
def test_what_is_not_kept_after_a_changed_text_was_read_is_told(desk, monkeypatch, fails):
    comment = replace(COMMENT, at=(Span(7, 11),))
    back = replace(changed(brief(edits.reject(ONE, by="Ben")), f"CHANGE {TEXT[150:]}"), comments=(comment,))
    work.do(edits.confirm(ONE))
    article = coming_back.restore(back)
    assert article
    work.replaced(Annotations(article, NOTES.engine), 1, origin="returned")
    monkeypatch.setattr(Library, fails, refused)
    coming_back.comment(back)
    assert (now().unkept, now().changes > 0) == ("Another program is writing.", True)


def without_a_library(monkeypatch, tmp_path) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("NEWSDESK_LIBRARY", str(tmp_path / "file" / "library.sqlite"))
    held.drop()
    work.open_notes(NOTES)


def test_without_a_library_a_changed_text_comes_back_once(desk, monkeypatch, tmp_path):
    without_a_library(monkeypatch, tmp_path)
    back = changed(brief(edits.reject(ONE, by="Ben")), f"{TEXT} And more.")
    article = coming_back.restore(back)
    assert article
    assert work.replaced(replace(NOTES, article=article), now().key, origin="returned")
    coming_back.comment(back)
    work.do(edits.confirm(TWO))
    assert coming_back.restore(back) is None
    assert (statuses(), listed()) == (["rejected", "confirmed"], [])


def test_without_a_library_what_was_decided_here_stays_too(desk, monkeypatch, tmp_path):
    without_a_library(monkeypatch, tmp_path)
    back = brief(edits.reject(ONE, by="Ben"), edits.confirm(TWO, by="Ben"))
    work.do(edits.confirm(ONE))
    coming_back.restore(back)
    assert statuses() == ["confirmed", "confirmed"]
    assert listed() == [(NOTES.text(ONE), OTHERWISE)]


# The laws.

FEW = replace(NOTES, entities=NOTES.entities[:3], quotes=NOTES.quotes[3:6], summary=None)


def marks(notes: Annotations) -> dict[tuple[str, object], tuple[object, ...]]:
    """What is decided of each mark, by the keys of ``touched``."""
    quotes = {("quote", q.id): (q.status, q.content, q.kind) for q in notes.quotes}
    return quotes | {("mention", m.span): (m.status,) for e in notes.entities for m in e.mentions}


@given(st.data())
@settings(max_examples=40)
def test_what_comes_from_elsewhere_changes_no_mark_that_was_decided_on_here_alone(data):
    drawn = [e for e in data.draw(decisions(FEW, most=9)) if all(s.end <= len(TEXT) for s in (*e.at, *e.to))]
    first = data.draw(st.integers(0, len(drawn)))
    second = data.draw(st.integers(first, len(drawn)))
    base, _ = edits.replay(FEW, drawn[:first])
    here, there = (edits.replay(base, part)[0] for part in (drawn[first:second], drawn[second:]))
    stands = edits.Decided(TEXT, here.edits)
    made, unfit = edits.merged(there.edits, edits.Decided(TEXT), stands, here)
    assert {*made, *(each.edit for each in unfit)} <= set(there.edits)
    assert edits.merged(here.edits, edits.Decided(TEXT), stands, here) == ((), ())
    known = set(map(edits.plain, there.edits))
    alone = [each for each in here.edits if edits.plain(each) not in known]
    decided = {key for each in alone for key in touched(Draft.of(here), each)}
    before, after = marks(here), marks(edits.replay(here, made)[0])
    assert {key: after.get(key) for key in decided & set(before)} == {
        key: before[key] for key in decided & set(before)
    }


turns = st.lists(
    st.builds(
        lambda act, quote: act(quote, by="Ana"),
        st.sampled_from((edits.confirm, edits.reject, edits.reset)),
        st.sampled_from(FEW.quotes[:2]),
    ),
    max_size=5,
).map(tuple)


@given(turns, turns, turns, st.booleans())
@settings(max_examples=60)
def test_where_nothing_was_decided_here_since_it_comes_to_what_was_sent(before, first, second, is_older):
    here, _ = edits.replay(FEW, before)
    then = edits.Decided(TEXT, here.edits if is_older else ())
    sent = here
    for turn in (first, second):  # their brief comes back, they go on, and it comes back again
        sent, _ = edits.replay(sent, turn)
        for _ in range(2):
            made, unfit = edits.merged(sent.edits, then, edits.Decided(TEXT, here.edits), here)
            assert unfit == ()
            here, _ = edits.replay(here, made)
            assert marks(here) == marks(sent)
        assert made == (), "the same brief again brings nothing"
