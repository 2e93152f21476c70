"""The way in. Files, feeds and pages become drafts."""
