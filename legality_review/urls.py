"""Route the pages of legality review that are not pages of a case."""

app_name = "legality_review"
urlpatterns: list[object] = []
