"""Sign in to Microsoft 365 and Google Workspace by OAuth 2.0."""
