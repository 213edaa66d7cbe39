"""What a process may cost that reads a calendar. Nothing is imported here that costs anything itself."""

import resource

#: Source of both: the house's contract, docs/calendars-in.md.
CPU_S = 5
MEMORY = 1024**3


def hold_back(cpu_s: int, memory: int) -> None:
    """Have the machine end this process when it takes more than that, and let it write no file."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
