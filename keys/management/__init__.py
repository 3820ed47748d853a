"""What operators run: `python manage.py …`."""
