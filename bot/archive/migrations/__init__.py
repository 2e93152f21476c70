"""The steps that bring an archive's tables from one form to the next."""
