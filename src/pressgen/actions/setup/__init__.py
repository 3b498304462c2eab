"""Where work begins: a workspace, a house, a release that is new or brought in from elsewhere."""
