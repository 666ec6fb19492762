"""Steps are counted, timed, and skipped while what they depend on is unchanged."""

from config.launch.progress import Progress
from config.launch.stamps import Stamps, fingerprint


def test_a_step_tells_its_number_and_time(capsys):
    with Progress(9).step("Tables") as words:
        words.append("unchanged")
    assert capsys.readouterr().out == " 1/9  Tables … 0.0 s, unchanged\n"


def test_a_fingerprint_changes_with_content_and_not_with_order(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    before = fingerprint([one, two])
    assert fingerprint([two, one]) == before
    two.write_text("3")
    assert fingerprint([one, two]) != before


def test_stamps_survive_and_can_be_cleared(tmp_path):
    stamps = Stamps(tmp_path / "stamps.json")
    assert not stamps.has("tables", "a")
    stamps.put("tables", "a")
    assert Stamps(stamps.path).has("tables", "a")
    assert not stamps.has("tables", "b")
    stamps.path.write_text('{"tables": "a')  # cut off in writing
    assert not stamps.has("tables", "a")
    stamps.clear()
    assert not stamps.knows("tables")
