"""Read declared figures over operational rows."""
