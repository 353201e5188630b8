"""What uWSGI serves: a service's own application, named by PRACTICE_CLOUD_WSGI, made fit for threads."""

import importlib
import os
import threading


class FirstRequestAlone:
    """Lets no second request in before a first one with a valid token has been answered.

    Neutron, Nova and others load their policies during the first request and mark them as loaded
    before they are: requests that come meanwhile are refused with 403 for no reason.
    """

    def __init__(self, application):
        self._application = application
        self._alone = threading.Lock()
        self._ready = False

    def __call__(self, environ, start_response):
        if self._ready or "HTTP_X_AUTH_TOKEN" not in environ:
            return self._application(environ, start_response)

        def start(status, *arguments):
            if not status.startswith("401"):
                self._ready = True
            return start_response(status, *arguments)

        with self._alone:
            return self._application(environ, start)


module, _, name = os.environ["PRACTICE_CLOUD_WSGI"].partition(":")
application = FirstRequestAlone(getattr(importlib.import_module(module), name))
