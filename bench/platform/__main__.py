"""A platform that runs until somebody ends this process; see bench/platform/process.py for how it is started.

Prints its port. /ask takes requests, /messages?since=N lists what was accepted, one a line, /counted says how much.
"""

import asyncio
import pickle
import sys

from bench.haste import Haste
from bench.platform.layout import Layout
from bench.platform.server import serving


async def _serve(layout: Layout, haste: Haste) -> None:
    async with serving(layout.open_gate(haste.now)) as port:
        print(port, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    laid_out, hurried = pickle.load(sys.stdin.buffer)
    with asyncio.Runner(loop_factory=hurried.loop) as runner:
        runner.run(_serve(laid_out, hurried))
