"""Read the text of uploaded files, recognise its clauses, compare and index it.

Nothing here knows Django. Whatever opens a file made by somebody else (`word`, `pdf`) runs in the
child process of `documents.inspection`; the rest works on paragraphs of plain text.
"""
