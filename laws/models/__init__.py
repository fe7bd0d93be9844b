"""Keep registered laws, change them with their trace, and examine citations."""

from laws.models.changes import add_law, correct_law, end_law
from laws.models.examining import Examined, examine
from laws.models.laws import Ending, Law, LawKind

__all__ = [
    "Ending", "Examined", "Law", "LawKind", "add_law", "correct_law", "end_law", "examine",
]  # fmt: skip
