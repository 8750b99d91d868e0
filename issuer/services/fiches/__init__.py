"""The fiches as their keepers work with them: completed from a feed, compared, succeeded, proposed."""
