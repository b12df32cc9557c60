"""The look's own files: taken from npm, cleaned, and laid out for the pages to serve."""

import re
import shutil
import subprocess
from pathlib import Path

from config.dev.trouble import Trouble, about_a_program

MANIFEST = ("package.json", "package-lock.json", ".npmrc")
FRONTEND = Path("node_modules/nhsuk-frontend/dist/nhsuk")
PACKED = {
    "nhsuk-frontend.min.css": "nhsuk-frontend.css",
    "nhsuk-frontend.min.js": "nhsuk-frontend.js",
}
FRUTIGER = re.compile(r"@font-face\s*\{[^}]*Frutiger[^}]*\}")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+)\s*\Z")
NHS_LOGOS = re.compile(r"nhsuk-icon-(mask|\d+)\.")


def build(npm: list[str], root: Path, out: Path) -> None:
    """`out` holds the style sheet, script and icons of NHS.UK frontend, and nothing else.

    `npm` is the command that starts npm. The packages themselves stay in .dev/npm, where the
    tests find the official fixtures and axe.
    """
    packages = root / ".dev" / "npm"
    install(npm, root, packages)
    fresh = out.with_name(f"{out.name}.fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    lay_out(packages / FRONTEND, fresh / "nhsuk")
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


def install(npm: list[str], root: Path, packages: Path) -> None:
    """`packages` holds exactly what the lock file names; a second call does nothing."""
    wanted = b"".join((root / name).read_bytes() for name in MANIFEST)
    stamp = packages / "installed"
    if stamp.is_file() and stamp.read_bytes() == wanted:
        return
    stamp.unlink(missing_ok=True)
    packages.mkdir(parents=True, exist_ok=True)
    for name in MANIFEST:
        shutil.copyfile(root / name, packages / name)
    done = subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=packages,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        raise about_a_program("installing the front-end packages", done.stdout + done.stderr)
    stamp.write_bytes(wanted)


def lay_out(frontend: Path, target: Path) -> None:
    """The few files that pages ask for, without NHS logos and licensed fonts."""
    if not frontend.is_dir():
        raise Trouble(f"{frontend} is missing: delete .dev/npm and try again.")
    (target / "images").mkdir(parents=True)
    for source, name in PACKED.items():
        words = cleaned((frontend / source).read_text(encoding="utf-8"))
        (target / name).write_text(words, encoding="utf-8")
    for picture in sorted((frontend / "assets" / "images").glob("nhsuk-icon-*.svg")):
        if not NHS_LOGOS.match(picture.name):
            shutil.copyfile(picture, target / "images" / picture.name)


def cleaned(words: str) -> str:
    """A style sheet or script that asks for nothing outside its own folder.

    Frutiger is licensed to the NHS only: without its two rules the pages are set in Arial.
    """
    words = FRUTIGER.sub("", words)
    words = SOURCE_MAP.sub("", words)
    return words.replace("url(/assets/images/", "url(images/")
