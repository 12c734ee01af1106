"""Running one validation in a process that can be killed."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from typing import Final

from api.problems import ProblemError
from graph.validation.results import Report
from graph.validation.submission_messages import OUT_OF_MEMORY, WORKER, SubmissionAnswer, SubmissionRequest

_LOG: Final = logging.getLogger(__name__)
# How a process ends whose allocation fails in native code, or that the kernel picks when memory is short.
_MEMORY_ENDS: Final = frozenset({OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL})


async def validate(request: SubmissionRequest, seconds: float) -> Report:
    """Validate in a process of its own, which is killed when the time is over.

    Args:
        request: what to validate.
        seconds: how long it may take.

    Raises:
        ProblemError: if there is no whole report, saying why.

    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        WORKER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_environment(),
    )
    try:
        message = await asyncio.to_thread(lambda: request.model_dump_json().encode())
        written, errors = await asyncio.wait_for(process.communicate(message), seconds)
    except TimeoutError:
        raise ProblemError(
            "validation-timeout",
            f"the validation was stopped after {seconds:g} s: send less at once",
            headers={"Retry-After": "10"},
        ) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode in _MEMORY_ENDS:
        raise ProblemError(
            "validation-memory",
            f"the validation needed more than {request.memory} bytes: send less at once",
            headers={"Retry-After": "10"},
        )
    if process.returncode:
        _LOG.error("a validation ended with %s: %s", process.returncode, errors.decode(errors="replace"))
        raise ProblemError("internal", "the cause is in the log of the service")
    return _report(SubmissionAnswer.model_validate_json(written))


def _environment() -> dict[str, str]:
    """Give the environment of the process: without our settings, and with few arenas to allocate from.

    Each further arena reserves 64 MiB of address space, which would count as memory of the validation.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VNDX_")}
    return {**kept, "MALLOC_ARENA_MAX": "2"}


def _report(answer: SubmissionAnswer) -> Report:
    if answer.kind == "report":
        return answer.read_report()
    if answer.kind == "shapes":
        _LOG.error("the shapes cannot be run: %s", answer.message)
        raise ProblemError("internal", "the shapes cannot be run; the cause is in the log of the service")
    place = {"line": answer.line, "column": answer.column} if answer.line else {}
    raise ProblemError("rdf-syntax", answer.message, place)
