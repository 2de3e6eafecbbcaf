// Placeholder until the first behaviour is tested.
