"""What the person chose once and for all: kept beside the attempts, so that exporting and deleting reach it."""
