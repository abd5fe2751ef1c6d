"""Documents and charts: views of the domain in, PDF and SVG bytes out."""
