"""The staff console: pages in which members of the staff answer questions. Nobody else gets past its doorkeeper."""
