"""What runs the product: worker, batch, settings, workspace, archive."""
