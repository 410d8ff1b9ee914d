"""Reads X12 files named on standard input and prints for each, as a JSON line, what pyx12 finds wrong with it."""

import functools
import json
import logging
import sys

import pyx12.map_if
import pyx12.map_index
import pyx12.params
import pyx12.x12n_document


class Collector(logging.Handler):
    def __init__(self):
        super().__init__(logging.ERROR)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


# It would load its maps again for every file, which takes most of the time.
pyx12.map_if.load_map_file = functools.cache(pyx12.map_if.load_map_file)
pyx12.map_index.map_index = functools.cache(pyx12.map_index.map_index)

collector = Collector()
PARAMETERS = pyx12.params.ParamsBase()
logging.getLogger().addHandler(collector)
for path in sys.stdin.read().split():
    collector.messages.clear()
    try:
        accepted = pyx12.x12n_document.x12n_document(PARAMETERS, path, None, None)
    except Exception as error:
        accepted = False
        collector.messages.append(repr(error))
    print(json.dumps({"path": path, "accepted": accepted, "messages": collector.messages}))
