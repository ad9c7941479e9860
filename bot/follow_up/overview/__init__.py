"""How the work stands: lists of groups, figures, their chart, and exports."""
