"""Questionnaires on the pages: sheets, the answers keyed, one-time codes to print, versions."""
