"""Send mail by Microsoft Graph."""
