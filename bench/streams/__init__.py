"""How many listeners one server carries, and what that costs everybody else."""
