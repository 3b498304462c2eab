"""What an archive of releases comes to: figures, and a page with plots and tables of them."""
