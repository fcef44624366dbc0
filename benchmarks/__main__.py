"""``python -m benchmarks predict TASK GOLD OUT``, ``reliability TASK GOLD``, ``cost GOLD``,
``misfires ATTRIBUTIONS ENTITIES``, ``hanging GOLD`` (JSON Lines), ``lengths``, ``load``,
``repaint``, ``kills`` or ``fuzz``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.given import given_sources, predict_given, proposals
from benchmarks.lengths import KINDS, SIZES
from benchmarks.predict import TASKS, predict
from toolkit import Budget, ToolkitError
from toolkit.summary import METHODS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command")

    one = commands.add_parser("predict", help="write predictions in the format of the scorers")
    one.add_argument("task", choices=sorted(TASKS))
    one.add_argument("gold", type=Path)
    one.add_argument("out", type=Path)
    one.add_argument("--method", choices=METHODS, help="of summaries")
    one.add_argument("--language", default="en", help="ISO 639-1 code of the texts (default: en)")
    given = one.add_mutually_exclusive_group()
    given.add_argument(
        "--gold-spans",
        action="store_true",
        help="of speakers: given what is said and the words for the source",
    )
    given.add_argument(
        "--proposed",
        action="store_true",
        help="of speakers: whom the desk proposes for words that an editor selects",
    )
    length = one.add_mutually_exclusive_group()
    length.add_argument("--words", type=int, default=60)
    length.add_argument("--sentences", type=int)

    sure = commands.add_parser("reliability", help="how often answers of each score are right")
    sure.add_argument("task", choices=("attributions", "entities", "speakers"))
    sure.add_argument("gold", type=Path)

    cost = commands.add_parser("cost", help="time, as ratios taken in one run")
    cost.add_argument("gold", type=Path, help="any file with texts")
    cost.add_argument("--articles", type=int, default=40)
    cost.add_argument("--rounds", type=int, default=5)
    cost.add_argument("--all", action="store_true", help="also two processes, memory, and long texts")
    cost.add_argument("--exports", action="store_true", help="of the exports alone, against annotate")

    lengths = commands.add_parser("lengths", help="what each part costs on texts of growing length")
    lengths.add_argument("--words", type=int, nargs="+", help="the lengths (default: 1,000 to 50,000)")
    lengths.add_argument("--kind", choices=KINDS, default="new", help="the same story, or new ones")

    load = commands.add_parser("load", help="the desk on loopback with many editors at once")
    load.add_argument("--sessions", type=int, default=20)
    load.add_argument("--acts", type=int, default=20, help="of each editor (default: 20)")
    load.add_argument("--pause", type=float, default=2.0, help="seconds between two acts of one editor")
    load.add_argument("--articles", type=int, help="instead the server's memory over so many articles")

    repaint = commands.add_parser("repaint", help="from a pasted text to marks, from a key to the repaint")
    repaint.add_argument("--words", type=int, nargs="+", default=[1_000, 10_000])

    kills = commands.add_parser("kills", help="what a killed process leaves of an editor's work")
    kills.add_argument("--kills", type=int, default=50)
    kills.add_argument("--seed", type=int, default=0)

    fuzz = commands.add_parser("fuzz", help="damaged files and odd texts through all of the toolkit")
    fuzz.add_argument("--seconds", type=float, default=60, help="in all (default: 60)")
    fuzz.add_argument("--seed", type=int, default=0)
    fuzz.add_argument("--format", action="append", help="only this one, as in pdf; may be told again")
    fuzz.add_argument("--keep", type=Path, help="a folder for the inputs that fail")
    fuzz.add_argument("--long", action="store_true", help="long texts instead: time against length")
    fuzz.add_argument("--worst", action="store_true", help="the costliest file of each format instead")

    misfires = commands.add_parser("misfires", help="entities on gold cues, cues on gold entities")
    misfires.add_argument("attributions", type=Path)
    misfires.add_argument("entities", type=Path)

    hanging = commands.add_parser("hanging", help="how many sentences of summaries can't be read alone")
    hanging.add_argument("gold", type=Path, help="any file with texts in English")
    hanging.add_argument("--articles", type=int, default=200)
    hanging.add_argument("--show", action="store_true", help="the sentences too")

    arguments = parser.parse_args()
    commanded = {
        "predict": _predict,
        "reliability": _reliability,
        "cost": _cost,
        "misfires": _misfires,
        "lengths": _lengths,
        "load": _load,
        "repaint": _repaint,
        "kills": _kills,
        "hanging": _hanging,
        "fuzz": _fuzz,
    }
    try:
        return commanded[arguments.command](arguments)
    except (ToolkitError, OSError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 1


def _predict(arguments: argparse.Namespace) -> int:
    if arguments.gold_spans or arguments.proposed:
        if arguments.task != "speakers":
            raise ToolkitError("--gold-spans and --proposed are for the task speakers.")
        answer = proposals if arguments.proposed else given_sources
        count = predict_given(arguments.gold, arguments.out, arguments.language, answer)
        print(f"{count} articles", file=sys.stderr)
        return 0
    budget = (
        Budget("sentences", arguments.sentences)
        if arguments.sentences is not None
        else Budget("words", arguments.words)
    )
    count = predict(
        arguments.task,
        arguments.gold,
        arguments.out,
        method=arguments.method,
        budget=budget,
        language=arguments.language,
    )
    print(f"{count} articles", file=sys.stderr)
    return 0


def _reliability(arguments: argparse.Namespace) -> int:
    from benchmarks.reliability import table

    for line in table(arguments.task, arguments.gold):
        print(line)
    return 0


def _misfires(arguments: argparse.Namespace) -> int:
    from benchmarks.misfires import report

    for line in report(arguments.attributions, arguments.entities):
        print(line)
    return 0


def _cost(arguments: argparse.Namespace) -> int:
    from benchmarks.cost import (
        against_length,
        annotate_against_spacy,
        exports_against_annotate,
        help_against_import,
        memory_against_spacy,
        summaries_against_spacy,
        throughput,
    )

    if arguments.exports:
        for suffix, words, ratio, each in exports_against_annotate(arguments.gold):
            print(f"{suffix} of {words:,} words / annotate: {ratio:.3f} ({each:.0f} ms a thousand words)")
        return 0
    ratio = annotate_against_spacy(arguments.gold, articles=arguments.articles, rounds=arguments.rounds)
    print(f"annotate / bare spaCy pass: {ratio:.2f}")
    print(f"newsdesk --help / import spacy: {help_against_import(arguments.rounds):.2f}")
    if arguments.all:
        print(f"two processes / one: {throughput(arguments.gold, articles=arguments.articles):.2f}")
        peak = memory_against_spacy(arguments.gold, articles=arguments.articles)
        print(f"peak memory / bare spaCy: {peak:.2f}")
        for words, each in against_length(arguments.gold):
            print(f"{words:,} words: {each:.0f} microseconds a word")
        for sentences, share in summaries_against_spacy(arguments.gold):
            print(f"summary of {sentences:,} sentences / bare spaCy pass: {share:.1%}")
    return 0


def _hanging(arguments: argparse.Namespace) -> int:
    from benchmarks.hanging import table

    budgets = (Budget("words", 60), Budget("sentences", 3))
    for line in table(arguments.gold, articles=arguments.articles, budgets=budgets, show=arguments.show):
        print(line)
    return 0


def _lengths(arguments: argparse.Namespace) -> int:
    from benchmarks.lengths import costs, table

    for line in table(costs(arguments.kind, arguments.words or SIZES)):
        print(line)
    return 0


def _load(arguments: argparse.Namespace) -> int:
    from benchmarks.load import memory_table, table

    if arguments.articles:
        lines = memory_table(arguments.articles)
    else:
        lines = table(arguments.sessions, arguments.acts, arguments.pause)
    for line in lines:
        print(line, flush=True)
    return 0


def _repaint(arguments: argparse.Namespace) -> int:
    from benchmarks.repaint import table

    for line in table(arguments.words):
        print(line, flush=True)
    return 0


def _kills(arguments: argparse.Namespace) -> int:
    from benchmarks.kills import kill_often, table

    kills = list(kill_often(arguments.kills, seed=arguments.seed))
    for line in table(kills):
        print(line)
    return int(any(kill.lost or kill.cut < 0 for kill in kills))


def _fuzz(arguments: argparse.Namespace) -> int:
    from benchmarks.fuzz_worst import worst_files
    from benchmarks.fuzzing import FORMATS, campaign, long_texts, table

    formats = tuple(arguments.format or FORMATS)
    if unknown := set(formats) - set(FORMATS):
        raise ToolkitError(f"{', '.join(sorted(unknown))}: no such format; they are {', '.join(FORMATS)}.")
    if arguments.long or arguments.worst:
        for line in long_texts() if arguments.long else worst_files(formats):
            print(line, flush=True)
        return 0
    each = arguments.seconds / len(formats)
    found = campaign(formats, seconds=each, seed=arguments.seed, keep=arguments.keep)
    for line in table(found):
        print(line)
    return int(any(set(counts) - {"read", "refused"} for counts in found.values()))


if __name__ == "__main__":
    raise SystemExit(main())
