"""Take what people type on the pages of accounts and administration."""
