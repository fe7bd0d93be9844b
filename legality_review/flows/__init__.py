"""Say who works next on a matter under review and on an adopted document."""
