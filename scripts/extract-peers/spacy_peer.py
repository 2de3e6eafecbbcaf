"""The part of `scripts/bench-extractors` that runs inside spaCy's environment.

  spacy_peer.py convert ROWS.jsonl OUT.spacy     rows of `tokens` and `fine_tags` (BIO)
  spacy_peer.py predict MODEL ROWS.jsonl OUT     rows of `id` and `text`, as `wirecopy extract`
                                                 reads them; prints tokens and CPU seconds as JSON
"""
import json
import sys
import time

import spacy
from spacy.tokens import Doc, DocBin
from spacy.training import biluo_tags_to_spans, iob_to_biluo

COARSE = {"PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def convert(path, out):
    vocab = spacy.blank("en").vocab
    packed = DocBin()
    for row in rows(path):
        doc = Doc(vocab, words=row["tokens"])
        doc.set_ents(biluo_tags_to_spans(doc, iob_to_biluo(row["fine_tags"])))
        packed.add(doc)
    packed.to_disk(out)


def entity(found):
    label = found.label_
    return {"start": found.start_char, "end": found.end_char, "type": label,
            "coarse": COARSE.get(label, "MISC")}


def predict(model, path, out):
    nlp = spacy.load(model)
    given = rows(path)
    list(nlp.pipe(row["text"] for row in given[:20]))
    start = time.process_time()
    found = list(nlp.pipe(row["text"] for row in given))
    seconds = time.process_time() - start
    with open(out, "w", encoding="utf-8") as lines:
        for row, doc in zip(given, found):
            answer = {"id": row["id"], "entities": [entity(e) for e in doc.ents]}
            print(json.dumps(answer), file=lines)
    tokens = sum(map(len, found))
    print(json.dumps({"case": "extract/spacy-small", "unit": "tokens/s",
                      "value": round(tokens / seconds), "tokens": tokens}))


{"convert": convert, "predict": predict}[sys.argv[1]](*sys.argv[2:])
