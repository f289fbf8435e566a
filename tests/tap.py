# SPDX-License-Identifier: MIT
"""What the command-line tests share: counting points, and running a program with its time and memory measured."""
import os
import resource
import subprocess
import sys
import time


class Tap:
    n = failed = 0

    def ok(self, good, name, why=""):
        self.n += 1
        self.failed += not good
        print("%s %d - %s" % ("ok" if good else "not ok", self.n, name))
        if not good:
            print("".join("# %s\n" % line for line in str(why).splitlines()[:12]), end="")

    def skip(self, name, why):
        self.n += 1
        print("ok %d - %s # SKIP %s" % (self.n, name, why))

    def end(self):
        print("1..%d" % self.n)
        sys.exit(1 if self.failed else 0)


class Done:
    """How a program ended: code (negative: the signal), text (both outputs), seconds, mebibytes at its peak."""

    def __init__(self, command, folder=None, limit_s=60, **environment):
        begun = time.monotonic()
        run = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               env=dict(os.environ, **environment))
        try:
            out = run.communicate(timeout=limit_s)[0]
            self.code = run.returncode
        except subprocess.TimeoutExpired:
            run.kill()
            out = run.communicate()[0]
            self.code = "no end after %d s" % limit_s
        self.text = out.decode("utf-8", "replace")
        self.seconds = time.monotonic() - begun

    def __str__(self):
        return "exit %s\n%s" % (self.code, self.text)


def peak_mib(command):
    """Runs a program; its exit code, seconds of processor and peak memory. A small process stands between: a child's peak begins with what its
    parent holds."""
    said = subprocess.run([sys.executable, "-I", __file__, *command], stdout=subprocess.PIPE, check=True).stdout.split()
    return int(said[0]), float(said[1]), float(said[2])


def measure(command):
    code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def listing(*folders):
    """Every file below, with its size: to see that nothing came or went."""
    return sorted((os.path.join(root, name), os.path.getsize(os.path.join(root, name)))
                  for folder in folders for root, _, names in os.walk(folder) for name in names)


if __name__ == "__main__":
    measure(sys.argv[1:])
