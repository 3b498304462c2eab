"""The way back: what editors did to a copy of a release, as proposals on the data that it was made from."""
