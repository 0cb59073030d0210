"""Application services: worker, batch, settings, workspace, archive."""
