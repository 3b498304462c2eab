"""Hand in mail by Microsoft Graph."""
