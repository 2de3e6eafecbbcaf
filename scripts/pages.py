"""A service with the bundled newsroom's articles and one hostile page, for scripts that look at it."""
import contextlib, os, pathlib, subprocess, tempfile, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOSTILE_TITLE = "<script>window.hostile = 1</script>\"'> \u202Egnp.exe " + "x" * 10_000
HOSTILE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{HOSTILE_TITLE.replace("&", "&amp;").replace("<", "&lt;")}</title></head><body><article>
<h1>{HOSTILE_TITLE.replace("&", "&amp;").replace("<", "&lt;")}</h1>
<p>RYE &#8212; The minister Ada &lt;img src=x onerror=window.hostile=2&gt; Pell said on Monday that the
harbour of Rye would be opened again, and that \u202Enobody\u202C had been asked. {"A" * 10_000}</p>
<p>&#8220;We lost &lt;b onclick=alert(1)&gt; a month,&#8221; Mayor Ada Pell said in Rye on Tuesday, and the
harbour master agreed with her in front of the fish hall. The Rye Gazette first reported it.</p>
<p>Nobody of the harbour office was willing to say who had closed the gate in the first place, though
many had been asked, and some of them had been there when it was closed for the winter.</p>
</article></body></html>"""


def programs(configuration="debug"):
    """The folder of the programs; they must be built."""
    command = ["swift", "build", "--configuration", configuration, "--show-bin-path"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return pathlib.Path(shown.stdout.strip())


def wait_for(fact, sentence, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = fact()
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit(f"It did not happen that {sentence}.")


@contextlib.contextmanager
def service(hostile=False):
    """Serves the newsroom's articles: gives the page's address and the token."""
    folder = programs()
    with tempfile.TemporaryDirectory(prefix="wirecopy-pages-") as place:
        data = pathlib.Path(place) / "data"
        listing = pathlib.Path(place) / "newsroom.txt"
        started = []

        def start(*arguments, output=subprocess.DEVNULL):
            # The programs end when their standard input does.
            process = subprocess.Popen([str(folder / arguments[0]), *arguments[1:]], stdout=output,
                                       stdin=subprocess.PIPE,
                                       env={**os.environ, "WIRECOPY_SUPERVISED": "1"})
            started.append(process)

        def wirecopy(*arguments):
            subprocess.run([str(folder / "wirecopy"), *arguments, "--data", str(data)], check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        try:
            with open(listing, "w") as output:
                start("wirecopy-newsroom", "--port", "0", output=output)
            site = wait_for(lambda: next((word for word in listing.read_text().split()
                                          if word.startswith("127.0.0.1:")), None),
                            "the newsroom is open")
            start("wirecopy", "up", "--data", str(data), "--listen", "tcp://127.0.0.1:*",
                  "--web-listen", "127.0.0.1:0", "--allow-private-addresses")
            address = data / "run" / "web-address"
            page = wait_for(lambda: address.exists() and address.read_text().strip(),
                            "the page is served")
            inputs = pathlib.Path(place) / "urls.txt"
            with urllib.request.urlopen(f"http://{site}/urls.txt") as urls:
                inputs.write_bytes(urls.read())
            wirecopy("add", str(inputs))
            if hostile:
                file = pathlib.Path(place) / "hostile.html"
                file.write_text(HOSTILE, encoding="utf-8")
                wirecopy("add", str(file))

            def is_done():
                with urllib.request.urlopen(f"{page}api/v1/status") as answer:
                    text = answer.read().decode()
                return '"entered":0' not in text and '"in_flight":0' in text

            wait_for(is_done, "every page is stored", seconds=180)
            yield page, (data / "run" / "web-token").read_text().strip()
        finally:
            for process in reversed(started):
                process.stdin.close()
                process.terminate()
                process.wait(30)
