"""Entities: which names a text has, and which of them name one thing."""

import functools
import time
from itertools import pairwise

import pytest

import toolkit
from toolkit import Article
from toolkit.joining import settle_shared
from toolkit.model import Span
from toolkit.namesakes import Group, named
from toolkit.paragraphs import paragraphs


@functools.cache
def read(text, language="en"):
    return toolkit.annotate(Article(text, language=language))


def entity(notes, name):
    found = [e for e in notes.entities if notes.text(e) == name]
    assert len(found) == 1, f"{name!r} is not one of {[notes.text(e) for e in notes.entities]}"
    return found[0]


def cases(table):
    return [pytest.param(*row[1:], id=row[0]) for row in table]


# id, language, text, name, label, the words of its mentions.
PRESENT = [
    ("person", "en", "Maria Torres closed the bridge.", "Maria Torres", "PERSON", ["Maria Torres"]),
    ("surname-possessive", "en", "Maria Torres closed the bridge. It was Torres’s decision.", "Maria Torres", "PERSON", ["Maria Torres", "Torres"]),
    ("surname-title", "en", "Daniel Whitcombe closed the bridge. Mr. Whitcombe will open it.", "Daniel Whitcombe", "PERSON", ["Daniel Whitcombe", "Whitcombe"]),
    ("title-mr", "en", "Mr. Daniel Whitcombe closed the bridge.", "Daniel Whitcombe", "PERSON", ["Daniel Whitcombe"]),
    ("title-office", "en", "Yesterday President Maria Torres closed the bridge.", "Maria Torres", "PERSON", ["Maria Torres"]),
    ("title-abbreviated", "en", "Yesterday Sen. Maria Torres closed the bridge.", "Maria Torres", "PERSON", ["Maria Torres"]),
    ("possessive-curly", "en", "Maria Torres’s plan closed the bridge.", "Maria Torres", "PERSON", ["Maria Torres"]),
    ("possessive-straight", "en", "Maria Torres's plan closed the bridge.", "Maria Torres", "PERSON", ["Maria Torres"]),
    ("apostrophe-curly", "en", "Siobhan O’Neill closed the bridge.", "Siobhan O’Neill", "PERSON", ["Siobhan O’Neill"]),
    ("apostrophe-straight", "en", "Siobhan O'Neill closed the bridge.", "Siobhan O'Neill", "PERSON", ["Siobhan O'Neill"]),
    ("no-break-space", "en", "Maria\u00a0Torres closed the bridge.", "Maria\u00a0Torres", "PERSON", ["Maria\u00a0Torres"]),
    ("no-break-title", "en", "Mr.\u00a0Daniel Whitcombe closed the bridge.", "Daniel Whitcombe", "PERSON", ["Daniel Whitcombe"]),
    ("middle-name", "en", "Maria Lucia Torres closed the bridge. Maria Torres will open it.", "Maria Lucia Torres", "PERSON", ["Maria Lucia Torres", "Maria Torres"]),
    ("employer", "en", "The report is by Al Jazeera’s Kamal Rashid.", "Kamal Rashid", "PERSON", ["Kamal Rashid"]),
    ("employer-itself", "en", "The report is by Al Jazeera’s Kamal Rashid.", "Al Jazeera", "ORG", ["Al Jazeera"]),
    ("employer-straight", "en", "The report is by Reuters's Kamal Rashid.", "Kamal Rashid", "PERSON", ["Kamal Rashid"]),
    ("employer-glued", "en", "The report is by Sky News’s Kamal Hyder.", "Kamal Hyder", "PERSON", ["Kamal Hyder"]),
    ("employer-glued-itself", "en", "The report is by Sky News’s Kamal Hyder.", "Sky News", "ORG", ["Sky News"]),
    ("place-possessive", "en", "Pakistan’s army left on Monday.", "Pakistan", "PLACE", ["Pakistan"]),
    ("place-article", "en", "The ship left the United States on Monday.", "United States", "PLACE", ["United States"]),
    ("group", "en", "French farmers met on Monday.", "French", "GROUP", ["French"]),
    ("fr-person", "fr", "Solène Marchetti a fermé le pont.", "Solène Marchetti", "PERSON", ["Solène Marchetti"]),
    ("fr-surname", "fr", "Solène Marchetti a fermé le pont. Marchetti l’ouvrira en juin.", "Solène Marchetti", "PERSON", ["Solène Marchetti", "Marchetti"]),
    ("fr-title", "fr", "Hier, Mme Solène Marchetti a fermé le pont.", "Solène Marchetti", "PERSON", ["Solène Marchetti"]),
    ("fr-title-no-break", "fr", "Hier, M.\u00a0Julien Roubaix a fermé le pont.", "Julien Roubaix", "PERSON", ["Julien Roubaix"]),
    ("fr-place", "fr", "Le train est parti de Lyon lundi.", "Lyon", "PLACE", ["Lyon"]),
    ("fr-elision", "fr", "Le chef d’Air France a démissionné lundi.", "Air France", "ORG", ["Air France"]),
    ("acronym-lower-words", "en", "The Bank of England raised rates on Monday.", "Bank of England", "ORG", ["Bank of England"]),
    ("eu", "en", "Leaders of the European Union met on Monday. The EU will vote on Friday.", "European Union", "ORG", ["European Union", "EU"]),
    ("acronym-quoted", "en", "Members of the Kurdish Workers Front, or KWF, met on Monday. The KWF will vote.", "Kurdish Workers Front", "ORG", ["Kurdish Workers Front", "KWF", "KWF"]),
    ("org-possessive", "en", "Microsoft’s office closed on Monday. Microsoft will open it in June.", "Microsoft", "ORG", ["Microsoft", "Microsoft"]),
    ("person-plural-family", "en", "Helen Marsh and Daniel Marsh fled. The Marshes lost their home.", "Helen Marsh", "PERSON", ["Helen Marsh"]),
    ("al", "en", "Ahmed al-Rashid closed the bridge. Al-Rashid will open it in June.", "Ahmed al-Rashid", "PERSON", ["Ahmed al-Rashid", "Al-Rashid"]),
    ("hyphen-surname", "en", "Claire Dufour-Lacroix closed the bridge. Dufour-Lacroix will open it in June.", "Claire Dufour-Lacroix", "PERSON", ["Claire Dufour-Lacroix", "Dufour-Lacroix"]),
    ("curly-possessive-s", "en", "Daniel Jones closed the bridge. It was Jones’ decision.", "Daniel Jones", "PERSON", ["Daniel Jones", "Jones"]),
    ("in-quote-marks", "en", "“Helen Marsh never called me,” Daniel Whitcombe said.", "Helen Marsh", "PERSON", ["Helen Marsh"]),
    ("title-dr", "en", "On Monday Dr. Helen Marsh closed the bridge. Dr. Marsh will open it.", "Helen Marsh", "PERSON", ["Helen Marsh", "Marsh"]),
    ("title-gen", "en", "On Monday Gen. Daniel Whitcombe closed the bridge. Gen. Whitcombe will open it.", "Daniel Whitcombe", "PERSON", ["Daniel Whitcombe", "Whitcombe"]),
    ("pm", "en", "On Monday Prime Minister Helen Marsh closed the bridge.", "Helen Marsh", "PERSON", ["Helen Marsh"]),
    ("place-twice", "en", "Trains run from Paris to Berlin. Paris is cold.", "Paris", "PLACE", ["Paris", "Paris"]),
    ("fr-surname-madame", "fr", "Solène Marchetti a fermé le pont. Mme Marchetti l’ouvrira en juin.", "Solène Marchetti", "PERSON", ["Solène Marchetti", "Marchetti"]),
    ("fr-particle", "fr", "Charles de Villeroy a fermé le pont.", "Charles de Villeroy", "PERSON", ["Charles de Villeroy"]),
    ("fr-l", "fr", "L’armée de Julien Roubaix est partie.", "Julien Roubaix", "PERSON", ["Julien Roubaix"]),
    ("said-inverted", "en", "“It is closed,” said Maria Torres. Torres left at noon.", "Maria Torres", "PERSON", ["Maria Torres", "Torres"]),
    ("title-dotted", "en", "On Monday Engr. Musa Bello closed the bridge. Engr. Bello will open it.", "Musa Bello", "PERSON", ["Musa Bello", "Bello"]),
    ("title-of-two-words", "en", "Yesterday Tan Sri Muhyiddin Yassin closed the bridge.", "Muhyiddin Yassin", "PERSON", ["Muhyiddin Yassin"]),
    ("no-title-given-name", "en", "Sri Mulyani Indrawati closed the bridge.", "Sri Mulyani Indrawati", "PERSON", ["Sri Mulyani Indrawati"]),
    ("no-title-firm", "en", "General Motors closed a plant on Monday.", "General Motors", "ORG", ["General Motors"]),
    ("no-title-place", "en", "The ship left St. Louis on Monday.", "St. Louis", "PLACE", ["St. Louis"]),
    ("no-title-country", "en", "The ship left Sri Lanka on Monday.", "Sri Lanka", "PLACE", ["Sri Lanka"]),
    ("honours", "en", "Raj Chaddha KC told the court. Chaddha said it was late.", "Raj Chaddha KC", "PERSON", ["Raj Chaddha KC", "Chaddha"]),
    ("honours-of-three-letters", "en", "Femi Falana SAN said no. Falana left.", "Femi Falana SAN", "PERSON", ["Femi Falana SAN", "Falana"]),
    ("acronym-hyphen-word", "en", "A lawyer of the Socio-Economic Rights and Accountability Project said it had sued. SERAP said it would win.", "Socio-Economic Rights and Accountability Project", "ORG", ["Socio-Economic Rights and Accountability Project", "SERAP"]),
    ("acronym-other-tongue", "en", "The Corruption Eradication Commission (KPK) met on Monday. The KPK will vote.", "Corruption Eradication Commission", "ORG", ["Corruption Eradication Commission", "KPK", "KPK"]),
    ("acronym-with-hyphen", "en", "The ruling Democratic Party of Struggle (PDI-P) won. The PDI-P met on Monday.", "Democratic Party of Struggle", "ORG", ["Democratic Party of Struggle", "PDI-P", "PDI-P"]),
    ("name-between", "en", "Luiz Inácio Lula da Silva won the vote. Lula said he would travel.", "Luiz Inácio Lula da Silva", "PERSON", ["Luiz Inácio Lula da Silva", "Lula"]),
    ("possessive-of-capitals", "en", "The BJP’s Sambit Mohapatra said it was late.", "Sambit Mohapatra", "PERSON", ["Sambit Mohapatra"]),
    ("her-own", "en", "The bridge was closed by Maria Torres, 54, of Ashby.", "Maria Torres", "PERSON", ["Maria Torres"]),
]  # fmt: skip

# id, language, text, words that are no mention of anything, or of nothing with this label ("" for any).
ABSENT = [
    ("modifier-people", "en", "Jeeyand Baloch spoke on Monday. Baloch people live in three countries.", "Jeeyand Baloch", 1),
    ("place-of-the-same-name", "en", "Jim Jordan spoke on Monday. The king of Jordan left for London.", "Jim Jordan", 1),
    ("family", "en", "Mark Ellery and Paul Ellery own the farm.", "Mark Ellery", 1),
    ("lower-case", "en", "Helen Rivers spoke on Monday. The rivers are full.", "Helen Rivers", 1),
    ("inside-another-name", "en", "Maria Torres spoke on Monday. She lives in Torres Vedras.", "Maria Torres", 1),
    ("mister-is-not-she", "en", "Barbara Rao spoke on Monday. Mr. Rao left.", "Barbara Rao", 1),
    ("name-between-of-two", "en", "Luiz Lula da Silva met Carlos Lula Brandt. Lula left.", "Carlos Lula Brandt", 1),
    ("other-first-name", "en", "Maria Torres met Carlos Torres on Monday.", "Maria Torres", 1),
]  # fmt: skip

# id, language, text without the label.
NO_LABEL = [
    ("no-person", "en", "The bridge over the river is closed.", "PERSON"),
    ("months", "en", "It will open in May or in August.", "PERSON"),
    ("mayor", "en", "The mayor closed the bridge.", "PERSON"),
    ("place-only", "en", "The ship left London for Paris on Monday.", "PERSON"),
    ("contraction", "en", "It’s closed and they don’t know when it’ll open.", "PERSON"),
    ("fr-elision", "fr", "L’eau n’est plus là et l’été s’annonce difficile.", "PERSON"),
    ("fr-pronoun", "fr", "« Le pont est fermé », a-t-elle dit.", "PERSON"),
]

# id, language, text, two names that are two things.
APART = [
    ("employer", "en", "The report is by Al Jazeera’s Kamal Rashid.", "Al Jazeera", "Kamal Rashid"),
    ("brothers", "en", "Mark Ellery and Paul Ellery own the farm.", "Mark Ellery", "Paul Ellery"),
    ("place-and-person", "en", "Jim Jordan flew from Jordan to London.", "Jim Jordan", "Jordan"),
    ("dateline", "en", "LONDON — Maria Torres closed the bridge on Monday.", "LONDON", "Maria Torres"),
    ("father-and-son", "en", "Luis Diego was freed. Luis Manuel Diego, his father, was held.", "Luis Diego", "Luis Manuel Diego"),
    ("son-and-father", "en", "George W. Bush won. His father, George Bush, had won before.", "George W. Bush", "George Bush"),
    ("firm-and-founder", "en", "Dell chief executive Michael Dell said sales rose. Dell sold fewer computers.", "Dell", "Michael Dell"),
    ("firm-and-chairman", "en", "Toyota, the carmaker, cut jobs. Chairman Akio Toyota said so. Toyota will close a plant.", "Toyota", "Akio Toyota"),
    ("agency-in-brackets", "en", "Police in Quetta (AFP) met. The AFP said so.", "Quetta", "AFP"),
    (
        "fr-and",
        "fr",
        "Solène Marchetti et Julien Roubaix ont fermé le pont.",
        "Solène Marchetti",
        "Julien Roubaix",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name", "label", "mentions"), cases(PRESENT))
def test_a_name_and_its_mentions(language, text, name, label, mentions):
    notes = read(text, language)
    found = entity(notes, name)
    assert found.label == label
    assert [notes.text(m) for m in found.mentions] == mentions


@pytest.mark.parametrize(("language", "text", "name", "mentions"), cases(ABSENT))
def test_what_is_no_mention_of_somebody_with_the_same_word_in_the_name(language, text, name, mentions):
    assert len(entity(read(text, language), name).mentions) == mentions


@pytest.mark.parametrize(("language", "text", "label"), cases(NO_LABEL))
def test_where_nothing_has_the_label(language, text, label):
    notes = read(text, language)
    assert [notes.text(e) for e in notes.entities if e.label == label] == []


@pytest.mark.parametrize(("language", "text", "one", "other"), cases(APART))
def test_two_names_of_two_things(language, text, one, other):
    notes = read(text, language)
    assert entity(notes, one) != entity(notes, other)


def test_no_two_mentions_overlap_and_the_name_is_one_of_them():
    notes = read(
        "LONDON — Al Jazeera’s Kamal Rashid met Maria Torres of the Harbour Workers Union (HWU). "
        "Rashid said Torres’s union, the HWU, would strike."
    )
    spans = sorted(m.span for e in notes.entities for m in e.mentions)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(e.name in {m.span for m in e.mentions} for e in notes.entities)


# id, text, name, the description.
TOLD = [
    ("person", "Maria Torres, the mayor of Ashby, left on Monday.", "Maria Torres", "the mayor of Ashby"),
    ("no-article", "Maria Torres, mayor of Ashby, left on Monday.", "Maria Torres", "mayor of Ashby"),
    ("body", "Orvane Shipping, a company that owns six cranes, left on Monday.", "Orvane Shipping", "a company"),
    ("place", "The ship reached Quetta, the provincial capital of Balochistan, on Monday.", "Quetta", "the provincial capital of Balochistan"),
    ("later", "Maria Torres left. The press followed Maria Torres, a former judge, to the port.", "Maria Torres", "a former judge"),
    ("acronym-between", "Orvane Shipping (OS), a company of six cranes, left on Monday.", "Orvane Shipping", "a company of six cranes"),
    ("not-an-age", "Maria Torres, 54, left on Monday.", "Maria Torres", ""),
    ("not-a-clause", "Maria Torres, who runs the port, left on Monday.", "Maria Torres", ""),
    ("not-a-list", "Maria Torres, Lucia Brandt and a nurse left on Monday.", "Maria Torres", ""),
    ("not-a-day", "Maria Torres left London, Monday being a holiday.", "London", ""),
    ("nothing", "Maria Torres left on Monday.", "Maria Torres", ""),
    ("fronted", "According to Ann Poe, the company’s chairman was ill.", "Ann Poe", ""),
    ("fronted-appositive", "According to Maria Torres, the mayor of Ashby, the bridge is closed.", "Maria Torres", "the mayor of Ashby"),
    ("before-whose", "Jane Roe, a headteacher in Leeds whose husband died, left.", "Jane Roe", "a headteacher in Leeds"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "description"), cases(TOLD))
def test_what_the_text_says_that_somebody_is(text, name, description):
    notes = read(text)
    found = entity(notes, name).description
    assert (notes.text(found) if found else "") == description


# id, text, the names of the entities of the label.
JOINED = [
    ("two-bodies-fit", "The Senate Judiciary Committee and the House Judiciary Committee met. The Judiciary Committee voted.", "ORG", {"Senate Judiciary Committee", "House Judiciary Committee", "Judiciary Committee"}),
    ("place-is-no-firm", "Georgia Power raised its rates in Georgia on Monday.", "ORG", {"Georgia Power"}),
    ("slip", "Harold Bornstein wrote. Bornsten wrote again.", "PERSON", {"Harold Bornstein"}),
    ("short-names-are-no-slip", "Harold Bell wrote. Ball wrote again.", "PERSON", {"Harold Bell", "Ball"}),
    ("family-is-no-slip", "Harold Bornstein wrote. The Bornsteins wrote again.", "PERSON", {"Harold Bornstein", "Bornsteins"}),
    ("markup", "“Nice!” wrote Harold Bornstein</tweet> on Monday.", "PERSON", {"Harold Bornstein"}),
    ("spouse-in-two-forms", "Ann Smith met her husband John A. Smith. John Smith left.", "PERSON", {"Ann Smith", "John A. Smith"}),
    ("handle", "It was @Hillary Clinton who left. Hillary Clinton came back.", "PERSON", {"Hillary Clinton"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "label", "names"), cases(JOINED))
def test_what_is_one_thing_and_what_is_two(text, label, names):
    notes = read(text)
    assert {notes.text(e) for e in notes.entities if e.label == label} <= names
    assert len([e for e in notes.entities if e.label == label]) <= len(names)


# id, text, the shared surname's mentions in order, each with the full name of whom it means ("" for neither).
SHARED = [
    ("her-brother", "Ayesha Khan and her brother Imran Khan fled. Khan said the house was gone.", ["Ayesha Khan"]),
    ("whose-husband", "Laura Carter, whose husband, Mark Carter, was killed, spoke on Monday. Carter said the war must end.", ["Laura Carter"]),
    ("daughter-of", "Ann Poe, the daughter of former president John Poe, won the seat. Poe said it was late.", ["Ann Poe"]),
    ("his-father", "Luis Diego was freed. Luis Manuel Diego, his father, was held. Diego said it was over.", ["Luis Diego"]),
    ("title-of-the-relative", "Ayesha Khan and her brother Imran Khan fled. Mr. Khan said the house was gone.", ["Imran Khan"]),
    ("given-name-alone", "Hauwa Mamman-Bello and Musa Mamman-Bello were held. Hauwa said it was cold. Mamman-Bello declined to speak.", ["Musa Mamman-Bello"]),
    ("given-name-now-and-then", "Hillary Clinton spoke. Her husband, Bill Clinton, was there. Clinton was glad. Hillary won. Clinton left.", ["Hillary Clinton", "Hillary Clinton"]),
    ("pronoun", "Mark Carter and Laura Carter own the farm. Carter said she would sell it. Carter said he would not.", ["Laura Carter", "Mark Carter"]),
    ("role-is-no-kin", "The farm belongs to Mark Ellery. Its spokesman Paul Ellery was there.\n\nA neighbour came with Paul Ellery. Ellery left.", ["Paul Ellery"]),
    ("nothing-tells", "Mark Ellery and Paul Ellery own the farm. Ellery said it was sold.", [""]),
    ("two-titles", "On Monday Smt. Rao met Mr. Rao.", ["", ""]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), cases(SHARED))
def test_whom_a_surname_means_that_two_people_share(text, meant):
    notes = read(text)
    own = [(m.span, e) for e in notes.entities if e.label == "PERSON" for m in e.mentions]
    surname = meant[0].split()[-1] if meant[0] else notes.text(own[-1][0]).split()[-1]
    bare = sorted((span, e.id, notes.text(e)) for span, e in own if notes.text(span) == surname)
    assert [name if name != surname else "" for _, _, name in bare] == meant
    if meant == ["", ""]:
        assert bare[0][1] != bare[1][1]


def test_a_family_of_hundreds_is_read_in_good_time():
    people = [f"{chr(65 + n % 26)}{'aeiou'[n // 26 % 5]}{'lmnrst'[n // 130]}o Rao" for n in range(700)]
    text = "\n\n".join(f"{name} came. Rao left." for name in people)
    groups = [Group("PERSON", name) for name in people] + [Group("PERSON", "Rao")]
    for group, name in zip(groups, people, strict=False):
        at = text.index(name)
        group.names.append(named(text, Span(at, at + len(name)), "PERSON"))
        groups[-1].names.append(named(text, Span(at + len(name) + 7, at + len(name) + 10), "PERSON"))
    start = time.perf_counter()
    settle_shared(groups, paragraphs(text))
    assert time.perf_counter() - start < 1
    assert [len(g.names) for g in groups] == [2] * len(people) + [0]
