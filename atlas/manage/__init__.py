"""What the page of data managers is made of: the same functions as the command line, asked step by
step. Nothing here is reached but through ``pages/manage/data.py``, which asks for the role."""
