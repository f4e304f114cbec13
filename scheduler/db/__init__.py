"""The database: how rows are declared and kept, how work on them begins and ends, and who may see them."""
