"""Datelines and bylines: the usual forms of the wires, and all that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toolkit
from toolkit.read.byline import find_byline
from toolkit.read.dateline import dateline_of
from toolkit.read.draft import one_line

LEAD = "Police said on Tuesday that the bridge would stay closed until the end of the month."


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("QUETTA, Pakistan (Reuters) — ", "QUETTA, Pakistan (Reuters)"),
        ("BULAWAYO, Jun 10 2022 (IPS) - ", "BULAWAYO, Jun 10 2022 (IPS)"),
        ("LONDON — ", "LONDON"),
        ("LONDON – ", "LONDON"),
        ("LONDON—", "LONDON"),
        ("LONDON -- ", "LONDON"),
        ("LONDON - ", "LONDON"),
        ("WASHINGTON, D.C. — ", "WASHINGTON, D.C."),
        ("ST. LOUIS (AP) — ", "ST. LOUIS (AP)"),
        ("PORT-AU-PRINCE, Haiti (AP) — ", "PORT-AU-PRINCE, Haiti (AP)"),
        ("SÃO PAULO, March 3 (Reuters) - ", "SÃO PAULO, March 3 (Reuters)"),
        ("KYIV/MOSCOW, March 3, 2025 — ", "KYIV/MOSCOW, March 3, 2025"),
        ("N'DJAMENA, Chad — ", "N'DJAMENA, Chad"),
        ("UNITED NATIONS (AP) — ", "UNITED NATIONS (AP)"),
        ("PARIS, 3 mars 2025 (AFP) – ", "PARIS, 3 mars 2025 (AFP)"),
        ("PARIS, 1er mars (AFP) – ", "PARIS, 1er mars (AFP)"),
        ("BERLIN, 12. März (dpa) - ", "BERLIN, 12. März (dpa)"),
        ("New Delhi (PTI) - ", "New Delhi (PTI)"),
        ("МОСКВА, 3 марта (ТАСС) — ", "МОСКВА, 3 марта (ТАСС)"),
        ("\n\n  CAIRO, Egypt — ", "CAIRO, Egypt"),
        ("ROME — “", "ROME"),
        ("ROME — 12 ", "ROME"),
        ("LE HAVRE, 12 mars — ", "LE HAVRE, 12 mars"),
        ("LE HAVRE, mercredi 12 mars (AFP) – ", "LE HAVRE, mercredi 12 mars (AFP)"),
        ("Le Havre, le 12 mars 2025 – ", "Le Havre, le 12 mars 2025"),
        ("LE HAVRE (Seine-Maritime), 12 mars (AFP) – ", "LE HAVRE (Seine-Maritime), 12 mars (AFP)"),
        ("London, March 12 - ", "London, March 12"),
        ("PARIS  (AFP)  -  ", "PARIS  (AFP)"),
        ("KYIV, Ukraine (AP) ― ", "KYIV, Ukraine (AP)"),
        ("KYIV, Ukraine (AP) _ ", "KYIV, Ukraine (AP)"),
        ("PARIS, March 12 /PRNewswire/ -- ", "PARIS, March 12 /PRNewswire/"),
        ("LONDON--(BUSINESS WIRE)--", "LONDON--(BUSINESS WIRE)"),
        ("Bridge closed until May\n\nLE HAVRE, 12 mars – ", "LE HAVRE, 12 mars"),
        ("Bridge closed until May\nBy Ana Ruiz\nKYIV, Ukraine (AP) — ", "KYIV, Ukraine (AP)"),
        ("Bridge closed\n\nShe said it was unsafe.\n\nPARIS (AFP) - ", "PARIS (AFP)"),
        ("LE HAVRE, 12 mars\n\n", "LE HAVRE, 12 mars"),
        ("Bridge closed until May\n\nKYIV, Ukraine (AP) —\n", "KYIV, Ukraine (AP)"),
    ],
)
def test_datelines(opening, dateline):
    text = f"{opening}{LEAD}\n\n{LEAD}\n"
    assert toolkit.read(text).dateline == dateline
    assert dateline in text


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        "",
        "—",
        f"— {LEAD}",
        f"(Reuters) - {LEAD}",
        f"London — {LEAD}",
        f"BREAKING — {LEAD}",
        f"BREAKING NEWS — {LEAD}",
        f"UPDATE 2 — {LEAD}",
        f"EXCLUSIVE - {LEAD}",
        f"ALERTE – {LEAD}",
        f"PART ONE — {LEAD}",
        f"Q - {LEAD}",
        f"UK — {LEAD}",
        f"COVID-19 — {LEAD}",
        f"MP3 — {LEAD}",
        "NATO — the alliance of 32 states — said on Tuesday that it would meet again before the summer.",
        "NASA - which runs the station - said on Tuesday that it would meet again before the summer.",
        "LONDON — Tuesday",
        "JAFFAR EXPRESS — A TIMELINE",
        f"THE MAYOR OF THE TOWN SAYS — {LEAD}",
        f"The mayor — {LEAD}",
        f"He said (AP) — {LEAD}",
        f"LONDON-{LEAD}",
        f"LONDON -{LEAD}",
        f"LONDON: {LEAD}",
        f"LONDON, said the mayor — {LEAD}",
        f"LONDON, 12 monkeys and a dog — {LEAD}",
        f"LONDON\n— {LEAD}",
        f"{LEAD} LONDON — {LEAD}",
        f"市長 — {LEAD}",
        f"«LONDON» — {LEAD}",
        "1 — 2",
        f"London, about 12 people — {LEAD}",
        f"Monday, 3 March – {LEAD}",
        f"Sources, yesterday – {LEAD}",
        f"LONDON, in 12 months of war — {LEAD}",
        f"LONDON--{LEAD}",
        f"LONDON (the mayor's home) — {LEAD}",
        f"LONDON /home/ {LEAD}",
        f"LE HAVRE, 12 mars -{LEAD}",
        f"LONDON\n\n{LEAD}",
        f"KYIV, Ukraine\n\n{LEAD}",
        f"London, 12 March\n\n{LEAD}",
        "LE HAVRE, 12 mars",
        f"{LEAD}\n\nKYIV, Ukraine (AP) — {LEAD}",
        f"Bridge closed\n\n{LEAD}\n\n{LEAD}\n\nPARIS (AFP) - {LEAD}",
        "\n\n".join([*["Bridge closed"] * 6, f"PARIS (AFP) - {LEAD}"]),
    ],
)
def test_no_dateline(text):
    assert dateline_of(text) == ""


HEAD = "Bridge closed until May\n\n"


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        (f"{HEAD}By Ana Ruiz", "Ana Ruiz"),
        ("By Ana Ruiz", "Ana Ruiz"),
        ("Bridge closed until May\nBy Ana Ruiz", "Ana Ruiz"),
        (f"{HEAD}BY ANA RUIZ", "ANA RUIZ"),
        (f"{HEAD}by: Ana Ruiz", "Ana Ruiz"),
        (f"{HEAD}By Ana Ruiz and Tom Ek", "Ana Ruiz and Tom Ek"),
        (f"{HEAD}By Ana Ruiz, Tom Ek and Jo Li", "Ana Ruiz, Tom Ek and Jo Li"),
        (f"{HEAD}By Ana Ruiz, Staff Writer", "Ana Ruiz"),
        (f"{HEAD}By Ana Ruiz in Port Averin", "Ana Ruiz"),
        (f"{HEAD}By Ana Ruiz | Example Agency | 12 March", "Ana Ruiz"),
        (f"{HEAD}By Ana Ruiz/Example Agency", "Ana Ruiz"),
        (f"{HEAD}By Ana de la Cruz", "Ana de la Cruz"),
        (f"{HEAD}By J. R. O’Brien-Smith Jr.", "J. R. O’Brien-Smith Jr."),
        (f"{HEAD}By Ana Ruiz.", "Ana Ruiz"),
        (f"{HEAD}Par Solène Kervadec-Diop à Lorient", "Solène Kervadec-Diop"),
        (f"{HEAD}Par Ana Ruiz (avec AFP)", "Ana Ruiz"),
        (f"{HEAD}By AFP", "AFP"),
        (f"{HEAD}By Example Press", "Example Press"),
        (f"{HEAD}The town can't say when.\n\nBy Ana Ruiz", "Ana Ruiz"),
    ],
)
def test_bylines(line, byline):
    for text in (f"{line}\n\n{LEAD}\n", f"{line}\n{LEAD}\n"):
        assert toolkit.read(text).byline == byline
        assert toolkit.read(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        f"By Popular Demand\n\n{LEAD}",
        f"By The River\n\n{LEAD}",
        f"By George He Did It\n\n{LEAD}",
        f"BY LAND AND SEA\n\n{LEAD}",
        f"Par Temps De Pluie\n\n{LEAD}",
        f"{HEAD}By the river\n\n{LEAD}",
        f"{HEAD}By train\n\n{LEAD}",
        f"{HEAD}By Tuesday Night\n\n{LEAD}",
        f"{HEAD}By March 2025\n\n{LEAD}",
        f"{HEAD}BY NOON\n\n{LEAD}",
        f"{HEAD}By Ana\n\n{LEAD}",
        f"{HEAD}By Ana Ruiz and others who came\n\n{LEAD}",
        f"{HEAD}By Ana Ruiz the bridge was closed.\n\n{LEAD}",
        f"{HEAD}Bypass Road Closed\n\n{LEAD}",
        f"{HEAD}Von der Leyen Visits Kyiv\n\n{LEAD}",
        f"{HEAD}Photo by Ana Ruiz\n\n{LEAD}",
        f"{HEAD}Ana Ruiz\n\n{LEAD}",
        f"{HEAD}By Ana Ruiz",
        f"{LEAD}\n\nBy Ana Ruiz\n\n{LEAD}",
        f"{HEAD}{LEAD}\n\n{LEAD}\n\nBy Ana Ruiz\n\n{LEAD}",
        "\n\n".join([*["Bridge closed"] * 6, f"By Ana Ruiz\n\n{LEAD}"]),
    ],
)
def test_no_byline(text):
    assert find_byline(text) == ""


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (f"Bridge closed until May\nBy Ana Ruiz\n\n{LEAD}", "Bridge closed until May"),
        (f"By Ana Ruiz\n\n{LEAD}", ""),
        (f"LE HAVRE, 12 mars\n\n{LEAD}", ""),
        (f"Bridge closed until May\nAna Ruiz\n{LEAD}", ""),
    ],
)
def test_a_headline_is_neither(text, headline):
    assert toolkit.read(text.encode(), name="story.txt").headline == headline


@given(st.text(st.sampled_from("LONDn ,-–—()123\n“Ée.By par/_"), max_size=80))
def test_both_are_words_of_the_text(text):
    dateline = dateline_of(text)
    assert dateline in text
    assert dateline == dateline.strip()
    assert find_byline(text) in one_line(text)
