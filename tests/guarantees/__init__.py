"""The promises of agreements, tried as a whole: by processes, races and time. Their list is docs/guarantees.md."""
