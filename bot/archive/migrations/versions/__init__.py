"""One module a step, named by what it brings. A step that was released is never changed."""
