"""One module per question that a page, an export or the command line asks of a release."""
