"""Let come about what the law itself brings about on its day (a document lapses, LR-32)."""

from datetime import date

from workflows.door import befall
from workflows.lifecycle import Case, case_models
from workflows.refusals import Refusal


def befall_due(today: date) -> int:
    """Let every act come about whose day has come; return how many did.

    Each is a transaction of its own under the lock of its case: done twice, or twice at once, the
    second finds the case changed and leaves it.
    """
    found = [each for model in case_models() for each in model.falling_due(today)]
    return sum(_befall(case, name, today) for case, name in found)


def _befall(case: Case, name: str, today: date) -> bool:
    """Let one act come about; tell whether it did."""
    try:
        befall(case, name, on=today)
    except Refusal:
        return False
    return True
