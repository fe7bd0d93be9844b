"""Recognise citations, and judge whether what they cite stands on a day."""
