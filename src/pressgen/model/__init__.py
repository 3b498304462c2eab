"""The nouns of a press office: what a release holds, what a house says, what a document shows."""

import os

# What another program has installed as a plug-in of pydantic must not change how a release is read; nor is it looked
# for, which would take as long as reading one.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
