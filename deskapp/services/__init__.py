"""Use cases: each public function is one unit of work, from the role check to the change event."""
