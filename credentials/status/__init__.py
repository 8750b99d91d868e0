"""Status lists: which awards still stand, published without telling who asks."""
