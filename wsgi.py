"""The entry of a production server: `granian --interface wsgi wsgi:app`.

What a start makes stays as long as the process: it is not looked through for what could be let go, neither while it is
made (a tenth of the cost of a start) nor ever after, when it would hold up a page.
"""

import gc

gc.disable()

from webapp import create_app  # noqa: E402

app = create_app()
gc.freeze()
gc.enable()
