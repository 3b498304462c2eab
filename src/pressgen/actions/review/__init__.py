"""Review: copies go to editors, come back, and change the release."""
