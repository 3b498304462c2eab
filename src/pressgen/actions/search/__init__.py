"""The archive: search its releases, and count them."""
