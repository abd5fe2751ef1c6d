"""One blueprint a file: read the address, make one call, render."""
