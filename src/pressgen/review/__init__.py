"""Turn an editor's copy of a release into proposals on its data."""
