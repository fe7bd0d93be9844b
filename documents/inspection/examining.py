"""Examine a file in a child process and return its kind."""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from documents.inspection.magic import family_of
from documents.inspection.refusals import Unsafe

CHECKS = {
    "pdf": "documents.inspection.pdfs",
    "jpg": "documents.inspection.images",
    "png": "documents.inspection.images",
    "package": "documents.inspection.packages",
}
TOO_COMPLEX = "文件内容过于复杂或已损坏，无法安全打开，请重新导出后上传。"
SECONDS = 40
ROOT = Path(__file__).resolve().parents[2]

# Bounds the memory of all checks together, however many people upload at once.
_children = BoundedSemaphore(2)


def kind_of(path: Path) -> str:
    """Return pdf, docx, xlsx, ofd, jpg or png; raise `Unsafe` with the sentence for the person."""
    with path.open("rb") as opened:
        family = family_of(opened.read(4096))
    reply = ask_child(CHECKS[family], path)
    if "refused" in reply:
        raise Unsafe(reply["refused"])
    kind: str = reply["found"]
    return kind


def ask_child(module: str, path: Path) -> dict[str, Any]:
    """Run a check or a reader on the file; a child that dies or says nothing is a refusal."""
    command = [sys.executable, "-s", "-E", "-m", module, str(path)]
    with _children:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, on a path we chose
                command,
                cwd=ROOT,
                env={"LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=True,
            )
            reply: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError) as failure:
            raise Unsafe(TOO_COMPLEX) from failure
    return reply
