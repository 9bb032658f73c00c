"""From the bytes of the data files to checked rows. Nothing here knows the database."""
