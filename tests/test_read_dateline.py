"""Datelines: the usual forms of the wires, and all that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import toolkit
from toolkit.read.dateline import find_dateline

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
    ],
)
def test_no_dateline(text):
    assert find_dateline(text) == ""


@given(st.text(st.sampled_from("LONDn ,-–—()123\n“Ée."), max_size=80))
def test_a_dateline_is_words_of_the_text(text):
    dateline = find_dateline(text)
    assert dateline in text
    assert dateline == dateline.strip()
