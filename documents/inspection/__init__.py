"""Tell by its content what an uploaded file is, and refuse what could do harm.

Nothing here knows Django: the checks run in a child process with little memory and time, because
what they read was made by somebody else. Names and declared types of a file are never believed.
"""
