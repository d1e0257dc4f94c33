"""Progress on the terminal."""

import sys
from contextlib import ExitStack

import click


class ProgressBars(ExitStack):
    """Shows the progress of each step: a bar on a terminal, elsewhere a line as it begins."""

    _step = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self.close()
            bar = click.progressbar(length=total, label=step, file=sys.stderr)
            self._bar = self.enter_context(bar)
            self._step = step
        self._bar.update(done - self._bar.pos)
