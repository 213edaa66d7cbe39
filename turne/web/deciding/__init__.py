"""Pages of what follows the scores of a call: its applications, ranking, meeting, minutes, answers and figures."""
