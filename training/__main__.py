"""``python -m training STEP --data DIR --runs DIR --base DIR``; steps are prepare, train, export, link,
evaluate, speakers and summaries.

``export`` leaves weights among the runs; ``link`` works with those in the toolkit, so copy them
there first, and writes the linker and its choices beside them. ``--data`` holds ``entities/``
and ``attributions/`` (see the card for their form), ``--base`` the
base model's ``model.safetensors`` and ``tokenizer.json``, ``--runs`` everything that is made.
"""

from __future__ import annotations

import argparse
import logging
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument(
        "step", choices=["prepare", "train", "export", "link", "evaluate", "speakers", "summaries"]
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--runs", type=Path, required=True, help="folder for what is made")
    parser.add_argument("--base", type=Path, required=True, help="folder of the base model")
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--resume", action="store_true", help="train: go on from the last checkpoint")
    parser.add_argument("--teacher", type=Path, help="weights of the first round: prepare the second, link")
    parser.add_argument(
        "--start", type=Path, help="train: begin with this checkpoint, or folder of shipped weights"
    )
    parser.add_argument("--minutes", type=float, help="train: end by the clock instead of by epochs")
    parser.add_argument("--weights", type=Path, help="evaluate: this folder, not the one just made")
    parser.add_argument("--averaged", action="store_true", help="export: the running mean of the weights")
    parser.add_argument(
        "--blend", type=Path, help="export: mixed with this checkpoint, by the config's share"
    )
    parser.add_argument("--fp32", action="store_true", help="evaluate: the checkpoint, unquantised")
    args = parser.parse_args()
    args.runs.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(args.runs / f"{args.step}.log")],
    )
    config = tomllib.loads(args.config.read_text(encoding="utf-8"))
    steps = {
        "prepare": prepare, "train": train, "export": export, "link": link, "evaluate": evaluate,
        "speakers": rank_speakers, "summaries": weigh_sentences,
    }  # fmt: skip
    steps[args.step](args, config)


def tokenizer(base: Path) -> Any:
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(base / "tokenizer.json"))
    found.no_truncation()
    found.no_padding()
    return found


def prepare(args: argparse.Namespace, config: dict[str, Any]) -> None:
    """Pieces and labels of both training sets into ``train.npz``."""
    from training import corpus, spacy_marks

    second = "sure_name" in config["data"]
    if second != bool(args.teacher):
        wanted = "needs --teacher" if second else "takes no --teacher"
        raise SystemExit(f"training: {args.config.name} {wanted}; see the encoder's MODEL_CARD.md.")
    if args.teacher:
        prepare_second(args, config)
        return
    opinion = args.runs / "spacy_train.jsonl"
    if not opinion.exists():
        spacy_marks.mark(args.data / "attributions/train.jsonl", opinion, config["data"]["spacy"])
    pieces_of = tokenizer(args.base)
    entity_rows = corpus.rows(args.data / "entities/train.jsonl")
    marks = {row["id"]: row["tokens"] for row in corpus.rows(opinion)}
    names = corpus.lexicon(entity_rows)
    articles = [corpus.entity_article(pieces_of, row) for row in entity_rows]
    articles += [
        corpus.attribution_article(pieces_of, row, marks[row["id"]], names, config["data"]["positive"])
        for row in corpus.rows(args.data / "attributions/train.jsonl")
    ]
    corpus.save(args.runs / "train.npz", articles)
    logging.info("%d articles, %d pieces", len(articles), sum(len(a.pieces) for a in articles))


def prepare_second(args: argparse.Namespace, config: dict[str, Any]) -> None:
    """The same with a teacher's labels, and each attribution article once more with other names."""
    from toolkit.encoder.session import load
    from training import corpus, swapping, teacher

    network = load(args.teacher)
    pieces_of, data = network.tokenizer, config["data"]
    entity_rows = corpus.rows(args.data / "entities/train.jsonl")
    names = swapping.Names(entity_rows)
    taught = teacher.teach(network, (row["text"] for row in entity_rows))
    articles = [
        corpus.entity_article(pieces_of, row, roles, data["sure_role"])
        for row, (_, roles) in zip(entity_rows, taught, strict=True)
    ]
    originals = corpus.rows(args.data / "attributions/train.jsonl")
    marked = teacher.names(network, (row["text"] for row in originals))
    swapped = [
        swapping.swap(row, spans, names, f"{config['seed']}-{row['id']}")
        for row, spans in zip(originals, marked, strict=True)
    ]
    both = [row for pair in zip(originals, swapped, strict=True) for row in pair]
    for row, (entities, _) in zip(both, teacher.teach(network, (r["text"] for r in both)), strict=True):
        articles.append(corpus.taught_article(pieces_of, row, entities, data["sure_name"]))
    corpus.save(args.runs / "train.npz", articles)
    logging.info("%d articles, %d pieces", len(articles), sum(len(a.pieces) for a in articles))


def train(args: argparse.Namespace, config: dict[str, Any]) -> None:
    import torch

    from training import corpus, model, run

    torch.manual_seed(config["seed"])
    tagger = model.Tagger(config["train"]["dropout"])
    if args.start:
        if args.start.is_dir():
            from training import onnx_weights

            tagger.load_state_dict(onnx_weights.read(args.start / "model.onnx"))
        else:
            state = torch.load(args.start, map_location="cpu", weights_only=True)
            tagger.load_state_dict(state["model"])
    else:
        model.load_base(tagger, args.base / "model.safetensors")
    seconds = args.minutes * 60 if args.minutes else None
    run.train(
        tagger, corpus.load(args.runs / "train.npz"), config, args.runs, deadline=seconds, resume=args.resume
    )


def evaluate(args: argparse.Namespace, config: dict[str, Any]) -> None:
    from training import evaluation

    evaluation.evaluate(args, config)


def export(args: argparse.Namespace, config: dict[str, Any]) -> None:
    from training import exporting

    exporting.export(args, config)


def link(args: argparse.Namespace, config: dict[str, Any]) -> None:
    from training import linking

    linking.train(args, config["linker"])


def rank_speakers(args: argparse.Namespace, config: dict[str, Any]) -> None:
    from training import antecedents

    antecedents.train(args, config["speakers"])


def weigh_sentences(args: argparse.Namespace, config: dict[str, Any]) -> None:
    from training import summaries

    summaries.train(args, config["summaries"])


if __name__ == "__main__":
    main()
