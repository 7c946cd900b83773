"""What the tests need of the system, by its package manager where we may."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(*names: str) -> None:
    """Install packages of Debian's, as far as that can be done here."""
    if shutil.which("apt-get") and (root := _as_root()) is not None:
        install_it = [*root, "apt-get", "install", "-y", *names]
        if not ran(install_it) and ran([*root, "apt-get", "update"]):
            ran(install_it)


def ran(command: list[str]) -> bool:
    """Run a command; whether it ended well."""
    return subprocess.run(command, check=False).returncode == 0


def _as_root() -> list[str] | None:
    """The words before a command that make it run as root; None if we may not."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and ran(["sudo", "-n", "true"]) else None
