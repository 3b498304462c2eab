"""Where files and messages go: a folder, a mail server, a web hook. One adapter a file; each is given values."""
