"""What keys, quotas and counting cost a call, measured on the server that serves Flaks."""
