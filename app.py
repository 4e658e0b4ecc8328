"""The web application, as gunicorn finds it: `gunicorn app:app`."""

import sys

from numirror.kernel.errors import NuMirrorError
from numirror.web.app import create_app

try:
    app = create_app()
except NuMirrorError as error:
    sys.exit(str(error))
