"""The rules of the Museum of Tides."""
