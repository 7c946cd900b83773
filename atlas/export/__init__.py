"""Pictures and files of what the atlas shows, drawn on the server from the data."""
