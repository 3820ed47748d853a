"""What Django's own apps need on MongoDB: ObjectId keys, and migrations that make them."""
