"""The secrets of one demo: made once, readable by their owner only."""

import json
import os
import secrets
from pathlib import Path


def secrets_of(servers: Path) -> dict[str, str]:
    """The same password and keys at every start; they live and die beside the database."""
    path = servers / "secrets.json"
    if path.exists():
        kept: dict[str, str] = json.loads(path.read_text())
        return kept
    made = {
        "database_password": secrets.token_hex(16),
        "SECRET_KEY": secrets.token_hex(32),
        "HEADROOM_PERSON_KEY": secrets.token_hex(32),
    }
    write_private(path, json.dumps(made))
    return made


def write_private(path: Path, text: str) -> None:
    """The file holds this text, whole or not at all, and only its owner reads it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    draft.replace(path)
