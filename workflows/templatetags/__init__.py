"""Put cases, dates and terms into words on pages."""
