"""Declare the series of rehearsals."""

from documents.numbers import Series, declare

declare(Series("rehearsal.rehearsal", "演练件", "演练〔{year}〕{n}号"))
