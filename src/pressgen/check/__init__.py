"""Check: what a wire editor would catch, found in a release before anybody else reads it."""
