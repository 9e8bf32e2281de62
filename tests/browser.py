"""The machine's own Chromium for tests, driven by Playwright; nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser. Without Chromium the test is skipped, but on CI (env ``CI``) it fails."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        reason = "no Chromium on this machine (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Seen:
    """What a page did: every request beyond the file itself, every complaint, why a request failed."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)


@contextmanager
def opened(
    browser: Any,
    file: Path,
    *,
    fragment: str = "",
    width: int = 1280,
    height: int = 720,
    ready: str = "html[data-ready=true]",
) -> Iterator[tuple[Any, Seen]]:
    """``file`` opened from disk as by double-click, with what it asks for and complains about.

    Every request but the file's own is refused, and recorded. ``ready`` selects what a page has once it is.
    """
    seen = Seen()
    own = file.as_uri()
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    try:
        page = context.new_page()

        def route(handler: Any) -> None:
            if handler.request.url.split("#")[0] == own:
                handler.continue_()
            else:
                handler.abort()

        def on_request(request: Any) -> None:
            url = request.url.split("#")[0]
            if url != own and not url.startswith("data:"):
                seen.requests.append(url)

        def on_console(message: Any) -> None:
            if message.type in ("error", "warning"):
                seen.complaints.append(message.text)

        context.route("**/*", route)
        page.on("request", on_request)
        page.on("requestfailed", lambda request: seen.failures.update({request.url: request.failure}))
        page.on("console", on_console)
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.goto(own + fragment)
        page.wait_for_selector(ready, state="attached", timeout=30_000)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        yield page, seen
    finally:
        context.close()


def go(page: Any, address: str) -> None:
    """Bring a map's page into the state of an address."""
    page.evaluate("(address) => relgraph.state.set(relgraph.state.read(address))", address)
