"""A WSGI application from a paste file: PASTE_FILE, and PASTE_APP."""
import os

from paste import deploy

application = deploy.loadapp('config:' + os.environ['PASTE_FILE'],
                             name=os.environ.get('PASTE_APP') or None)
