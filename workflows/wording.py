"""Punctuate as GB/T 15834 asks: quotation marks inside others, one full stop."""

from collections.abc import Sequence


def quoted(title: str) -> str:
    """Put a title into quotation marks; those it has itself become single ones."""
    return f"“{title.replace('“', '‘').replace('”', '’')}”"


def joined(sentences: Sequence[str]) -> str:
    """Make one sentence of several: semicolons between them, one full stop at the end."""
    return "；".join(sentence.removesuffix("。") for sentence in sentences) + "。"
