"""PDF files judged: what a machine can tell of PDF/UA-1 (ISO 14289-1), by the Matterhorn Protocol 1.02."""
