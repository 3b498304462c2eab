"""Review: copies go out to editors, come back, and what is accepted goes into the release."""
