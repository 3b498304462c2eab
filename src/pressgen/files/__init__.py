"""Read and write files with safe permissions, within their folders."""
