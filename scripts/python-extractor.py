#!/usr/bin/python3
"""Takes the place of wirecopy-entity-extractor: a worker in another language.

Written from proto-schemas/wire-protocol.md alone, as an example and a test of that page. It finds
runs of capitalised words and quotation marks, no more. Needs Debian's python3-zmq.
"""
import argparse, itertools, json, os, random, re, signal, socket, sys, time, uuid, zmq
VERSION = "python-1"
CREDIT, CREDIT_BYTES = 8, 64 << 20  # deliveries, and their bytes, that may be on the way here
WELCOME_SECONDS, DRAIN_SECONDS, SILENT_HEARTBEATS = 3, 10, 3
PASSING_REFUSALS = {"not_greeted", "draining", "storage_full"}  # all others are for people
WORD = r"[A-Z\u00c0-\u00de][\w'\u2019-]+"
NAME = re.compile(rf"{WORD}(?: (?:of |de |van |von )?{WORD})*")
SENTENCE_START = re.compile(r"(?:^|\n|[.!?\u201d\"] |\u201c)$")
QUOTATION = re.compile("\u201c[^\u201c\u201d\n]{2,}\u201d|\"[^\"\n]{2,}\"")
class Lost(Exception): """The connection is of no use any more; another must be made."""
def annotate(article):
    """Makes the annotated article of a parsed one."""
    text = "\n\n".join(paragraph["text"] for paragraph in article["paragraphs"])
    # Ranges on the wire are UTF-8 bytes, while Python counts characters.
    offset = [0, *itertools.accumulate(len(c.encode("utf-8", "replace")) for c in text)]
    numbers, mentions = {}, []  # a mention names its entity by the index in the list of entities
    for match in NAME.finditer(text):
        before = text[max(0, match.start() - 3):match.start()]
        if " " not in match[0] and SENTENCE_START.search(before):
            continue  # the first word of a sentence is capitalised anyway
        mentions.append({"start": offset[match.start()], "end": offset[match.end()],
                         "entity": numbers.setdefault(match[0], len(numbers)), "type": "MISC"})
    quotations = [{"start": offset[match.start()], "end": offset[match.end()],
                   "kind": "direct" if match[0][-2] in ".,!?" else "partial"}
                  for match in QUOTATION.finditer(text)]
    entities = [{"name": name, "type": "MISC"} for name in numbers]
    return dict(article=article, entities=entities, mentions=mentions, quotations=quotations)
def uuid7(milliseconds):
    """Makes a message's identity: a UUID of version 7 (RFC 9562), 48 bits of time, 74 random."""
    bits = random.SystemRandom().getrandbits(74)
    parts = milliseconds << 80 | 7 << 76 | bits >> 62 << 64 | 2 << 62 | bits % 2**62
    return str(uuid.UUID(int=parts))
def encode(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

class Worker:
    """One extractor; it works on a delivery as soon as it comes, so none waits to be begun."""

    def __init__(self, endpoint, key_file):
        self.endpoint, self.context, self.stopping = endpoint, zmq.Context(), False
        self.key_file = key_file
        self.peer = f"extract/{socket.gethostname()}-{os.getpid()}-{os.urandom(2).hex()}"
        self.failures, self.unsettled = 0, {}  # lease -> its DONE or FAIL, until it is on disk
        self.again = {}  # lease -> when to say its DONE again, for which the broker has no room

    def run(self):
        while not self.stopping:
            try:
                return self.work(self.greet())
            except Lost as reason:
                self.dealer.close(linger=0)
                wait = random.uniform(0, min(10, 0.1 * 2 ** min(self.failures, 20)))
                print(f"python-extractor: {reason} Trying again in {wait:.1f} s.", file=sys.stderr)
                self.failures += 1
                time.sleep(wait)

    def say(self, verb, header):
        self.dealer.send_multipart([verb, encode(header)])

    def hear(self, seconds):
        """Gives the next command as verb, header and messages; None after so many seconds."""
        if not self.dealer.poll(max(0, seconds) * 1000):
            return None
        verb, header, *frames = self.dealer.recv_multipart()
        self.heard, header = time.monotonic(), json.loads(header)
        if verb == b"REFUSE":
            raise (Lost if header["code"] in PASSING_REFUSALS else SystemExit)(header["message"])
        return verb, header, frames

    def greet(self):
        self.dealer = self.context.socket(zmq.DEALER)
        if self.key_file:  # read again each time, because keys change while workers run
            pairs = [line.split(" = ") for line in open(self.key_file) if " = " in line]
            keys = {name: text.strip().split(",") for name, text in pairs}
            self.dealer.curve_secretkey = bytes.fromhex(keys["secret-key"][0])
            self.dealer.curve_publickey = bytes.fromhex(keys["public-key"][0])
            brokers = keys["broker-key"]
            self.dealer.curve_serverkey = bytes.fromhex(brokers[self.failures % len(brokers)])
        self.dealer.connect(self.endpoint)
        self.say(b"HELLO", {"held": list(self.unsettled), "peer": self.peer, "protocol": 1,
                            "stage": "extract", "stage_version": VERSION})
        answer = self.hear(WELCOME_SECONDS)
        if not answer or answer[0] != b"WELCOME":
            raise Lost(f"The broker at {self.endpoint} does not answer.")
        self.failures = self.received = 0
        self.again = {}
        for report in self.unsettled.values():
            self.dealer.send_multipart(report)
        self.grant()
        return answer[1]["heartbeat_ms"] / 1000

    def grant(self):  # totals since HELLO, of what this worker is ready to have received
        self.say(b"CREDIT", {"messages_total": self.received + CREDIT,
                             "bytes_total": (self.received + 1) * CREDIT_BYTES})

    def work(self, heartbeat):
        drained, pinged = None, time.monotonic()
        while True:
            now = time.monotonic()
            if self.stopping and drained is None:
                drained = now
                self.say(b"DRAIN", {"unstarted": []})
            if drained is not None and (not self.unsettled or now > drained + DRAIN_SECONDS):
                self.say(b"BYE", {})
                return self.dealer.close(linger=2000)
            if now > self.heard + SILENT_HEARTBEATS * heartbeat:
                raise Lost("The broker is silent.")
            if now >= pinged + heartbeat:
                pinged = now
                self.say(b"PING", {})
            _, header, frames = self.hear(min(0.2, pinged + heartbeat - now)) or (None, {}, [])
            for settlement in header.get("settlements", []):  # SETTLED
                lease, wait = settlement["lease"], settlement.get("again_ms")
                if wait is None:
                    self.unsettled.pop(lease, None)
                elif lease in self.unsettled:
                    self.again[lease] = time.monotonic() + wait / 1000
            for lease in [lease for lease, due in self.again.items() if due <= now]:
                del self.again[lease]
                self.dealer.send_multipart(self.unsettled[lease])
            self.take(header.get("deliveries", []), frames)  # MESSAGE

    def take(self, deliveries, frames):
        for delivery in deliveries:
            envelope, data = json.loads(frames[0]), frames[1]
            frames = frames[2 + envelope.get("attachments", 0):]
            self.unsettled[delivery["lease"]] = report = self.finish(delivery, envelope, data)
            self.dealer.send_multipart(report)
            self.received += 1
        if deliveries and not self.stopping:
            self.grant()

    def finish(self, delivery, envelope, data):
        """Makes the frames of DONE with one output, or of FAIL for data that cannot be read."""
        begun, lease = time.monotonic(), delivery["lease"]
        try:
            output = encode(annotate(json.loads(data)))
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            return [b"FAIL", encode({"failures": [{"code": "data_invalid", "final": True,
                "lease": lease, "message": f"The article cannot be read: {error!r}."}]})]
        now = int(time.time() * 1000)
        text = time.strftime(f"%Y-%m-%dT%H:%M:%S.{now % 1000:03}Z", time.gmtime(now // 1000))
        made = {key: envelope[key] for key in ("lane", "root", "subject") if key in envelope}
        made |= {"id": uuid7(now), "parent": envelope["id"], "specversion": "1.0",
                 "type": "wirecopy.annotated_article.v1", "attachments": 0,
                 "made_at_ms": now, "time": text, "source": "/" + self.peer,
                 "priority": delivery.get("priority", "live"), "stage_version": VERSION,
                 "service_ms": int((time.monotonic() - begun) * 1000)}
        return [b"DONE", encode({"completions": [{"lease": lease, "outputs": 1}]}),
                encode(made), output]

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--broker", required=True, help="address, such as tcp://127.0.0.1:5577")
    parser.add_argument("--key-file", help="made by wirecopy keys new; see docs/guides/security.md")
    worker = Worker(parser.parse_args().broker, parser.parse_args().key_file)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: setattr(worker, "stopping", True))
    # A supervisor with threads may have started this process with its signals blocked.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM, signal.SIGINT))
    worker.run()
    worker.context.term()
