"""The part of `scripts/score-stories` that knows the peers.

  story-peers.py WIRECOPY TOGETHER.jsonl... -- ALONE.jsonl...

Prints B-cubed precision, recall and F1 (Bagga and Baldwin 1998) of `WIRECOPY stories --batch`,
of TF-IDF single-pass clustering (Allan, Papka and Lavrenko 1998) and of DBSCAN over TF-IDF cosines.
Where there are several files, figures are over all articles, and a peer has one threshold for all.
"""
import collections, datetime, hashlib, json, os, subprocess, sys, tempfile

READ = ("id", "title", "text", "published")
DAY = datetime.timedelta(days=1)
CROWD_WEEKS = 2
# Single pass: cosine with a cluster's mean, and days after which a cluster takes no more.
COSINES = [step / 100 for step in range(6, 52, 2)]
WINDOWS = [90, 60, 30, 14, 7]
# DBSCAN: distance within which articles are neighbours.
DISTANCES = [step / 100 for step in range(30, 97, 2)]


def stable(text, count):
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % count


def when(row):
    text = row.get("published")
    moment = text and datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment and moment.replace(tzinfo=moment.tzinfo or datetime.timezone.utc)


def dated(rows):
    return sorted(rows, key=lambda row: (row.get("published") or "", row["id"]))


def crowded(rows):
    """Every story begins within the same two weeks. Whole weeks are moved, so that "on Tuesday"
    stays true; days that a text names with their month do not move with it."""
    first, moved = {}, []
    for row in rows:
        if when(row):
            first[row["story"]] = min(first.get(row["story"], when(row)), when(row))
    week = datetime.datetime(2024, 6, 3, tzinfo=datetime.timezone.utc)
    for row in rows:
        moment = when(row)
        if moment:
            weeks = (week - first[row["story"]]).days // 7 + stable(row["story"], CROWD_WEEKS)
            moment += 7 * weeks * DAY
        moved.append({**row, "published": moment and moment.strftime("%Y-%m-%dT%H:%M:%SZ")})
    return dated(moved)


def undated(rows):
    bare = [{**row, "published": None} for row in rows]
    return sorted(bare, key=lambda row: (stable(row["id"], 1 << 32), row["id"]))


def score(parts, answers):
    precision = recall = count = 0
    for rows, found in zip(parts, answers):
        gold, made = collections.defaultdict(set), collections.defaultdict(set)
        for index, (row, cluster) in enumerate(zip(rows, found)):
            gold[row["story"]].add(index)
            made[cluster].add(index)
        for row, cluster in zip(rows, found):
            right = len(gold[row["story"]] & made[cluster])
            precision += right / len(made[cluster])
            recall += right / len(gold[row["story"]])
        count += len(rows)
    precision, recall = precision / count, recall / count
    return precision, recall, 2 * precision * recall / (precision + recall)


def wirecopy(program, rows):
    with tempfile.TemporaryDirectory() as folder:
        given, made = os.path.join(folder, "in"), os.path.join(folder, "out")
        with open(given, "w", encoding="utf-8") as lines:
            for row in rows:
                kept = {key: row[key] for key in READ if row.get(key)}
                print(json.dumps(kept, ensure_ascii=False), file=lines)
        subprocess.run([program, "stories", "--batch", given, "--out", made], check=True)
        with open(made, encoding="utf-8") as lines:
            return [json.loads(line)["story"] for line in lines]


def cosines(rows):
    from sklearn.feature_extraction.text import TfidfVectorizer

    reader = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    vectors = reader.fit_transform(f"{row.get('title', '')}\n{row['text']}" for row in rows)
    return (vectors @ vectors.T).toarray()


def single_pass(near, rows, cosine, window):
    """A cluster is known by its members' summed cosines with every article."""
    sums, squares, last, found = [], [], [], []
    for index, row in enumerate(rows):
        moment, best, fit = when(row), None, cosine
        for cluster, total in enumerate(sums):
            if window and moment and last[cluster] and moment - last[cluster] > window * DAY:
                continue
            closeness = total[index] / squares[cluster] ** 0.5
            if closeness >= fit:
                best, fit = cluster, closeness
        if best is None:
            best = len(sums)
            sums.append(near[index] * 0)
            squares.append(0)
            last.append(None)
        squares[best] += 2 * sums[best][index] + near[index][index]
        sums[best] = sums[best] + near[index]
        last[best] = moment
        found.append(best)
    return found


def dbscan(near, rows, distance):
    from sklearn.cluster import DBSCAN

    reader = DBSCAN(eps=distance, min_samples=2, metric="precomputed")
    labels = reader.fit_predict((1 - near).clip(min=0))
    return [label if label >= 0 else -1 - index for index, label in enumerate(labels)]


def best(parts, near, method, grid):
    tried = ((score(parts, [method(*part, *setting) for part in zip(near, parts)]), setting)
             for setting in grid)
    return max(tried, key=lambda outcome: outcome[0][2])


def show(name, figures, setting=""):
    print(f"  {name:24} P {figures[0]:.3f}  R {figures[1]:.3f}  F1 {figures[2]:.3f}  {setting}",
          flush=True)


def show_peers(parts, timing):
    try:
        near = [cosines(rows) for rows in parts]
    except ImportError:
        print("  scikit-learn is not installed: no figures of peers.")
        return
    figures, setting = best(parts, near, single_pass, [(cosine, None) for cosine in COSINES])
    show("single pass", figures, f"best at {setting[0]}")
    if timing is not undated:
        windows = [(cosine, window) for cosine in COSINES for window in WINDOWS]
        figures, setting = best(parts, near, single_pass, windows)
        show("single pass with window", figures, f"best at {setting[0]} and {setting[1]} days")
    figures, setting = best(parts, near, dbscan, [(distance,) for distance in DISTANCES])
    show("DBSCAN", figures, f"best at {setting[0]}")


def judge(program, title, files):
    for timing in (dated, crowded, undated):
        parts = [timing(rows) for rows in files]
        articles = sum(map(len, parts))
        stories = sum(len({row["story"] for row in rows}) for rows in parts)
        print(f"{title}, {timing.__name__}: {articles} articles, {stories} stories")
        show("Wirecopy", score(parts, [wirecopy(program, rows) for rows in parts]))
        show_peers(parts, timing)


def read(path):
    """Two files may call different stories by one name."""
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [{**row, "story": f"{os.path.basename(path)}: {row['story']}"} for row in rows]


def main(program, *paths):
    middle = paths.index("--")
    together = [read(path) for path in paths[:middle]]
    judge(program, "Each file for itself", together)
    judge(program, "One stream", [[row for rows in together for row in rows]])
    for path in paths[middle + 1:]:
        judge(program, os.path.basename(path), [read(path)])


main(*sys.argv[1:])
