"""Run a platform until somebody ends this process.

    python -m bench.platform '{"kind": "slack", "spaces": 3, "each": 5, "faults": {"seed": 1, "share": 0.2}}'

Prints its port. /ask takes requests, /messages?since=N lists what was accepted, one a line, /counted says how much.
"""

import asyncio
import sys

from bench.platform.layout import Layout
from bench.platform.server import serving


async def _serve(layout: Layout) -> None:
    async with serving(layout.open_gate()) as port:
        print(port, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(Layout.read(sys.argv[1])))
