"""Plant known faults in a copy of the checkout and see that the tests notice each.

./dev plant [name ...]     all of them, or those named
./dev plant --list         what there is, and what people would meet
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.planted.fault import Fault, known_faults
from tests.planted.garden import ALL_PASSED, Garden, Outcome

ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str]) -> int:
    """Plant what is asked for; 1 if a fault was not caught, 2 if nothing could be said."""
    parser = argparse.ArgumentParser(prog="./dev plant", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="name", help="a fault; all of them without")
    parser.add_argument("--list", action="store_true", help="name the faults and plant none")
    wish = parser.parse_args(arguments)
    known = {fault.name: fault for fault in known_faults()}
    if unknown := [name for name in wish.names if name not in known]:
        parser.error(f"no fault is called {', '.join(unknown)}; --list names them")
    faults = [known[name] for name in wish.names or known]
    if wish.list:
        print("\n".join(f"{fault.name}: {fault.harm}" for fault in faults))
        return 0
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        return plant_all(Garden(ROOT, Path(folder)), faults)


def plant_all(garden: Garden, faults: list[Fault]) -> int:
    """Plant one fault after the other and print what came of each."""
    tests = dict.fromkeys(test for fault in faults for test in fault.tests)
    status, said = garden.run(tests)
    if status != ALL_PASSED:
        print(said, "The tests do not pass without any fault. Mend that first.", sep="\n")
        return 2
    width = max(len(fault.name) for fault in faults)
    caught = 0
    for fault in faults:
        outcome, said = garden.plant(fault)
        print(f"{fault.name:<{width}}  {outcome}", flush=True)
        caught += outcome is Outcome.CAUGHT
        if outcome in (Outcome.SURVIVED, Outcome.NOT_RUN):
            print(f"  {fault.harm}\n  {fault.file}, {', '.join(fault.tests)}")
        if outcome is Outcome.NOT_RUN:
            print(said)
    print(f"{caught} of {len(faults)} caught.")
    return 0 if caught == len(faults) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
