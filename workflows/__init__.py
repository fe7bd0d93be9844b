"""Carry cases through acts, terms and tasks."""
