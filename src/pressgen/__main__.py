"""`python -m pressgen` is the command `pressgen`."""

from pressgen.cli.app import main

main(prog_name="pressgen")
