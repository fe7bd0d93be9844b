"""Hold matters under review and adopted documents."""
