"""Changes to what people have: an embargo moved, a version corrected, a release withdrawn."""
