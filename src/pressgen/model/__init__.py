"""The data of a press office: releases, houses, documents and events."""

import os

# Plug-ins of pydantic that another program installed must not change how a release is read. The search for them
# is left out as well: it would take as long as reading a release.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
