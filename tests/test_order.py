from tests.order import LONG, TESTS, long_first


def test_each_long_file_is_there() -> None:
    assert [name for name in LONG if not (TESTS / name).is_file()] == []


def test_long_files_go_first_and_the_others_stay_as_they_are() -> None:
    voice, bad_lines = TESTS / "e2e/test_voice.py", TESTS / "ticket_printer/delivery/test_driver_on_bad_lines.py"
    files = [TESTS / "b.py", voice, TESTS / "a.py", bad_lines, voice]
    assert long_first(files) == [3, 1, 4, 0, 2]
