"""Takes the main text out of pages with one peer: prints CPU seconds.

  peer.py trafilatura|resiliparse PAGES      PAGES as libxml2.c reads it

trafilatura gives text and metadata; resiliparse gives text only, and has its title beside it.
"""
import struct
import sys
import time


def trafilatura(page):
    import trafilatura

    trafilatura.bare_extraction(page, with_metadata=True)


def resiliparse(page):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(bytes_to_str(page, detect_encoding(page)))
    extract_plain_text(tree, main_content=True)
    tree.title


def pages(path):
    packed = open(path, "rb").read()
    at = 0
    while at < len(packed):
        (length,) = struct.unpack_from("<I", packed, at)
        yield packed[at + 4 : at + 4 + length]
        at += 4 + length


extract = {"trafilatura": trafilatura, "resiliparse": resiliparse}[sys.argv[1]]
found = list(pages(sys.argv[2]))
extract(found[0])
start = time.process_time()
for page in found:
    try:
        extract(page)
    except Exception as failure:
        print(f"{sys.argv[1]} failed: {failure!r}", file=sys.stderr)
print(time.process_time() - start)
