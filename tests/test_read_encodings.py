"""Encodings: what newsrooms have on their disks comes out as it was written."""

import codecs
import random

import pytest

import toolkit
from toolkit.errors import UnreadableArticle

ENGLISH = "“We will not wait,” the mayor said on Tuesday – it’s late. The café’s owner agreed…\n"
FRENCH = "« Nous n’attendrons plus », a déclaré la maire mardi. L’État a promis une réponse avant l’été.\n"
JAPANESE = "「もう待てない」と市長は火曜日に述べた。労働組合は港を一週間閉鎖することに同意した。\n"


def read(data, name="story.txt"):
    return toolkit.read(data, name=name, language="en").text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac_roman"),
        (JAPANESE, "utf-16"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("’", "'"), "latin-1"),
        ("Die Bürgermeisterin sagte, „wir können nicht länger warten“. Die Häfen schließen.\n", "cp1252"),
        ("«No esperaremos más», dijo la alcaldesa. ¿Cuándo abrirá el puerto? Mañana.\n", "cp1252"),
        ("„Nie będziemy dłużej czekać” – powiedziała burmistrz w środę. Związki się zgodziły.\n", "cp1250"),
        (
            "„Nebudeme už čekat,“ řekla starostka ve středu. Odbory souhlasily, přístav zůstane zavřený.\n",
            "cp1250",
        ),
        ("“Artık beklemeyeceğiz,” dedi belediye başkanı salı günü. Sendikalar bunu kabul etti.\n", "cp1254"),
        ("«Мы больше не будем ждать», — сказала мэр в среду. Профсоюзы согласились.\n", "cp1251"),
        ("Мы больше не будем ждать, сказала мэр в среду. Профсоюзы согласились.\n", "koi8-r"),
        (
            "قالت رئيسة البلدية يوم الثلاثاء إنها لن تنتظر أكثر. ووافقت النقابات على إغلاق الميناء.\n",
            "cp1256",
        ),
        ("“我们不会再等了，”市长周二表示。工会同意将港口关闭一周。\n", "gb18030"),
        ("시장은 화요일에 더 이상 기다리지 않겠다고 말했다. 노조는 합의했다.\n", "cp949"),
    ],
)
@pytest.mark.parametrize("times", [1, 9])
def test_the_encoding_is_found(text, encoding, times):
    assert read((text * times).encode(encoding)) == text * times


def test_a_single_curly_quote_in_a_long_text_is_enough():
    text = "The mayor said on Tuesday that the bridge would stay closed until the month's end.\n" * 40
    text += "It’s late.\n"
    assert read(text.encode("cp1252")) == text


def test_a_byte_order_mark_is_believed():
    with pytest.raises(UnreadableArticle, match=r"story.txt says that it is UTF-8 and is not, at byte 12"):
        read(codecs.BOM_UTF8 + "the café".encode() + b"\xe9")
    with pytest.raises(UnreadableArticle, match="UTF-16"):
        read(codecs.BOM_UTF16_LE + b"a")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        random.Random(3).randbytes(5_000),
        b"\x05\xfb\x90\x64\x00\x0f\xf0\x00" * 300,
        b"\x02\x01\x01\x00" + bytes(range(128, 256)) * 10 + b"\x01\x02" * 200,
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnreadableArticle, match=r"story.txt is not text"):
        read(data)


def test_zeros_in_a_text_stay():
    assert read(b"nul \0 here, in a line of plain text\n") == "nul \0 here, in a line of plain text\n"


PAGE = "<html><head>{meta}<title>T</title></head><body><p>{text}</p><p>{text}!</p></body></html>"


@pytest.mark.parametrize(
    ("meta", "text", "encoding"),
    [
        ('<meta charset="shift_jis">', JAPANESE, "shift_jis"),
        ("<meta charset=windows-1252>", FRENCH, "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', ENGLISH, "cp1252"),
        ('<meta charset="iso-2022-jp">', JAPANESE, "iso2022_jp"),
        (
            '<meta charset="windows-1253">',
            "«Δεν θα περιμένουμε άλλο», είπε η δήμαρχος την Τρίτη.\n",
            "cp1253",
        ),
        # What a page says may be wrong.
        ('<meta charset="iso-8859-1">', FRENCH, "utf-8"),
        ('<meta charset="utf-8">', FRENCH, "cp1252"),
        ('<meta charset="utf-16">', ENGLISH, "utf-8"),
        ('<meta charset="rot13">', ENGLISH, "utf-8"),
        ('<meta charset="zip">', FRENCH, "cp1252"),
        ('<meta charset="undefined">', FRENCH, "cp1252"),
        ("", FRENCH, "cp1252"),
        ("", ENGLISH, "utf-16"),
    ],
)
def test_web_pages_name_their_encoding(meta, text, encoding):
    page = PAGE.format(meta=meta, text=text)
    assert read(page.encode(encoding), "page.html").startswith(text.strip())
