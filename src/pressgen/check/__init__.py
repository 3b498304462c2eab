"""Find what a wire editor would catch, before anybody reads the release."""
