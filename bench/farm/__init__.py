"""The feed farm: thousands of made-up feeds on loopback, to measure and to test the wire against."""

from bench.farm.farm import Answer, Farm, Published, Served
from bench.farm.feeds import Habit, Rates

__all__ = ["Answer", "Farm", "Habit", "Published", "Rates", "Served"]
