"""Lines come in whole and bounded, answers go out together and in time."""

import os
import threading
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from bus.lines import CHUNK_BYTES, HOLD_S, Answers, Lines
from bus.testing import wait_until


class Pipe:
    """A pipe of the operating system."""

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()

    def write(self, *pieces: bytes, is_last: bool = False) -> threading.Thread:
        """Write from another thread, which closes the pipe after the last piece."""

        def work() -> None:
            for piece in pieces:
                left = memoryview(piece)
                while left:
                    left = left[os.write(self.writer, left) :]
            if is_last:
                self.close_writer()

        thread = threading.Thread(target=work)
        thread.start()
        return thread

    def close_writer(self) -> None:
        os.close(self.writer)
        self.writer = -1


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    for descriptor in (made.reader, made.writer):
        if descriptor >= 0:
            os.close(descriptor)


def read_all(pipe: Pipe, *pieces: bytes, max_bytes: int = 100) -> list[bytes | None]:
    writer = pipe.write(*pieces, is_last=True)
    found = list(Lines(pipe.reader, max_bytes))
    writer.join()
    return found


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        (b"", []),
        (b"\n", [b""]),
        (b"a", [b"a"]),
        (b"a\n", [b"a"]),
        (b"a\n\nb", [b"a", b"", b"b"]),
        (b"a\r\nb\n", [b"a\r", b"b"]),
        (b"x" * 100 + b"\n" + b"x" * 101 + b"\n" + b"c", [b"x" * 100, None, b"c"]),
        (b"x" * 101, [None]),
    ],
)
def test_bytes_become_lines(pipe, written, lines) -> None:
    assert read_all(pipe, written) == lines


def test_it_does_not_matter_how_the_bytes_arrive(pipe) -> None:
    written = b"one\ntwo two\n" + b"x" * 300 + b"\nthree\n"
    assert read_all(pipe, *(written[i : i + 1] for i in range(len(written)))) == [b"one", b"two two", None, b"three"]


def test_a_line_of_many_chunks_is_put_together(pipe) -> None:
    long = os.urandom(3 * CHUNK_BYTES + 7).replace(b"\n", b"x")
    assert read_all(pipe, b"a\n" + long + b"\nb\n", max_bytes=len(long)) == [b"a", long, b"b"]


def test_a_line_above_the_limit_is_never_held_in_memory(pipe) -> None:
    megabyte = b"x" * 2**20
    tracemalloc.start()
    try:
        found = read_all(pipe, *[megabyte] * 100, b"\nafter\n", max_bytes=2**20)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == [None, b"after"]
    assert peak < 8 * 2**20


def test_it_tells_whether_more_is_at_hand(pipe) -> None:
    pipe.write(b"a\nb\nc", is_last=True).join()
    lines = Lines(pipe.reader, 100)
    assert [(line, lines.has_more) for line in lines] == [(b"a", True), (b"b", False), (b"c", False)]


def test_a_stop_drops_what_was_not_begun(pipe) -> None:
    pipe.write(b"a\nb\n").join()
    lines = Lines(pipe.reader, 100)
    for line in lines:
        assert line == b"a"
        lines.stop()
        assert not lines.has_more


def test_a_stop_ends_the_wait_for_input(pipe) -> None:
    wakeup = Pipe()
    lines = Lines(pipe.reader, 100, wakeup.reader)
    done = threading.Event()

    def read() -> None:
        assert list(lines) == []
        done.set()

    thread = threading.Thread(target=read)
    thread.start()
    os.write(wakeup.writer, b"\0")
    assert not done.wait(0.05), "a wake-up alone ends nothing"
    lines.stop()
    os.write(wakeup.writer, b"\0")
    assert done.wait(10)
    thread.join()
    os.close(wakeup.reader)
    os.close(wakeup.writer)


def test_input_that_is_not_there_yet_is_waited_for(pipe) -> None:
    os.set_blocking(pipe.reader, False)
    lines = iter(Lines(pipe.reader, 100))
    pipe.write(b"a", b"b\n")
    assert next(lines) == b"ab"


def test_the_last_answer_is_written_at_once_with_those_before_it(pipe) -> None:
    answers = Answers(pipe.writer)
    answers.add(b"a\n", is_last=False)
    answers.add(b"b\n", is_last=True)
    assert os.read(pipe.reader, 100) == b"a\nb\n"


def test_an_answer_is_not_held_until_the_next_one_is_ready(pipe) -> None:
    answers = Answers(pipe.writer)
    for round_number in range(3):
        began = time.monotonic()
        answers.add(b"a\n", is_last=False)
        assert os.read(pipe.reader, 100) == b"a\n", round_number
        assert time.monotonic() - began < HOLD_S + 5


def test_many_answers_do_not_pile_up(pipe) -> None:
    answers = Answers(pipe.writer)
    received = bytearray()
    reader = threading.Thread(target=lambda: received.extend(_read_to_end(pipe.reader)))
    reader.start()
    for number in range(50_000):
        answers.add(b"%06d\n" % number, is_last=False)
    answers.flush()
    pipe.close_writer()
    reader.join()
    assert bytes(received) == b"".join(b"%06d\n" % number for number in range(50_000))


def test_a_pipe_that_cannot_take_more_now_is_waited_for(pipe) -> None:
    os.set_blocking(pipe.writer, False)
    received = bytearray()
    reader = threading.Thread(target=lambda: received.extend(_read_to_end(pipe.reader)))
    answers = Answers(pipe.writer)
    large = b"x" * 2**20
    writer = threading.Thread(target=lambda: answers.add(large, is_last=True))
    writer.start()
    reader.start()
    writer.join()
    pipe.close_writer()
    reader.join()
    assert received == large


def test_a_reader_who_is_gone_is_noticed(pipe) -> None:
    answers = Answers(pipe.writer)
    os.close(pipe.reader)
    pipe.reader = -1
    with pytest.raises(BrokenPipeError):
        answers.add(b"a\n", is_last=True)
    late = Answers(pipe.writer)
    late.add(b"a\n", is_last=False)

    def fails() -> bool:
        try:
            late.add(b"b\n", is_last=False)
        except BrokenPipeError:
            return True
        return False

    wait_until(fails, what="the failure of the late write to be raised")


def _read_to_end(descriptor: int) -> bytes:
    return b"".join(iter(lambda: os.read(descriptor, CHUNK_BYTES), b""))
