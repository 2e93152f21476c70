"""What can be typed."""

from bot.cli.main import main as main
