"""Files of call systems on the pages: uploaded, mapped by their headings, imported in the background."""
