"""Figures in French: the same rules, with the words and the order of another language."""

import functools
import re
import time
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan
from strategies import odd_texts

from toolkit import languages
from toolkit.figures import ORIGIN, figures
from toolkit.languages import installed_model
from toolkit.model import Measure

FRENCH = languages.get("fr")
BLANK = spacy.blank("fr")


@functools.cache
def model():
    return spacy.load(installed_model(FRENCH))


def found_in(doc):
    return [(doc.text[f.span.start : f.span.end], f.kind) for f in figures(doc, FRENCH)]


def cases(table):
    return [pytest.param(*row[1:], id=row[0]) for row in table]


# id, text, kind, its figures of that kind.
PRESENT = [
    ("percent-no-break", "Les prix ont gagné 3,6\u00a0% en tout.", "percent", ["3,6\u00a0%"]),
    ("percent-narrow", "Les prix ont gagné 3,6\u202f% en tout.", "percent", ["3,6\u202f%"]),
    ("percent-close", "Les prix ont gagné 14% en tout.", "percent", ["14%"]),
    ("percent-word", "Les prix ont gagné dix pour cent.", "percent", ["dix pour cent"]),
    ("percent-points", "Le taux a gagné 1,5 point de pourcentage, soit 150 points de base.", "percent", ["1,5 point de pourcentage", "150 points de base"]),
    ("percent-range", "Les prix montent de 10 à 15 % par an.", "percent", ["10 à 15 %"]),
    ("percent-between", "Les prix montent entre 10 et 15 %.", "percent", ["10 et 15 %"]),
    ("percent-quarter-point", "Le taux a perdu un quart de point.", "percent", ["un quart de point"]),
    ("percent-below-zero", "La croissance fut de -3,5 %.", "percent", ["-3,5 %"]),
    ("number-blank", "Quelque 12 500 personnes ont fui.", "number", ["12 500"]),
    ("number-narrow-no-break", "Quelque 12\u202f500 personnes ont fui.", "number", ["12\u202f500"]),
    ("number-points", "Quelque 1.200 personnes ont fui, puis 1.200.000.", "number", ["1.200", "1.200.000"]),
    ("number-million", "Plus de 1,2 million de personnes ont fui.", "number", ["1,2 million"]),
    ("number-words", "Il y avait deux cent trente-quatre moutons.", "number", ["deux cent trente-quatre"]),
    ("number-tens", "Il y avait soixante-dix moutons et quatre-vingt-dix-neuf chèvres.", "number", ["soixante-dix", "quatre-vingt-dix-neuf"]),
    ("number-belgian", "Il y avait septante-deux moutons et nonante chèvres.", "number", ["septante-deux", "nonante"]),
    ("number-and-one", "Vingt et un députés, trente-et-une voix, soixante et onze élus, cent un maires.", "number", ["Vingt et un", "trente-et-une", "soixante et onze", "cent un"]),
    ("number-thousand", "Mille soldats, deux mille cinq cents blindés.", "number", ["Mille", "deux mille cinq cents"]),
    ("number-ten-or-so", "Une dizaine de maisons, une vingtaine d’écoles et une centaine de fermes.", "number", ["Une dizaine", "une vingtaine", "une centaine"]),
    ("number-elided", "Plus d’une centaine d’élus, près d’un millier de gens.", "number", ["une centaine", "un millier"]),
    ("number-vague", "Des centaines de milliers de gens, des millions d’arbres, plusieurs dizaines.", "number", ["centaines de milliers", "millions", "plusieurs dizaines"]),
    ("number-half-dozen", "Une demi-douzaine d’œufs.", "number", ["Une demi-douzaine"]),
    ("number-and-a-half", "Deux millions et demi de gens.", "number", ["Deux millions et demi"]),
    ("number-nine", "Neuf hommes, neuf pompiers et neuf autres femmes.", "number", ["Neuf", "neuf", "neuf"]),
    ("number-ratio", "Neuf sur dix, et un sur deux.", "number", ["Neuf sur dix", "un sur deux"]),
    ("number-ratio-among", "Un Français sur cinq et neuf élèves sur dix lisent.", "number", ["Un Français sur cinq", "neuf élèves sur dix"]),
    ("number-fraction", "Un tiers des voix, les deux tiers, trois quarts de la ville.", "number", ["Un tiers", "deux tiers", "trois quarts"]),
    ("number-part", "Dix élus, dont un tiers de femmes, plus d’un quart, dont un tiers au nord.", "number", ["Dix", "un tiers", "un quart", "un tiers"]),
    ("number-half", "La moitié des élus, près de la moitié.", "number", ["La moitié", "la moitié"]),
    ("number-range", "Trois à cinq hommes, dix ou douze femmes.", "number", ["Trois à cinq", "dix ou douze"]),
    ("number-change", "Le bilan est passé de 12 à 17.", "number", ["12", "17"]),
    ("number-score", "Ils ont gagné 3-2 hier.", "number", ["3-2"]),
    ("number-before-year", "Plus de 2000 manifestants sont venus.", "number", ["2000"]),
    ("money-millions", "Il a coûté 2,5 millions d’euros, puis 2,5 milliards de dollars.", "money", ["2,5 millions d’euros", "2,5 milliards de dollars"]),
    ("money-sign", "Il a coûté 1 500 €, 12,50€ ou 12€50.", "money", ["1 500 €", "12,50€", "12€50"]),
    ("money-short", "Il a coûté 5 M€, 3 Md€ et 10 k€.", "money", ["5 M€", "3 Md€", "10 k€"]),
    ("money-countries", "Il a coûté 300 francs CFA, 20 dollars canadiens et 5 francs suisses.", "money", ["300 francs CFA", "20 dollars canadiens", "5 francs suisses"]),
    ("money-south", "Il a coûté 300 dirhams, 12 000 gourdes et 250 FCFA.", "money", ["300 dirhams", "12 000 gourdes", "250 FCFA"]),
    ("money-words", "Il a coûté trois cent mille euros et une dizaine d’euros.", "money", ["trois cent mille euros", "une dizaine d’euros"]),
    ("money-points", "Il a coûté 1.200.000,50 euros et 1.200,50 euros.", "money", ["1.200.000,50 euros", "1.200,50 euros"]),
    ("money-range", "Il a coûté de 2 à 3 millions d’euros.", "money", ["2 à 3 millions d’euros"]),
    ("money-pounds", "Il a coûté 300 livres sterling ou 25 000 livres libanaises.", "money", ["300 livres sterling", "25 000 livres libanaises"]),
    ("money-canadian", "Il a coûté 2 000 $ CA ou 5 $.", "money", ["2 000 $ CA", "5 $"]),
    ("quantity", "La route a 12,5 kilomètres ; l’aire, 3 000 mètres carrés.", "quantity", ["12,5 kilomètres", "3 000 mètres carrés"]),
    ("quantity-speed", "Il roulait à 120 km/h, ou 60 kilomètres à l’heure.", "quantity", ["120 km/h", "60 kilomètres à l’heure"]),
    ("quantity-age", "Un homme de 35 ans, âgée de quarante-deux ans.", "quantity", ["35 ans", "quarante-deux ans"]),
    ("quantity-one", "Un an de prison et une heure de route.", "quantity", ["Un an", "une heure"]),
    ("quantity-degrees", "Il a fait 40 °C, puis -5 °C et 30 degrés.", "quantity", ["40 °C", "-5 °C", "30 degrés"]),
    ("quantity-half-hour", "Une demi-heure, un quart d’heure, trois quarts d’heure.", "quantity", ["Une demi-heure", "un quart d’heure", "trois quarts d’heure"]),
    ("quantity-and-a-half", "Deux ans et demi de prison.", "quantity", ["Deux ans et demi"]),
    ("quantity-hours", "La semaine de 35 heures, à trois heures de route de Nantes.", "quantity", ["35 heures", "trois heures"]),
    ("quantity-stretch", "Un film de 2h10, pendant 1 h 30.", "quantity", ["2h10", "1 h 30"]),
    ("quantity-rain", "Il est tombé 80 mm en une vingtaine de minutes.", "quantity", ["80 mm", "une vingtaine de minutes"]),
    ("time-close", "Ils sont venus à 14h30 et partis à 20h.", "time", ["14h30", "20h"]),
    ("time-blank", "Ils attendent le 7 h 12.", "time", ["7 h 12"]),
    ("time-agency", "À 14H30 GMT, ils étaient partis.", "time", ["14H30 GMT"]),
    ("time-word", "Ils sont venus à 14 heures et partis vers vingt-deux heures.", "time", ["14 heures", "vingt-deux heures"]),
    ("time-of-day", "Ils se levaient à cinq heures du matin.", "time", ["cinq heures du matin"]),
    ("time-noon", "Ils sont venus à midi et partis à minuit.", "time", ["midi", "minuit"]),
    ("time-range", "De 9 à 17 heures, de 14h à 16h.", "time", ["9 à 17 heures", "14h à 16h"]),
    ("date-whole", "Elle est venue mardi 12 mars 2025.", "date", ["mardi 12 mars 2025"]),
    ("date-first", "Elle est venue le 1er janvier.", "date", ["1er janvier"]),
    ("date-day", "Elle est venue le 12 mars, puis lundi.", "date", ["12 mars", "lundi"]),
    ("date-range", "Du 12 au 14 mars, les 3 et 4 mai.", "date", ["12 au 14 mars", "3 et 4 mai"]),
    ("date-month", "Elle est venue en août 2024, puis fin juin, mi-juillet et début d’avril.", "date", ["août 2024", "juin", "juillet", "avril"]),
    ("date-year", "Elle est venue en 2019, entre 2021 et 2023, depuis 1789, d’ici à 2030.", "date", ["2019", "2021", "2023", "1789", "2030"]),
    ("date-season", "La saison 2024-2025, la présidentielle 2027 et le rapport 2026.", "date", ["2024-2025", "2027", "2026"]),
    ("date-decade", "Dans les années 1990, puis les années 80 et les années trente.", "date", ["années 1990", "années 80", "années trente"]),
    ("date-figures", "Elle est venue le 14/3/2021, pas le 14.03.2021.", "date", ["14/3/2021", "14.03.2021"]),
    ("relative-day", "Hier, aujourd’hui, demain, avant-hier soir.", "relative", ["Hier", "aujourd’hui", "demain", "avant-hier soir"]),
    ("relative-behind", "La semaine dernière, l’an dernier, le mois prochain, l’année précédente.", "relative", ["La semaine dernière", "l’an dernier", "le mois prochain", "l’année précédente"]),
    ("relative-weekday", "Elle est venue ce mardi, puis lundi dernier.", "relative", ["ce mardi", "lundi dernier"]),
    ("relative-month", "Elle est venue en mars dernier.", "relative", ["mars dernier"]),
    ("relative-ago", "Il y a deux ans, il y a une dizaine d’années, il y a quelques jours.", "relative", ["Il y a deux ans", "il y a une dizaine d’années", "il y a quelques jours"]),
    ("relative-since", "Depuis trois jours, depuis plus d’un an, dans deux semaines.", "relative", ["Depuis trois jours", "depuis plus d’un an", "dans deux semaines"]),
    ("relative-later", "Deux ans plus tard, quelques jours plus tôt.", "relative", ["Deux ans plus tard", "quelques jours plus tôt"]),
    ("relative-this", "Ce matin, cette semaine, cet été, ce jour-là.", "relative", ["Ce matin", "cette semaine", "cet été", "ce jour-là"]),
    ("relative-stretch", "Les deux dernières années, ces derniers jours, les prochaines 48 heures.", "relative", ["Les deux dernières années", "ces derniers jours", "les prochaines 48 heures"]),
    ("relative-eve", "La veille, ils étaient là ; le lendemain, non.", "relative", ["La veille", "le lendemain"]),
    ("relative-same", "Le même jour, elle est venue.", "relative", ["Le même jour"]),
    ("number-of-a-place-name-s-word", "Dix hommes ont fui Dix-Maisons.", "number", ["Dix"]),
]  # fmt: skip

# id, text, what must not be found: a kind, or "" for any.
ABSENT = [
    ("article", "Un homme et une femme sont venus, l’un avec l’autre.", ""),
    ("article-each", "Un à un, une à une, un ou une, les uns et les autres.", ""),
    ("article-time", "Un jour, une fois, une nuit, une année difficile, une seconde fois.", ""),
    ("article-money", "Un franc succès, un euro fort, une livre bien faite.", ""),
    ("new", "Un bateau neuf mais gris, un camion neuf gris, une robe flambant neuf, quoi de neuf ? Remis à neuf.", ""),
    ("now", "Or il pleut, car l’or a fondu.", ""),
    ("second", "Le second homme, la seconde fois, le second quart, un quart de finale.", ""),
    ("third-party", "Par un tiers, au tiers-monde, le trois-quarts centre.", ""),
    ("ordinal", "Le 1er, la 2e, la 3ème, le 21e siècle, le XXIe siècle.", ""),
    ("ordinal-words", "La deuxième, la trente-cinquième, le vingt et unième, la vingt-et-unième.", ""),
    ("compound", "Un deux-roues, un trois-mâts, un mille-feuille, les Deux-Sèvres, Trois-Rivières.", ""),
    ("compound-date", "Le 14-Juillet, le 11-Septembre.", ""),
    ("cars", "Un quatre-quatre, un 4x4, un 4 x4.", "percent"),
    ("label", "Page 12, pages 3 et 4, chapitre 5, numéro 7, salle 12.", ""),
    ("label-close", "Le n°12, le n° 12 et le N°3.", ""),
    ("label-law", "L’article 49.3, le 49.3, le 49-3, les articles 5 à 9.", ""),
    ("label-law-alone", "L’article 16 et l’alinéa 3.", ""),
    ("label-street", "Au 12, rue Basse, au 5 bis, au 8 avenue Haute.", ""),
    ("label-road", "Sur l’A7, l’A 7, la N 20, la D902.", ""),
    ("label-index", "Le CAC 40 a monté, le SBF 120 aussi.", ""),
    ("label-bac", "Il a un bac +5, et un Boeing 737.", ""),
    ("within-word", "Le G20, le G7, la 5G, l’U17 et le Covid-19.", ""),
    ("phone", "Appelez le 01 42 34 56 78 ou le +33 1 42 34 56 78.", ""),
    ("phone-points", "Appelez le 01.42.34.56.78 ou le 06.12.34.56.78.", ""),
    ("phone-help", "Appelez le 3919.", ""),
    ("url", "Voir https://exemple.org/2021/03/14/500 et www.exemple.org/12.", ""),
    ("address", "Écrire à desk24@exemple.org ou @user99, sur #top10.", ""),
    ("round-the-clock", "Ouvert 24h/24 et 7j/7, 24 heures sur 24, 7 jours sur 7.", ""),
    ("the-union", "Les Vingt-Sept se sont réunis.", ""),
    ("name-news", "Il lit 20 Minutes ; elle l’a dit au 20 heures.", ""),
    ("name-place", "Ils sont venus à Quatre-Bornes.", ""),
    ("world-war", "La guerre de 14-18, Mai 68.", "number"),
    ("percent-no-number", "Le pourcentage, pour cent raisons.", "percent"),
    ("percent-number", "Cent pour moi.", "percent"),
    ("number-no-year", "La ville, en 2019, a changé.", "number"),
    ("number-hour", "À 14h30 ils sont venus.", "number"),
    ("money-books", "Il a lu 300 livres et vu 2 couronnes.", "money"),
    ("money-no-number", "Le dollar, le franc et l’euro ont baissé.", ""),
    ("money-francs", "Ils ont eu 12 francs-tireurs.", "money"),
    ("quantity-word-within", "Les 12 mètreurs et les 3 kilotonneaux.", "quantity"),
    ("quantity-alone", "Les kilomètres et les années étaient longs.", ""),
    ("quantity-quarantine", "Une quarantaine de 14 jours.", "number"),
    ("time-stretch", "Ils ont roulé 14 heures, à deux heures de Nantes.", "time"),
    ("time-south", "Dans le Midi, en Midi-Pyrénées, aux Éditions de Minuit.", ""),
    ("time-afternoon", "Un après-midi, après minuitée.", ""),
    ("time-of-nothing", "À 25h61 et 14h3 ils sont partis.", "time"),
    ("date-planet", "Ils vont sur Mars, Mars la rouge.", ""),
    ("date-may", "Il mai pas ; mars attaque.", ""),
    ("date-american", "En mars 12 personnes sont venues.", "number-date"),
    ("date-counted", "Ils ont vendu 2019 billets.", "date"),
    ("date-money", "Un prêt de 2000 euros.", "date"),
    ("date-no-calendar", "Les rapports 45/77/2021 et 99.99.2021.", "date"),
    ("date-feast", "Le mardi gras et le vendredi saint.", ""),
    ("relative-of-the-eve", "La veille de Noël, le lendemain de la fête.", ""),
    ("relative-past", "Une semaine passée à lire ; le temps passé.", "relative"),
    ("relative-hour", "À la dernière minute, la dernière heure.", ""),
    ("relative-within", "Les hiérarques, les demaines.", ""),
    ("relative-plain", "L’année a des semaines et des jours ; chaque année.", ""),
    ("relative-there-is", "Il y a deux maisons.", "relative"),
    ("no-break", "Ils en ont compté 3\n\nans plus tard ils sont partis.", "quantity"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "words"), cases(PRESENT))
def test_a_figure_is_found_whole(text, kind, words):
    assert [found for found, each in found_in(model()(text)) if each == kind] == words


@pytest.mark.parametrize(("text", "kind"), cases(ABSENT))
def test_what_is_no_figure_is_left(text, kind):
    assert [(words, each) for words, each in found_in(model()(text)) if kind in ("", each)] == []


# id, text, the names that the model marks, all figures.
WITH_NAMES = [
    ("with-number", "Les fans de Blink 182 sont partis.", [("Blink 182", "ORG")], []),
    ("with-part-of-figure", "La banque Quarante Sept a fermé.", [("Banque Quarante", "ORG")], [("Quarante Sept", "number")]),
    ("with-year", "Paris 2024 a commencé.", [("Paris 2024", "LOC")], []),
    ("beside", "Avec 14 amis, Blink est parti.", [("Blink", "ORG")], [("14", "number")]),
    ("person", "Louis 14 est mort.", [("Louis 14", "PER")], []),
    ("no-name-but-a-day", "Lundi, ils sont partis.", [("Lundi", "LOC")], [("Lundi", "date")]),
    ("no-name-but-a-sign", "Pour 3 Md€.", [("Md€.", "ORG")], [("3 Md€", "money")]),
    ("other-marks-close-nothing", "Les 14 sont partis.", [("14", "MISC")], [("14", "number")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "found"), cases(WITH_NAMES))
def test_what_lies_in_a_name_of_the_model_is_none(text, names, found):
    doc = model().make_doc(text)
    spans = [
        doc.char_span(text.find(w), text.find(w) + len(w), label=label, alignment_mode="expand")
        for w, label in names
    ]
    doc.ents = [span for span in spans if span]
    assert found_in(doc) == found


# id, text, of each figure its measures as (value, unit) or (value, unit, up to), and its qualifier.
VALUES = [
    ("at-least", "Au moins 12 500 personnes ont fui.", [([(12500, "")], "Au moins")]),
    ("about", "Environ 3,6 % des gens ont fui.", [([(3.6, "%")], "Environ")]),
    ("more-than", "Plus de 2,5 milliards d’euros ont fui.", [([(2.5e9, "EUR")], "Plus de")]),
    ("more-than-elided", "Plus d’une centaine de gens ont fui.", [([(100, "")], "Plus d’")]),
    ("near", "Près de 1.200 personnes ont fui.", [([(1200, "")], "Près de")]),
    ("less-than", "Moins de 300 francs CFA ont suffi.", [([(300, "CFA franc")], "Moins de")]),
    ("some", "Quelque 80 km/h ont suffi.", [([(80, "km/h")], "Quelque")]),
    ("up-to", "Il risque jusqu’à dix ans.", [([(10, "year")], "jusqu’à")]),
    ("or-more", "Des gens de 40 ans ou plus.", [([(40, "year")], "ou plus")]),
    ("words", "Deux cent trente-quatre soldats ont fui.", [([(234, "")], "")]),
    ("tens", "Soixante-dix-sept chèvres et quatre-vingt-dix-neuf moutons.", [([(77, "")], ""), ([(99, "")], "")]),
    ("and-one", "Vingt et un mille soldats, soixante et onze chars.", [([(21000, "")], ""), ([(71, "")], "")]),
    ("bare", "Mille cent soldats, puis cent mille.", [([(1100, "")], ""), ([(100000, "")], "")]),
    ("ten-or-so", "Une vingtaine d’années, une demi-douzaine d’œufs.", [([(20, "year")], ""), ([(6, "")], "")]),
    ("hundred-thousands", "Une centaine de milliers d’euros.", [([(100000, "EUR")], "")]),
    ("million-and-a-half", "Deux millions et demi de dollars canadiens.", [([(2.5e6, "CAD")], "")]),
    ("year-and-a-half", "Deux ans et demi de prison.", [([(2.5, "year")], "")]),
    ("quarter-of-an-hour", "Un quart d’heure, puis une demi-heure.", [([(0.25, "h")], ""), ([(0.5, "h")], "")]),
    ("points", "Il a coûté 1.200.000,50 euros.", [([(1200000.5, "EUR")], "")]),
    ("short", "Il a coûté 5 M€, puis 3 Md€ et 10 k€.", [([(5e6, "EUR")], ""), ([(3e9, "EUR")], ""), ([(10000, "EUR")], "")]),
    ("money-range", "Il a coûté de 2 à 3 millions d’euros.", [([(2e6, "EUR", 3e6)], "")]),
    ("two-currencies", "Il a coûté 12 milliards de gourdes (90 millions de dollars).", [([(12e9, "HTG"), (90e6, "USD")], "")]),
    ("two-currencies-soit", "Il a coûté 500 francs suisses, soit 530 euros.", [([(500, "CHF"), (530, "EUR")], "")]),
    ("two-amounts", "Il a coûté 500 francs suisses, ou 530 euros.", [([(500, "CHF")], ""), ([(530, "EUR")], "")]),
    ("dollars-of-two-countries", "Il a coûté 5 $, puis 8 $ CA.", [([(5, "dollar")], ""), ([(8, "CAD")], "")]),
    ("share", "Un Français sur cinq, deux tiers des voix.", [([(20, "%")], ""), ([(66.67, "%")], "")]),
    ("half", "La moitié des élus.", [([(50, "%")], "")]),
    ("percentage-points", "Le taux a perdu 1,5 point de pourcentage.", [([(1.5, "percentage point")], "")]),
    ("square", "L’aire a 3 000 mètres carrés, ou 40 litres par seconde.", [([(3000, "m²")], ""), ([(40, "L/s")], "")]),
    ("below-zero", "Il a fait -5 °C.", [([(-5, "°C")], "")]),
    ("ages", "Les 18-25 ans ont fui.", [([(18, "year", 25)], "")]),
    ("vague", "Des dizaines de milliers de gens, plusieurs centaines.", [([], ""), ([], "")]),
    ("score", "Ils ont gagné 3-2.", [([], "")]),
    ("date", "Le 12 mars 2025, hier.", [([], ""), ([], "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), cases(VALUES))
def test_what_a_figure_comes_to(text, expected):
    found = figures(model()(text), FRENCH)
    measures = [[(m.value, m.unit, m.upto)[: 2 if m.upto is None else 3] for m in f.measures] for f in found]
    qualifiers = [text[slice(*f.qualifier)] if f.qualifier else "" for f in found]
    assert list(zip(measures, qualifiers, strict=True)) == expected


def test_what_is_counted_is_told():
    text = "Neuf autres soldats ont fui, et 14 villages ont brûlé."
    assert [text[slice(*f.counts)] for f in figures(model()(text), FRENCH)] == ["soldats", "villages"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Il y a deux millions de personnes ici.", ["personnes"]),
        ("Une trentaine d'engins ont brûlé.", ["engins"]),
        ("Dix blessés, dont trois grièvement.", ["blessés", None]),
    ],
)
def test_what_is_counted_behind_de(text, counted):
    found = figures(model()(text), FRENCH)
    assert [text[slice(*f.counts)] if f.counts else None for f in found] == counted


def test_ends_of_a_range_with_a_unit_each():
    for text, value, upto, unit in (
        ("Entre 15 % et 20 % des voix.", 15, 20, "%"),
        ("Entre 18 M€ et 22 M€.", 18e6, 22e6, "EUR"),
    ):
        (figure,) = figures(model()(text), FRENCH)
        assert figure.measures == (Measure(value, unit, upto),)


def test_marks_of_an_encoder_are_not_wanted():
    first, second = figures(model()("Hier, 14 hommes ont fui."), FRENCH)
    assert (first.id, first.kind, first.score, first.origin) == ("f1", "relative", None, ORIGIN)
    assert (second.id, second.kind, second.score, second.origin) == ("f2", "number", None, ORIGIN)


AMOUNTS = st.sampled_from((
    *("14 ", "3-2", "1 234 567 ", "12,5 ", "1.200,50", "€", "$ CA", "% ", " pour cent ", "km", " kilomètres ", "- ", "– ", "M€ "),
    *("deux cent ", "et un ", "un ", "une dizaine ", "de milliers ", "d’", "l’", "plusieurs ", "millions ", "euros ", " à ", " et "),
    *("mardi ", "12 mars ", "2021", "1er ", "14h30 ", " heures ", "du matin ", "il y a ", "depuis ", "ans ", "plus tard ", "dernière "),
    *("la semaine ", "ce ", "hier ", "années ", "sur dix ", "neuf ", "½ ", "٣ ", "\n", "\u202f", "’", "01 42 34 56 78 ", "n°", "(", "/"),
))  # fmt: skip
texts = st.lists(AMOUNTS | odd_texts, max_size=12).map("".join)
LABELS = st.sampled_from(("PER", "LOC", "ORG", "MISC"))


@settings(max_examples=40, deadline=None)
@given(texts, st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3), LABELS), max_size=4))
def test_figures_lie_in_the_text_in_order_and_apart(text, spots):
    doc = BLANK(text)
    names, at = [], 0
    for gap, length, label in spots:
        start, at = at + gap, min(at + gap + length, len(doc))
        if start < at:
            names.append(TokenSpan(doc, start, at, label=label))
    doc.ents = [name for name in names if name.text.strip()]
    found = figures(doc, FRENCH)
    assert doc.text == text
    assert [f.id for f in found] == [f"f{n}" for n in range(1, len(found) + 1)]
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all((words := text[slice(*f.span)]) == words.strip() for f in found)
    assert found == figures(doc, FRENCH)


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1 111", "1.111", "1-", "1 à ", "10h", "un ", "une ", "cent ", "et un ", "vingt et un ", "dizaine de ", "€", "$ US ", "5 A B ", "12 mars ", "mars ", "la semaine ", "dernière ", "les ", "il y a ", "depuis un ", "d’", "de un quart ", "sur ", "1 a sur ", "à 1 heure "],
)  # fmt: skip
def test_no_text_takes_long(piece):
    text = (piece * 10_000)[:10_000]
    doc = Doc(BLANK.vocab, words=re.findall(r"\S{1,100}|\s{1,100}", text) or [text])
    begin = time.perf_counter()
    figures(doc, FRENCH)
    assert time.perf_counter() - begin < 10  # half a second or so; what is quadratic takes far longer
