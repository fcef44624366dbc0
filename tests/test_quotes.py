"""Quotes: what counts as said, of which kind, in which pieces; and what was never said."""

import functools
import re
import textwrap
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import odd_texts

import toolkit
from toolkit import Article, languages
from toolkit.paragraphs import paragraphs
from toolkit.pipeline import pipeline
from toolkit.quotes import find_quotes


@functools.cache
def read(text, language="en"):
    return toolkit.annotate(Article(text, language=language))


def words(notes, spans):
    """Pieces of content, without what is neither here nor there: "that", and stops and dashes outside marks."""
    return [_bare(notes.text(span).strip(" ,;—")) for span in spans]


def _bare(piece):
    if piece[0] not in '“«‘"' and piece[-1] == ".":
        piece = piece[:-1]
    return re.sub(r"^(that|que) |^qu’", "", piece)


def said(text, language):
    """What is said in a text, in order: kind and pieces."""
    notes = read(text, language)
    spoken = [q for q in notes.quotes if q.kind != "scare" and q.act == "speech"]
    return [(q.kind, *words(notes, q.content)) for q in spoken]


def cases(*tables):
    rows = [row for table in tables for row in table]
    return [pytest.param(*row[1:], id=f"{n}-{row[0]}") for n, row in enumerate(rows, 1)]


# id, language, text, its quotes: kind and pieces. Everything said in the text is listed.
DIRECT = [
    ("behind", "en", "“The bridge is closed,” Torres said.", [("direct", "“The bridge is closed,”")]),
    ("inverted", "en", "“The bridge is closed,” said Mayor Maria Torres.", [("direct", "“The bridge is closed,”")]),
    ("straight", "en", "\"The bridge is closed,\" Torres said.", [("direct", "\"The bridge is closed,\"")]),
    ("single", "en", "‘The bridge is closed,’ Torres said.", [("direct", "‘The bridge is closed,’")]),
    ("single-apostrophe", "en", "‘We don’t know the workers’ plans,’ Torres said.", [("direct", "‘We don’t know the workers’ plans,’")]),
    ("comma-ahead", "en", "Torres said, “The bridge is closed.”", [("direct", "“The bridge is closed.”")]),
    ("colon-ahead", "en", "Torres said: “The bridge is closed.”", [("direct", "“The bridge is closed.”")]),
    ("told", "en", "“The bridge is closed,” Torres told reporters on Monday.", [("direct", "“The bridge is closed,”")]),
    ("told-ahead", "en", "Torres told the council, “The bridge is closed.”", [("direct", "“The bridge is closed.”")]),
    ("question", "en", "“Why is the bridge closed?” a driver asked.", [("direct", "“Why is the bridge closed?”")]),
    ("exclamation", "en", "“Open the bridge!” shouted the crowd.", [("direct", "“Open the bridge!”")]),
    ("wrote", "en", "“The bridge is closed,” Torres wrote on her website.", [("direct", "“The bridge is closed,”")]),
    ("unlisted-verb", "en", "“The bridge is closed,” Torres thundered.", [("direct", "“The bridge is closed,”")]),
    ("long-name", "en", "“The bridge is closed,” said Maria Torres, the mayor of the town since 2019.", [("direct", "“The bridge is closed,”")]),
    ("adverb", "en", "“The bridge is closed,” Torres repeatedly said.", [("direct", "“The bridge is closed,”")]),
    ("two-speakers", "en", "“The bridge is closed,” Torres said. “We know,” answered Brandt.", [("direct", "“The bridge is closed,”"), ("direct", "“We know,”")]),
    ("nested", "en", "“He told me ‘never again’ and left,” Torres said.", [("direct", "“He told me ‘never again’ and left,”")]),
    ("nested-sentence", "en", "“My mother said, ‘Leave the house,’ so we left,” Torres said.", [("direct", "“My mother said, ‘Leave the house,’ so we left,”")]),
    ("verbs-inside", "en", "“They said it was safe and the city agreed,” Torres said.", [("direct", "“They said it was safe and the city agreed,”")]),
    ("signature", "en", "“The river gave us everything we have.” — Carla Sanchez", [("direct", "“The river gave us everything we have.”")]),
    ("signature-role", "en", "“The river gave us everything we have.” ― Carla Sanchez, fisher", [("direct", "“The river gave us everything we have.”")]),
    ("signature-line", "en", "“The river gave us everything we have.”\n— Carla Sanchez", [("direct", "“The river gave us everything we have.”")]),
    ("transcript-marks", "en", "TORRES: “The bridge is closed.”", [("direct", "“The bridge is closed.”")]),
    ("french-inverted", "fr", "« Le pont est fermé », a déclaré la maire, Solène Marchetti.", [("direct", "« Le pont est fermé »")]),
    ("french-clitic", "fr", "« Le pont est fermé », dit-elle.", [("direct", "« Le pont est fermé »")]),
    ("french-clitic-aux", "fr", "« Le pont est fermé », a-t-elle dit.", [("direct", "« Le pont est fermé »")]),
    ("french-colon", "fr", "La maire a dit : « Le pont est fermé. »", [("direct", "« Le pont est fermé. »")]),
    ("french-curly", "fr", "“Le pont est fermé”, a déclaré la maire.", [("direct", "“Le pont est fermé”")]),
    ("french-no-break", "fr", "«\u00a0Le pont est fermé\u202f», a-t-elle dit.", [("direct", "«\u00a0Le pont est fermé\u202f»")]),
    ("french-turns", "fr", "— Le pont est fermé, a dit le premier.\n\n— Il l’a toujours été, a répondu le second.", [("direct", "Le pont est fermé"), ("direct", "Il l’a toujours été")]),
    ("colon-list", "en", "The sign said: “Keep out.”", [("direct", "“Keep out.”")]),
    ("quote-then-indirect", "en", "“The bridge is closed,” Torres said, adding that it would open in June.", [("direct", "“The bridge is closed,”"), ("indirect", "it would open in June")]),
    ("as-she-put", "en", "The bridge is, as Torres put it, “a danger to every family.”", [("direct", "“a danger to every family.”")]),
    ("in-quote-according", "en", "“According to my mother, it was safe,” Torres said.", [("direct", "“According to my mother, it was safe,”")]),
    ("headline-colon", "en", "Mayor: ‘Bridge is closed’", [("direct", "‘Bridge is closed’")]),
    ("single-headline", "en", "‘We are done,’ says mayor", [("direct", "‘We are done,’")]),
    ("ellipsis", "en", "“The bridge is …,” Torres began.", [("direct", "“The bridge is …,”")]),
    ("uk-comma-outside", "en", "‘The bridge is closed’, Torres said.", [("direct", "‘The bridge is closed’")]),
    ("reads", "en", "“Keep out of the water,” the sign reads.", [("direct", "“Keep out of the water,”")]),
    ("chant", "en", "Protesters chanted “Open the bridge now.”", [("direct", "“Open the bridge now.”")]),
    ("saying-quote", "en", "Torres closed the bridge, saying: “It is a danger.”", [("direct", "“It is a danger.”")]),
    ("said-of", "en", "“He saved us,” Torres said of Whitcombe.", [("direct", "“He saved us,”")]),
    ("tweet", "en", "“The bridge is closed,” Torres tweeted.", [("direct", "“The bridge is closed,”")]),
    ("fr-mixed-frag", "fr", "La maire a dénoncé « un danger pour chaque famille ».", [("direct", "« un danger pour chaque famille »")]),
    ("fr-question", "fr", "« Pourquoi le pont est-il fermé ? » demande un habitant.", [("direct", "« Pourquoi le pont est-il fermé ? »")]),
    ("fr-nested", "fr", "« On nous a parlé de “concertation”, mais rien n’a changé », regrette-t-il.", [("direct", "« On nous a parlé de “concertation”, mais rien n’a changé »")]),
    ("long-quote-three-sentences", "en", "“The bridge is closed. It is old. It will open in June,” Torres said.", [("direct", "“The bridge is closed. It is old. It will open in June,”")]),
    ("then-unrelated-scare", "en", "“The bridge is closed,” Torres said of the so-called “peace bridge” in the town.", [("direct", "“The bridge is closed,”")]),
    ("quote-then-plain", "en", "“The bridge is closed,” Torres said. She then left the room.", [("direct", "“The bridge is closed,”")]),
    ("plain-then-quote", "en", "The rain fell on Monday. “The bridge is closed,” Torres said.", [("direct", "“The bridge is closed,”")]),
]  # fmt: skip

SPLIT = [
    ("two-sentences", "en", "“The bridge is closed,” Torres said. “It will open in June.”", [("direct", "“The bridge is closed,”", "“It will open in June.”")]),
    ("one-sentence", "en", "“The bridge,” Torres said, “is closed.”", [("direct", "“The bridge,”", "“is closed.”")]),
    ("three", "en", "“The bridge,” Torres said, “is closed.” She paused. “It will open in June.”", [("direct", "“The bridge,”", "“is closed.”"), ("direct", "“It will open in June.”")]),
    ("pronoun", "en", "“The bridge is closed,” she said. “It will open in June.”", [("direct", "“The bridge is closed,”", "“It will open in June.”")]),
    ("inverted", "en", "“The bridge is closed,” said Maria Torres, the mayor. “It will open in June.”", [("direct", "“The bridge is closed,”", "“It will open in June.”")]),
    ("straight", "en", "\"The bridge is closed,\" Torres said. \"It will open in June.\"", [("direct", "\"The bridge is closed,\"", "\"It will open in June.\"")]),
    ("single", "en", "‘The bridge is closed,’ Torres said. ‘It will open in June.’", [("direct", "‘The bridge is closed,’", "‘It will open in June.’")]),
    ("french", "fr", "« Le pont est fermé », a déclaré la maire. « Il rouvrira en juin. »", [("direct", "« Le pont est fermé »", "« Il rouvrira en juin. »")]),
    ("french-cue-between-the-marks", "fr", "« Le pont est fermé, a-t-elle déclaré. Il rouvrira en juin. »", [("direct", "« Le pont est fermé", "Il rouvrira en juin. »")]),
    ("french-cue-to-the-press", "fr", "« Je ne demande pas la lune, a-t-il lancé devant la presse. Je demande un pont. »", [("direct", "« Je ne demande pas la lune", "Je demande un pont. »")]),
    ("french-name-between-the-marks", "fr", "« Le pont est fermé, insiste Marchetti. Il rouvrira en juin. »", [("direct", "« Le pont est fermé", "Il rouvrira en juin. »")]),
    ("french-mid-sentence", "fr", "« Le pont, a-t-elle déclaré, est fermé. »", [("direct", "« Le pont", "est fermé. »")]),
]  # fmt: skip

PARAGRAPHS = [
    ("unclosed-goes-on", "en", "“The bridge is closed,” Torres said. “It is a danger.\n\n“It will open in June.”", [("direct", "“The bridge is closed,”", "“It is a danger.", "“It will open in June.”")]),
    ("cue-ahead", "en", "Torres said: “The bridge is closed.\n\n“It is a danger.\n\n“It will open in June.”", [("direct", "“The bridge is closed.", "“It is a danger.", "“It will open in June.”")]),
    ("french", "fr", "La maire a déclaré : « Le pont est fermé.\n\n« Il rouvrira en juin. »", [("direct", "« Le pont est fermé.", "« Il rouvrira en juin. »")]),
    ("not-across-another-speaker", "en", "“The bridge is closed,” Torres said.\n\n“We know,” Brandt said.", [("direct", "“The bridge is closed,”"), ("direct", "“We know,”")]),
    ("three-paras-middle-cue", "en", "“One came,” Torres said.\n\n“Two came,” she said.\n\n“Three came,” she said.", [("direct", "“One came,”"), ("direct", "“Two came,”"), ("direct", "“Three came,”")]),
    ("fr-para", "fr", "« Le pont est fermé », a dit la maire.\n\n« Il rouvrira en juin », a-t-elle ajouté.", [("direct", "« Le pont est fermé »"), ("direct", "« Il rouvrira en juin »")]),
]  # fmt: skip

INDIRECT = [
    ("said", "en", "The mayor said the bridge was closed.", [("indirect", "the bridge was closed")]),
    ("said-that", "en", "The mayor said on Monday that the bridge was closed.", [("indirect", "the bridge was closed")]),
    ("behind", "en", "The bridge is closed, the mayor said.", [("indirect", "The bridge is closed")]),
    ("behind-inverted", "en", "The bridge is closed, said Maria Torres.", [("indirect", "The bridge is closed")]),
    ("told", "en", "Two people were hurt, police told Reuters.", [("indirect", "Two people were hurt")]),
    ("told-that", "en", "Torres told the council that the bridge was closed.", [("indirect", "the bridge was closed")]),
    ("told-bare", "en", "Torres told reporters the bridge was closed.", [("indirect", "the bridge was closed")]),
    ("had-said", "en", "Torres had said the group was ready to free the ferry.", [("indirect", "the group was ready to free the ferry")]),
    ("warned", "en", "Officials warned that the piers could fail.", [("indirect", "the piers could fail")]),
    ("denied", "en", "The company denied that the piers were cracked.", [("indirect", "the piers were cracked")]),
    ("added", "en", "She added that the ferry was full.", [("indirect", "the ferry was full")]),
    ("and", "en", "Torres said the bridge was closed and the ferry was full.", [("indirect", "the bridge was closed and the ferry was full")]),
    ("reported-speech-of-a-report", "en", "The report said the piers were cracked.", [("indirect", "the piers were cracked")]),
    ("two-sentences", "en", "Torres said the bridge was closed. Brandt said the ferry was full.", [("indirect", "the bridge was closed"), ("indirect", "the ferry was full")]),
    ("not-yet", "en", "Police have not said who drove the car.", [("indirect", "who drove the car")]),
    ("french-que", "fr", "La maire a affirmé que le pont était fermé.", [("indirect", "le pont était fermé")]),
    ("french-qu", "fr", "La maire a affirmé qu’il était fermé.", [("indirect", "il était fermé")]),
    ("french-selon", "fr", "Selon la préfecture, le pont est fermé.", [("indirect", "le pont est fermé")]),
    ("french-selon-behind", "fr", "Le pont est fermé, selon la préfecture.", [("indirect", "Le pont est fermé")]),
    ("french-d-apres", "fr", "D’après un témoin, le pont était ouvert.", [("indirect", "le pont était ouvert")]),
    ("french-d-apres-straight", "fr", "D'après un témoin, le pont était ouvert.", [("indirect", "le pont était ouvert")]),
    ("indirect-then-quote", "en", "Torres said the bridge was closed. “It is a danger,” she said.", [("indirect", "the bridge was closed"), ("direct", "“It is a danger,”")]),
    ("says-present", "en", "The mayor says the bridge is closed.", [("indirect", "the bridge is closed")]),
    ("told-cnn", "en", "Torres told CNN the bridge was closed.", [("indirect", "the bridge was closed")]),
    ("asked-whether", "en", "Reporters asked whether the bridge was closed.", [("indirect", "whether the bridge was closed")]),
    ("because", "en", "Torres said the bridge was closed because the piers were cracked.", [("indirect", "the bridge was closed because the piers were cracked")]),
    ("sentence-final-said", "en", "The bridge will stay closed until June and the ferry will run all day, the city said on Monday.", [("indirect", "The bridge will stay closed until June and the ferry will run all day")]),
    ("nested-reporting", "en", "Torres said the engineers warned that the piers were cracked.", [("indirect", "the engineers warned that the piers were cracked")]),
    ("headline", "en", "Bridge closed, mayor says", [("indirect", "Bridge closed")]),
    ("saying", "en", "Torres closed the bridge, saying it was a danger.", [("indirect", "it was a danger")]),
    ("fr-selon-mid", "fr", "Le pont est, selon la préfecture, fermé.", [("indirect", "Le pont est", "fermé")]),
    ("fr-que-ils", "fr", "Les habitants affirment qu’ils n’ont rien vu.", [("indirect", "ils n’ont rien vu")]),
    ("fr-infinitive", "fr", "La ministre a dit vouloir fermer le pont.", [("indirect", "vouloir fermer le pont")]),
    ("fr-demander-si", "fr", "Il a demandé si le pont était fermé.", [("indirect", "si le pont était fermé")]),
    ("would-not-say", "en", "Torres would not say whether the bridge was closed.", [("indirect", "whether the bridge was closed")]),
    ("two-in-para", "en", "Torres said the bridge was closed and that it would open in June.", [("indirect", "the bridge was closed and that it would open in June")]),
    ("num-paragraph", "en", "Torres said 12 people were hurt. The fire began at noon.", [("indirect", "12 people were hurt")]),
    ("police-say", "en", "Two people were hurt, police say.", [("indirect", "Two people were hurt")]),
    ("authorities-confirmed", "en", "Authorities confirmed that two people were hurt.", [("indirect", "two people were hurt")]),
]  # fmt: skip

MIXED = [
    ("said", "en", "The mayor said the bridge was “a danger to every family” in the town.", [("mixed", "the bridge was “a danger to every family” in the town")]),
    ("said-that-ends", "en", "Torres said that the bridge was “a danger to every family”.", [("mixed", "the bridge was “a danger to every family”")]),
    ("french", "fr", "La maire a affirmé que le pont était « un danger pour chaque famille ».", [("mixed", "le pont était « un danger pour chaque famille »")]),
    ("french-selon", "fr", "Selon la maire, le pont est « un danger pour chaque famille ».", [("mixed", "le pont est « un danger pour chaque famille »")]),
    ("described-as", "en", "Torres described the bridge as “a danger to every family.”", [("mixed", "the bridge as “a danger to every family.”")]),
    ("indirect-then-quote-no-cue", "en", "Torres said the bridge was closed. “It is a danger.”", [("mixed", "the bridge was closed", "“It is a danger.”")]),
    ("sentence-quote-end-no-comma", "en", "The bridge “is a danger to every family,” Torres said.", [("mixed", "The bridge “is a danger to every family,”")]),
    ("uk-stop-outside", "en", "Torres said the bridge was ‘a danger to every family’.", [("mixed", "the bridge was ‘a danger to every family’")]),
]  # fmt: skip

# id, language, text in which nobody states anything, whatever its verbs and marks.
NOTHING_SAID = [
    ("plain", "en", "The bridge over the river closed on Monday."),
    ("apostrophes", "en", "The workers’ pay and the owners’ profits rose in the ’90s."),
    ("inches", "en", "The 6'2\" guard carried a 12\" pipe."),
    ("declined", "en", "The company declined to comment."),
    ("scare", "en", "The so-called “terrorist” organisation is banned in the country."),
    ("scare-two-words", "en", "The new “peace tax” will rise in May."),
    ("scare-straight", "en", "The new \"peace tax\" will rise in May."),
    ("scare-single", "en", "The new ‘peace tax’ will rise in May."),
    ("scare-first", "en", "“Greenwashing” has become a common practice in the trade."),
    ("title", "en", "She starred in “The Long River Home” last year."),
    ("title-subject", "en", "“The Long River Home” won the top prize in May."),
    ("title-sung", "en", "The choir sang “Rivers of My Youth” at the end."),
    ("goodbye", "en", "Torres said goodbye to the crew."),
    ("truth", "en", "He told the truth about the fire."),
    ("continued-to", "en", "Prices continued to rise in May."),
    ("charged", "en", "Police charged two men with theft."),
    ("added-object", "en", "The firm added three ships to its fleet."),
    ("claimed-lives", "en", "The storm claimed forty lives."),
    ("it-is-said", "en", "It is said that the house is haunted."),
    ("ruled-country", "en", "The party ruled the country for decades."),
    ("found", "en", "Divers found the wreck on Sunday."),
    ("according-as", "en", "They acted in accordance with the law."),
    ("french-plain", "fr", "Le pont a fermé lundi."),
    ("french-scare", "fr", "Le chiffre, jugé « optimiste », a surpris."),
    ("french-said-name", "fr", "Le plan, dit « vert », coûtera cher."),
    ("french-noun", "fr", "La demande « pour de bon » a été rejetée."),
    ("french-noun-behind", "fr", "Il attend la réponse à la critique « de fond » du maire."),
    ("french-named-verb", "fr", "La ministre évoque « La Longue Rivière » dans ses mémoires."),
    ("french-title", "fr", "Elle joue dans « La Longue Rivière » depuis mai."),
    ("french-dash", "fr", "Le pont — fermé depuis mai — rouvrira."),
    ("belief-no", "en", "The mayor believes that the bridge is safe."),
    ("no-film", "en", "The film “We Will Not Leave” opens on Friday."),
    ("no-song", "en", "Her song “Take Me Home Tonight” topped the charts."),
    ("no-nickname", "en", "Daniel “The Hammer” Whitcombe won the fight."),
    ("no-term", "en", "The term “climate refugee” has no legal meaning."),
    ("no-word", "en", "The word “maybe” appears nine times in the report."),
    ("no-newspaper", "en", "The report appeared in “The Ashby Times” on Monday."),
    ("no-report-noun", "en", "The report on the fire was released on Monday."),
    ("no-claims-noun", "en", "The claims of the firm were rejected by the court."),
    ("no-agree-deal", "en", "The two sides agreed on a price for the port."),
    ("no-reporting-period", "en", "The firm reported a loss of two million dollars."),
    ("no-note-noun", "en", "She left a note on the door."),
    ("no-call-phone", "en", "Residents called the police at noon."),
    ("no-read", "en", "She read the letter and left."),
    ("no-conclude", "en", "The match concluded with fireworks."),
    ("no-state-noun", "en", "The state closed the bridge."),
    ("no-warned-off", "en", "Heavy rain closed the bridge on Monday."),
    ("no-point", "en", "The road points north."),
    ("no-promise", "en", "The plan shows promise."),
    ("no-cited", "en", "The driver was cited for speeding."),
    ("no-charged", "en", "The suspect was charged with murder."),
    ("no-observed", "en", "The town observed a minute of silence."),
    ("no-maintain", "en", "The county maintains the bridge."),
    ("no-hold", "en", "The union held a strike vote on Monday."),
    ("no-expressed", "en", "The crowd moved to the port."),
    ("no-fr-parle", "fr", "Le train roule depuis lundi."),
    ("no-fr-appel", "fr", "Elle appelle sa mère le dimanche."),
    ("no-fr-repond", "fr", "Le projet répond aux besoins de la ville."),
    ("no-fr-juge", "fr", "Le juge a quitté la salle."),
    ("no-fr-demande", "fr", "La demande de pétrole a baissé."),
    ("no-fr-annonce", "fr", "L’annonce a surpris la ville."),
    ("reportedly", "en", "The bridge is reportedly closed."),
    ("allegedly", "en", "The driver allegedly left the bridge."),
    ("passive-said", "en", "The bridge is said to be closed."),
    ("was-told", "en", "The crew was told to leave."),
    ("no-comment-request", "en", "A request for comment was not returned."),
    ("no-reached", "en", "Torres could not be reached for comment."),
    ("no-refused-comment", "en", "Torres refused to comment."),
    ("no-no-comment", "en", "There was no immediate comment from the firm."),
    ("needless", "en", "Needless to say, the bridge is closed."),
    ("having-said", "en", "The bridge, to say the least, is old."),
    ("say-example", "en", "A fare of, say, two dollars is low."),
    ("fr-cest-a-dire", "fr", "Le pont ferme lundi, c’est-à-dire demain."),
    ("fr-pour-ainsi-dire", "fr", "Le pont est pour ainsi dire fermé."),
    ("fr-autrement-dit", "fr", "Autrement dit, le pont est fermé."),
    ("fr-il-s-agit", "fr", "Il s’agit du pont le plus vieux de la ville."),
]  # fmt: skip

# id, language, text, its scare quotes.
SCARE = [
    ("word", "en", "The country designates it as a “terrorist” organisation.", ["“terrorist”"]),
    ("so-called", "en", "The so-called “peace tax” will rise in May.", ["“peace tax”"]),
    ("title", "en", "She starred in “The Long River Home” last year.", ["“The Long River Home”"]),
    ("single", "en", "The new ‘peace tax’ will rise in May.", ["‘peace tax’"]),
    ("french", "fr", "Le chiffre, jugé « optimiste », a surpris.", ["« optimiste »"]),
    ("french-named", "fr", "Le plan, dit « vert », coûtera cher.", ["« vert »"]),
    ("none", "en", "“The bridge is closed,” Torres said.", []),
    ("none-short", "en", "“No,” Torres said.", []),
    ("none-pieces", "en", "“Yes,” Torres said. “But not now.”", []),
    ("none-french", "fr", "« Non », dit-elle.", []),
    ("none-inner", "en", "“They call it a ‘tax’ on us,” Torres said.", []),
    ("none-apostrophe", "en", "The workers’ pay rose in the ’90s.", []),
    ("two-in-one", "en", "The “peace tax” and the “green levy” will rise.", ["“peace tax”", "“green levy”"]),
    ("nickname", "en", "Daniel “The Hammer” Whitcombe won the fight.", ["“The Hammer”"]),
    ("film", "en", "The film “We Will Not Leave” opens on Friday.", ["“We Will Not Leave”"]),
    ("term", "en", "The term “climate refugee” has no legal meaning.", ["“climate refugee”"]),
    ("in-statement", "en", "Torres said the “peace tax” would rise.", []),
    ("no-short-direct", "en", "“Never,” Torres said.", []),
    ("no-short-ahead", "en", "Torres said: “Never.”", []),
]  # fmt: skip

# id, text, cue, source of the only statement.
BESIDE = [
    ("behind", "en", "“The bridge is closed,” Torres said.", "said", "Torres"),
    ("inverted", "en", "“The bridge is closed,” said Maria Torres.", "said", "Maria Torres"),
    ("appositive", "en", "“The bridge is closed,” said Maria Torres, the mayor.", "said", "Maria Torres, the mayor"),
    ("told", "en", "“The bridge is closed,” Torres told Reuters.", "told", "Torres"),
    ("negated", "en", "Police have not said who drove the car.", "have not said", "Police"),
    ("had", "en", "Torres had said the bridge was closed.", "had said", "Torres"),
    ("signature", "en", "“The river gave us everything we have.” — Carla Sanchez", "—", "Carla Sanchez"),
    ("transcript", "en", "TORRES: “The bridge is closed.”", ":", "TORRES"),
    ("selon", "fr", "Selon la préfecture, le pont est fermé.", "Selon", "la préfecture"),
    ("d-apres", "fr", "D’après un témoin, le pont était ouvert.", "D’après", "un témoin"),
    ("french-inverted", "fr", "« Le pont est fermé », a déclaré la maire.", "a déclaré", "la maire"),
    ("french-clitic", "fr", "« Le pont est fermé », dit-elle.", "dit", "elle"),
    ("french-name-with-de", "fr", "« Le pont est fermé », souffle Charles de Villeroy à la presse.", "souffle", "Charles de Villeroy"),
    ("french-de-his-voice", "fr", "« Le pont est fermé », souffle Lise Dampierre de sa voix claire.", "souffle", "Lise Dampierre"),
    ("french-perfect", "fr", "Lise Dampierre a déjà évoqué mardi « un gâchis ».", "a déjà évoqué", "Lise Dampierre"),
]  # fmt: skip

FLAGS = [
    ("none", "“The bridge is closed,” Torres said.", ()),
    ("none-inner-marks", "“He said ‘never’ and left,” Torres said.", ()),
    ("unclosed", "Torres said: “The bridge is closed.\n\nThe town waits.", ("unclosed",)),
    ("goes-on", "Torres said: “The bridge is closed.\n\n“It will open in June.”", ()),
    ("last-unclosed", "Torres said: “The bridge is closed.\n\n“It will open in June.", ("unclosed",)),
    ("brackets", "“The [old] bridge is closed,” Torres said.", ("altered",)),
    ("left-out", "“The bridge … is closed,” Torres said.", ("altered",)),
    ("left-out-dots", '"The bridge ... is closed," Torres said.', ("altered",)),
    ("split", "“The bridge is closed,” Torres said. “It will open in June.”", ("split",)),
    ("brackets-outside", "“The bridge is closed,” Torres said [on Monday].", ()),
]


@pytest.mark.parametrize(("language", "text", "expected"), cases(DIRECT, SPLIT, PARAGRAPHS, INDIRECT, MIXED))
def test_what_is_said(language, text, expected):
    assert said(text, language) == expected


@pytest.mark.parametrize(("language", "text"), cases(NOTHING_SAID))
def test_where_nothing_is_said(language, text):
    assert said(text, language) == []


@pytest.mark.parametrize(("language", "text", "expected"), cases(SCARE))
def test_scare_quotes_and_titles(language, text, expected):
    notes = read(text, language)
    assert [notes.text(q) for q in notes.quotes if q.kind == "scare"] == expected


@pytest.mark.parametrize(("language", "text", "cue", "source"), cases(BESIDE))
def test_cue_and_source_stand_beside_the_content(language, text, cue, source):
    notes = read(text, language)
    (quote,) = notes.quotes
    assert (notes.text(quote.cue), notes.text(quote.source)) == (cue, source)


@pytest.mark.parametrize(("text", "expected"), cases(FLAGS))
def test_flags(text, expected):
    (quote,) = read(text).quotes
    assert quote.flags == expected


@pytest.mark.parametrize("act_of", [("believes", "belief"), ("hopes", "belief"), ("said", "speech")])
def test_what_somebody_believes_is_no_statement(act_of):
    verb, act = act_of
    (quote,) = read(f"The mayor {verb} that the bridge is safe.").quotes
    assert (quote.kind, quote.act) == ("indirect", act)


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(("“", "”", "‘", "’", '"', "'", "« ", " »", "„", "—", "\n\n")), max_size=8),
    st.sampled_from(("en", "fr", "es")),
)
def test_no_odd_mark_makes_an_article_fail(marks, language):
    pieces = [
        "The mayor ",
        "said ",
        "Le pont est fermé, ",
        "a-t-elle dit. ",
        "Torres ",
        "told us. ",
        "BRANDT: ",
        "no",
    ]
    text = "".join(mark + piece for mark, piece in zip(marks, pieces, strict=False))
    check_spans(toolkit.annotate(Article(text, language=language)))


@settings(max_examples=25)
@given(odd_texts, st.sampled_from(("en", "fr", "und")))
def test_every_span_slices_the_words_that_it_stands_for(text, language):
    check_spans(toolkit.annotate(Article(text, language=language)))


def check_spans(notes):
    size, lines = len(notes.article.text), paragraphs(notes.article.text)
    for quote in notes.quotes:
        spans = [*quote.content, *quote.cue, *quote.source]
        assert all(0 <= s.start < s.end <= size for s in spans)
        assert all(any(p.contains(s) for p in lines) for s in quote.content)
        for pieces in (quote.content, quote.cue, quote.source):
            assert all(a.end <= b.start for a, b in pairwise(pieces))
    named = [m.span for e in notes.entities for m in e.mentions]
    assert all(notes.text(s).strip() == notes.text(s) != "" for s in named)
    assert len(set(named)) == len(named)


def test_two_readings_of_one_text_are_the_same():
    text = "“The bridge is closed,” Torres said. “It will open in June,” Brandt said, according to the city."
    assert toolkit.annotate(Article(text, language="en")) == toolkit.annotate(Article(text, language="en"))


def test_a_wrapped_paragraph_is_read_as_a_whole():
    words = (
        "The bridge over the river, which carries ten thousand cars a day and has been painted only "
        "once since it was opened in the spring of 1961, will have to be closed for at least eighteen "
        "months and may never open again, according to Maria Torres, the mayor of Averin."
    )
    (flat,) = read(words).quotes
    (wrapped,) = read(textwrap.fill(words, 62)).quotes
    assert (wrapped.content, wrapped.cue, wrapped.source) == (flat.content, flat.cue, flat.source)


def test_many_statements_take_no_longer_each_than_a_few():
    nlp, story = pipeline("en"), "Torres said it was closed. Rao denied that it was. It was told to Lee.\n\n"
    times = []
    for count in (50, 400):
        doc = nlp.make_doc(story * count)
        with nlp.select_pipes(disable=["toolkit_quotes", "toolkit_speakers"]):
            doc = nlp(doc)
        start = time.process_time()
        find_quotes(doc, languages.get("en"))
        times.append((time.process_time() - start) / count)
    assert times[1] < 4 * times[0]


HOSTILE = st.text(alphabet=st.sampled_from("“”\"' \n.,said heBoSmith"), max_size=120)


@given(HOSTILE)
@settings(max_examples=60, deadline=None)
def test_cue_source_and_content_keep_apart_and_in_their_paragraphs(text):
    notes = read(text)
    for quote in notes.quotes:
        spans = sorted((*quote.cue, *quote.source, *quote.content))
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert any(c.isalnum() for c in notes.text(quote))


# id, text, the source and content of each turn of a transcript in it.
TURNS = [
    ("two-speakers", "TORRES: The bridge is closed.\n\nBRANDT: When will it open?\n\nTORRES: In June.", [("TORRES", "The bridge is closed."), ("BRANDT", "When will it open?"), ("TORRES", "In June.")]),
    ("surname-of-the-article", "Maria Torres was on air on Monday.\n\nTORRES: The bridge is closed.\n\nIt was cold.", [("TORRES", "The bridge is closed.")]),
    ("dateline", "PESHAWAR: Eleven people were killed in a blast.\n\nThe blast struck a market.", []),
    ("dateline-quoted", "NEW DELHI: “We ran,” said Anil Rao.\n\nThe market was closed.", []),
    ("datelines", "LONDON: Ann Poe left.\n\nNEW DELHI: It rained.\n\nLONDON: Ann Poe came back.", []),
    ("kicker", "BREAKING: Police closed the bridge.\n\nIt was cold.", []),
    ("kickers", "BREAKING: Police closed the bridge.\n\nUPDATE: It is open again.\n\nNOTE: This story has been corrected.", []),
    ("stranger", "It was cold on Monday.\n\nGALLERY: The bridge in June.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "turns"), [pytest.param(*row[1:], id=row[0]) for row in TURNS])
def test_the_turns_of_a_transcript_and_what_looks_like_one(text, turns):
    notes = toolkit.annotate(Article(text, language="en"))
    found = [q for q in notes.quotes if q.cue and notes.text(q.cue) == ":"]
    assert [(notes.text(q.source), notes.text(q)) for q in found] == turns
