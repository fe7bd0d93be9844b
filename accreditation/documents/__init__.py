"""Turn cases into the words of their papers, and declare their series of numbers (FQ-9)."""

from accreditation.documents import applications, outcomes, titles

__all__ = ["applications", "outcomes", "titles"]
