"""Be the child process: little memory, little time, no writing; answer in one line of JSON."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from documents.inspection.refusals import Unsafe

MEMORY = 512 * 1024 * 1024
SECONDS = 20


def answer(check: Callable[[bytes], Any]) -> None:
    """Run a check or a reader on the file named by the first argument and print what it found."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        reply = {"found": check(Path(sys.argv[1]).read_bytes())}
    except Unsafe as refusal:
        reply = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(reply))
