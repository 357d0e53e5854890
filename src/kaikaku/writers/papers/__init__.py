"""The papers (概要版, 本部会議資料): what they say, in blocks that PDF and Word print alike."""

from kaikaku.writers.papers.blocks import Paper
from kaikaku.writers.papers.headquarters import headquarters_paper
from kaikaku.writers.papers.summary import summary_paper

__all__ = ["Paper", "headquarters_paper", "summary_paper"]
