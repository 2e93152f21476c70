"""Every number, with its unit and its reason. Imports nothing else.

The numbers of each room stand in a file of their own; all are used as defaults.NAME.
"""

from config.defaults.archive import *  # noqa: F403
from config.defaults.asking import *  # noqa: F403
from config.defaults.console import *  # noqa: F403
from config.defaults.deliveries import *  # noqa: F403
from config.defaults.descriptions import *  # noqa: F403
from config.defaults.digests import *  # noqa: F403
from config.defaults.discord import *  # noqa: F403
from config.defaults.index import *  # noqa: F403
from config.defaults.layouts import *  # noqa: F403
from config.defaults.requests import *  # noqa: F403
from config.defaults.schedules import *  # noqa: F403
from config.defaults.slack import *  # noqa: F403
from config.defaults.sources import *  # noqa: F403
from config.defaults.stories import *  # noqa: F403
from config.defaults.watches import *  # noqa: F403
from config.defaults.wire import *  # noqa: F403
