"""The shapes of what is read and sent. They check shape only; whether something is allowed is the verbs' matter."""
