"""The trained tagger: source, cue and content of a text by a small network, run with NumPy.

`model.load()` reads the weights. Only `network`, `field` and what imports them need NumPy; nothing
else in `claims` imports them before a text is tagged.
"""

import os
import sys

# Its matrices are small: threads of BLAS would mostly wait for each other, and on a busy machine
# they cost thirty times what one takes. BLAS reads this once, when NumPy is first imported; who has
# imported NumPy before, or has set these, has decided.
if "numpy" not in sys.modules:
    for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(_name, "1")
