"""The web application, as gunicorn finds it: `gunicorn app:app`."""

from numirror.web.app import create_app

app = create_app()
