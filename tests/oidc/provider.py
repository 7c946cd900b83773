"""The OpenID provider of the tests: the certified npm package ``oidc-provider``, on loopback.

``python -m tests.oidc.provider`` installs it into ``tests/oidc/node_modules``. Without Node.js the
tests that sign in fail and say what to install; they are never skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import packages
from tests.browser.serving import free_port

HERE = Path(__file__).parent
SECRET = "a secret of the tests"
WANTED = (
    "The tests that sign in need Node.js 18 or newer with npm, and the packages of"
    " tests/oidc/package-lock.json. On Debian: apt-get install nodejs npm; then:"
    " python -m tests.oidc.provider"
)


def fault() -> str | None:
    """Why the provider cannot be started, or None when it can."""
    node = shutil.which("node")
    if node is None:
        return "There is no “node” here."
    found = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    if int(found.stdout.strip().lstrip("v").split(".")[0] or 0) < 18:
        return f"“node” is {found.stdout.strip()}, which is too old."
    installed, locked = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < locked.stat().st_mtime:
        return "The packages of tests/oidc/package-lock.json are not installed."
    return None


def install() -> None:
    """Install Node.js where we may and it is not there, and what is locked."""
    if not (shutil.which("node") and shutil.which("npm")):
        packages.install("nodejs", "npm")
    if npm := shutil.which("npm"):
        packages.ran([npm, "ci", "--ignore-scripts", "--silent", "--prefix", str(HERE)])


@contextmanager
def providing(redirect: str, people: Mapping[str, Mapping[str, Any]], log: Path) -> Iterator[str]:
    """The provider, for a client that is called back at ``redirect``; gives its address.

    ``people``: e-mail addresses, each with further claims. What it prints goes to ``log``.
    """
    if reason := fault():
        raise RuntimeError(f"{reason} {WANTED}")
    port = free_port()
    said = json.dumps({"port": port, "redirect": redirect, "people": people})
    with log.open("w", encoding="utf-8") as printed:
        server = subprocess.Popen(
            ["node", str(HERE / "server.js"), said],
            stdout=subprocess.PIPE,
            stderr=printed,
            text=True,
        )
        try:
            assert server.stdout is not None
            if not server.stdout.readline().startswith("listening"):
                raise RuntimeError(f"the provider did not start:\n{log.read_text('utf-8')}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)
            server.stdout.close()


def secrets(address: str, provider: str) -> str:
    """What ``secrets.toml`` says of the provider, for an atlas at ``address``."""
    return (
        "[auth]\n"
        f'redirect_uri = "{address}/oauth2callback"\n'
        'cookie_secret = "a cookie secret of the tests, long enough"\n'
        'client_id = "atlas"\n'
        f'client_secret = "{SECRET}"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
        'client_kwargs = { prompt = "login", scope = "openid email profile" }\n'
    )


def main() -> None:
    """Make sure that the provider starts; else exit with code 1 and say what to install."""
    if fault():
        install()
        if reason := fault():
            sys.exit(f"{reason}\n\n{WANTED}")


if __name__ == "__main__":
    main()
