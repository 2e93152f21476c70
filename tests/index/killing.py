"""Runs that are killed from outside while they write the index."""

import subprocess
import sys
from pathlib import Path

APPLYING = """
import sys
from pathlib import Path
from bot.index.words import WordIndex
from tests.index.makes import numbered

index = WordIndex(Path(sys.argv[1]))
for first in range(index.mark.seq + 1, 10**6, 20):
    print(index.mark.seq, flush=True)
    index.apply([numbered(article) for article in range(first, first + 20)])
"""

EMBEDDING = """
import sys
from pathlib import Path
from bot.index.index import Index
from tests.index.makes import WordyEncoder, numbered

index = Index.open(Path(sys.argv[1]), WordyEncoder())
for first in range(index.seq_of_meaning + 1, 10**6, 20):
    print(index.seq_of_meaning, flush=True)
    index.keep_vectors([index.embed(numbered(article)) for article in range(first, first + 20)])
"""


def kill_while(script: str, folder: Path, steps: int) -> int:
    """Run the script and kill it as soon as it has begun that many steps: how far it then said it had come."""
    with subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = 0
        for _ in range(steps):
            said = int(process.stdout.readline())
        process.kill()
    return said
