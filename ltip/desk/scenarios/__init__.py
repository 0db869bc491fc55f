"""Stories in TOML, run through the same services that the pages and the jobs use."""
