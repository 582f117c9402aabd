"""What ``bus doctor`` looks at. Each check answers findings and never raises; nothing is changed."""
