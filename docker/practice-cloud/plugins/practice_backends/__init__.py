"""The last step of each service, played instead of done: one module for each part that is faked."""
