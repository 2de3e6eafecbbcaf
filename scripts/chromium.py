"""Drives a headless Chromium through its debugging pipe; needs Python and Chromium, nothing else."""
import base64, json, os, select, shutil, subprocess, tempfile, time

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def path():
    """Where Chromium is, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One page of a browser with a profile of its own; what it reports is kept in `reports`."""

    def __init__(self, width=1280, height=900):
        self.folder = tempfile.mkdtemp(prefix="wirecopy-chromium-")
        to_read, self.to_write = os.pipe()
        self.to_read, to_write = os.pipe()
        arguments = [
            path(), "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--hide-scrollbars", f"--user-data-dir={self.folder}",
            f"--window-size={width},{height}", "about:blank",
        ]

        def take_pipes():
            # Copies first: one of the two may lie where the other has to go.
            ends = os.dup(to_read), os.dup(to_write)
            for end, place in zip(ends, (3, 4)):
                os.dup2(end, place)

        self.process = subprocess.Popen(
            arguments, preexec_fn=take_pipes, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.bytes, self.number, self.session, self.reports = b"", 0, None, []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Network", "Log"]:
            self.send(f"{domain}.enable")

    def _next(self, deadline):
        while b"\0" not in self.bytes:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.to_read], [], [], left)[0]:
                raise TimeoutError("The browser did not answer in time.")
            piece = os.read(self.to_read, 1 << 20)
            if not piece:
                raise EOFError("The browser has ended.")
            self.bytes += piece
        message, self.bytes = self.bytes.split(b"\0", 1)
        return json.loads(message)

    def send(self, method, **parameters):
        """Gives a command and waits for its answer; what is reported meanwhile is kept."""
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.to_write, json.dumps(command).encode() + b"\0")
        deadline = time.monotonic() + 30
        while True:
            message = self._next(deadline)
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.reports.append(message)

    def wait(self, method, seconds=20):
        """Waits until something is reported."""
        deadline = time.monotonic() + seconds
        while True:
            for report in self.reports:
                if report.get("method") == method and not report.get("seen"):
                    report["seen"] = True
                    return report
            self.reports.append(self._next(deadline))

    def rest(self, seconds):
        """Takes what is reported for a while."""
        deadline = time.monotonic() + seconds
        try:
            while True:
                self.reports.append(self._next(deadline))
        except TimeoutError:
            return

    def open(self, url):
        """Goes to an address and waits until it is loaded; gives what was reported meanwhile."""
        self.reports = []
        self.send("Page.navigate", url=url)
        self.wait("Page.loadEventFired")
        return self.reports

    def value(self, script):
        """The value of an expression in the page; promises are waited for."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def press(self, key, code):
        for kind in ["keyDown", "keyUp"]:
            self.send("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code)

    def look(self, width, height, dark=False, scale=1):
        """Takes the size of a screen and a colour scheme."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=scale, mobile=width < 600)
        self.send("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def picture(self, file):
        """Writes what is seen as a PNG."""
        data = self.send("Page.captureScreenshot", format="png")["data"]
        with open(file, "wb") as out:
            out.write(base64.b64decode(data))

    def close(self):
        self.process.terminate()
        self.process.wait(10)
        os.close(self.to_write)
        os.close(self.to_read)
        shutil.rmtree(self.folder, ignore_errors=True)
