"""A page in a real browser without network, with everything it said and asked for."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def wait_until(tab: Any, condition: str) -> None:
    """Polls from here: the page's own policy forbids the evaluation playwright would poll with."""
    deadline = time.monotonic() + 60
    while not tab.evaluate(condition):
        assert time.monotonic() < deadline, f"waited in vain for {condition}"
        time.sleep(0.05)


class Opened:
    """A page with everything it said and asked for."""

    def __init__(self, browser: Any, file: Path, fragment: str = "", **options: Any) -> None:
        self.tab = browser.new_page(**{"viewport": {"width": 1280, "height": 800}, **options})
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.tab.on("console", self._listen)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.goto(file.as_uri() + fragment)
        wait_until(self.tab, "!!window.chimataReady || window.chimataErrors?.length > 0")
        assert self.tab.evaluate("window.chimataErrors") == []

    def _listen(self, message: Any) -> None:
        # the driver remarks on the pixels that these tests read; whoever only looks reads none
        if "GPU stall due to ReadPixels" not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")

    def seek(self, t: float) -> None:
        self.tab.evaluate("t => chimata.seek(t)", t)

    def show_only(self, *layers: str) -> None:
        for switch in self.tab.locator(".switches input").all():
            switch.set_checked(switch.get_attribute("name") in layers)

    def map_picture(self) -> bytes:
        """Part of the map without legend, counters or controls, which change by themselves."""
        self.tab.wait_for_timeout(200)
        clip = {"x": 260, "y": 120, "width": 600, "height": 520}
        return bytes(self.tab.screenshot(clip=clip))

    def counters(self, run: int = 0) -> list[int]:
        texts = self.tab.locator(".hud").nth(run).locator("b").all_text_contents()
        return [int(text.replace(",", "")) for text in texts]
