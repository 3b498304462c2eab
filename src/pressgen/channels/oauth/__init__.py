"""Sign in to mail services by OAuth 2.0: Microsoft 365 and Google Workspace."""
