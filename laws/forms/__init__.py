"""Take what is registered of laws: one by one, and from Excel."""
