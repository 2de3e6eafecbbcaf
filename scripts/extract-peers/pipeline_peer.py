"""The peer of `scripts/bench-pipeline-peers`: main text, names, a database.

  pipeline_peer.py MODEL PAGES DATABASE      prints pages a second as JSON
"""
import json, multiprocessing, pathlib, sqlite3, sys, time

PROCESSES = 2
# Pages that a process takes at a time, and rows of a transaction.
BATCH = 32
network = None


def load(model):
    import spacy
    import trafilatura

    global network, trafilatura_module
    network, trafilatura_module = spacy.load(model), trafilatura
    list(network.pipe(["One sentence, so that everything is loaded."]))


def ready(_):
    time.sleep(0.5)
    return network is not None


def read(paths):
    rows = []
    for path in paths:
        try:
            found = trafilatura_module.bare_extraction(pathlib.Path(path).read_bytes(),
                                                       with_metadata=True)
        except Exception as failure:
            print(f"{path}: {failure!r}", file=sys.stderr)
            found = None
        if found is not None and found.text:
            rows.append((path, found.title, found.author, found.date, found.text))
    names = [[(e.start_char, e.end_char, e.label_, e.text) for e in doc.ents]
             for doc in network.pipe(row[4] for row in rows)]
    return list(zip(rows, names))


def main(model, folder, database):
    store = sqlite3.connect(database)
    store.executescript("""
        PRAGMA journal_mode = WAL;
        CREATE TABLE article (id INTEGER PRIMARY KEY, url, title, author, published, text);
        CREATE TABLE mention (article, start, end, label, name);
        CREATE INDEX mention_name ON mention (name);
    """)
    paths = sorted(str(path) for path in pathlib.Path(folder).iterdir())
    batches = [paths[start:start + BATCH] for start in range(0, len(paths), BATCH)]
    with multiprocessing.Pool(PROCESSES, load, (model,)) as pool:
        pool.map(ready, range(PROCESSES * 2), chunksize=1)
        begun, articles, mentions = time.monotonic(), 0, 0
        for batch in pool.imap_unordered(read, batches):
            with store:
                for row, names in batch:
                    number = store.execute("INSERT INTO article (url, title, author, published, "
                                           "text) VALUES (?, ?, ?, ?, ?)", row).lastrowid
                    store.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?)",
                                      [(number, *name) for name in names])
                    articles, mentions = articles + 1, mentions + len(names)
        seconds = time.monotonic() - begun
    print(json.dumps({"case": "pipeline/trafilatura-spacy-sqlite", "unit": "pages/s",
                      "pages": len(paths), "value": round(len(paths) / seconds, 1),
                      "stored": articles, "mentions": mentions, "seconds": round(seconds, 2)}))


main(*sys.argv[1:])
