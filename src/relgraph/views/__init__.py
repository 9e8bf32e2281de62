"""Views: each module turns data it is handed into one thing that people look at."""
