"""Who may enter the staff console: members of the staff group, for as long as they are that."""
