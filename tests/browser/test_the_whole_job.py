"""One person, one sitting: from signing in to an empty cloud, nothing faked."""
