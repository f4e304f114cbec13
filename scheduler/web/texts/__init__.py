"""Every text of the pages, in English and Dutch: one file a subject, joined in ``joined``."""
