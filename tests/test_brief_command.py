"""``relgraph brief`` as its users meet it: files, fields that survive, errors, and what ``build`` writes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from briefed import read
from click.testing import CliRunner, Result
from running import City, contents, copy_city

from relgraph.cli import cli
from relgraph.errors import RelgraphError

Run = Callable[..., Result]


@pytest.fixture
def run(built: City, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in this process: it reads the built city and writes elsewhere."""
    monkeypatch.chdir(built.root)
    return lambda *arguments: CliRunner().invoke(cli, ["brief", *arguments])


def refused(result: Result) -> str:
    """The message of an error that is meant for the user."""
    assert isinstance(result.exception, RelgraphError), result.exception
    assert result.exception.exit_code == 2
    return f"{result.exception.message} {result.exception.hint}"


def test_a_briefing_goes_to_stdout_or_into_a_file_by_its_name(run: Run, tmp_path: Path) -> None:
    shown = run("Aberhafen", "--lang", "en", "--purpose", "The twins at 40")
    assert shown.exit_code == 0, shown.exception
    assert shown.output.startswith("# Briefing: Aberhaven\n")
    assert "**Purpose:** The twins at 40" in shown.output
    for form, begin in (("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("pdf", b"%PDF-")):
        file = tmp_path / f"a.{form}"
        assert run("aberhaven", "-o", str(file)).exit_code == 0
        assert file.read_bytes().startswith(begin)
        assert "Relationerna kring Aberhaven." in " ".join(read(file.read_bytes(), form).split())
    assert run("aberhaven", "nordljus").output.startswith("# Underlag inför besök: Aberhaven och Nordljus\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Aberhavn"], "did you mean 'Aberhaven'"),
        ([], "name a party"),
        (["aberhaven", "--kind", "network"], "it fits --kind city"),
        (["aberhaven", "--kind", "dormant"], "takes no name"),
        (["aberhaven", "nordljus", "--kind", "city"], "takes one name"),
        (["--all"], "-o FOLDER"),
        (["aberhaven", "--all", "-o", "x"], "neither a name"),
        (["aberhaven", "-o", "missing/x.md"], "missing/x.md cannot be written"),
        (["aberhaven", "--excerpts", "ar2030=graph/graph.yaml"], "its hash differs"),
        (["aberhaven", "--fonts", "missing"], "there is no folder missing"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(run: Run, arguments: list[str], message: str) -> None:
    assert message in refused(run(*arguments))


def test_the_other_kinds(run: Run) -> None:
    dormant = run("--kind", "dormant", "--lang", "en").output
    assert "## The twinning of Lindvik and Aberhaven" in dormant
    assert run("--kind", "year", "--lang", "en").output.startswith("# Outline of the next report\n")


# -- the figure of Markdown ------------------------------------------------------------------------------


def test_a_markdown_file_refers_to_the_figure_beside_it_which_is_told_in_words_on_stdout(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "a [b] (c) ö.md"
    assert run("aberhaven", "-o", str(file), "--lang", "en").exit_code == 0
    text = file.read_text(encoding="utf-8")
    alt, address = re.findall(r"^!\[(.*)\]\((.*)\)$", text, re.MULTILINE)[0]
    assert "Aberhaven. The figure shows Lindvik, the Culture Office, and the twinning of Lindvik" in alt
    early = run("aberhaven", "--as-of", "1900").output
    assert "Figuren visar kulturkontoret." in early
    assert address == "a%20%5Bb%5D%20%28c%29%20%C3%B6.figure.svg"
    drawing = (tmp_path / unquote(address)).read_bytes()
    texts = "".join(ET.fromstring(drawing).itertext())
    assert "Aberhaven" in texts
    assert "Lindvik" in texts
    assert sorted(path.name for path in tmp_path.iterdir()) == [unquote(address), file.name]
    for output in ((), ("-o", "-")):
        told = run("aberhaven", "--lang", "en", *output).output
        assert f"*The figure in words: {alt}*" in told
        assert "](" not in told
    again = contents(tmp_path)
    assert run("aberhaven", "-o", str(file), "--lang", "en").exit_code == 0
    assert contents(tmp_path) == again


def test_a_figure_that_nobody_needs_goes_and_what_is_no_figure_of_a_briefing_stays(
    run: Run, tmp_path: Path
) -> None:
    file, figure = tmp_path / "a.md", tmp_path / "a.figure.svg"
    run("aberhaven", "-o", str(file))
    assert figure.is_file()
    assert run("ar2030", "-o", str(file)).exit_code == 0  # a document is not on the map
    assert "![" not in file.read_text(encoding="utf-8")
    assert not figure.exists()
    figure.write_text("<svg>mine</svg>", encoding="utf-8")
    before = contents(tmp_path)
    assert "a.figure.svg is left as it is" in refused(run("aberhaven", "-o", str(file)))
    assert contents(tmp_path) == before
    assert run("ar2030", "-o", str(file)).exit_code == 0
    assert figure.read_text(encoding="utf-8") == "<svg>mine</svg>"
    figure.unlink()
    (figure / "x").mkdir(parents=True)
    before = contents(tmp_path)
    assert refused(run("aberhaven", "-o", str(file)))
    assert contents(tmp_path) == before  # the document too


# -- fields ----------------------------------------------------------------------------------------------


def _write_word(file: Path, text: str) -> None:
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(str(file))
    content = next(document.element.body.iter(qn("w:sdtContent")))
    next(content.iter(qn("w:t"))).text = text
    document.save(str(file))


def test_what_staff_wrote_survives_in_markdown(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    run("aberhaven", "-o", str(file))
    written = "Vi vill:\n\n- *det ena* | och\n# det andra <b>"
    marked = file.read_text(encoding="utf-8").replace(" -->\n\n<!-- /", f" -->\n{written}\n<!-- /", 1)
    file.write_bytes(marked.replace("\n", "\r\n").encode())  # as an editor on Windows leaves it
    assert run("aberhaven", "-o", str(file), "--lang", "en").exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Briefing: Aberhaven")
    assert f"\n{written}\n<!-- /relgraph:field -->" in text


def test_what_staff_wrote_survives_in_word(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    run("aberhaven", "-o", str(file))
    _write_word(file, "Vi vill se färjan")
    assert run("aberhaven", "-o", str(file), "--lang", "en").exit_code == 0
    text = read(file.read_bytes(), "docx")
    assert "Briefing: Aberhaven" in text
    assert "Vi vill se färjan" in text
    before = file.read_bytes()
    assert run("aberhaven", "-o", str(file), "--lang", "en").exit_code == 0
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda text: "Helt egen text\n", "it has none of the fields"),
        (lambda text: text.replace("<!-- /relgraph:field -->", "", 1), "begins within another"),
        (lambda text: text.rpartition("<!-- /relgraph:field -->")[0], "the end of a field is missing"),
        (lambda text: text.replace("<!-- relgraph:field aim", "<!-- relgraph:field  aim"), "was changed"),
        (
            lambda text: text.replace("<!-- /relgraph", "<!-- /relgraph:field -->\n<!-- /relgraph", 1),
            "did not",
        ),
        (lambda text: text.replace("relgraph:field questions:", "relgraph:field questions:0"), "is missing"),
        (lambda text: "\udce4" + text, "not text in UTF-8"),
    ],
)
def test_a_damaged_file_is_left_as_it_is(
    run: Run, tmp_path: Path, damage: Callable[[str], str], message: str
) -> None:
    file = tmp_path / "a.md"
    run("aberhaven", "-o", str(file))
    file.write_bytes(damage(file.read_text(encoding="utf-8")).encode("utf-8", "surrogateescape"))
    before = file.read_bytes()
    assert message in refused(run("aberhaven", "-o", str(file)))
    assert file.read_bytes() == before


def test_a_damaged_word_file_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    import docx
    from docx.oxml.ns import qn

    file = tmp_path / "a.docx"
    run("aberhaven", "-o", str(file))
    whole = file.read_bytes()
    empty = io.BytesIO()
    docx.Document().save(empty)
    tabled = docx.Document(io.BytesIO(whole))
    content = next(tabled.element.body.iter(qn("w:sdtContent")))
    content.append(tabled.add_table(1, 1)._tbl)
    with_table = io.BytesIO()
    tabled.save(with_table)
    for data, message in (
        (whole[: len(whole) // 2], "cannot be read as a Word document"),
        (empty.getvalue(), "it has none of the fields"),
        (with_table.getvalue(), "a field holds a table or a picture"),
    ):
        file.write_bytes(data)
        assert message in refused(run("aberhaven", "-o", str(file)))
        assert file.read_bytes() == data


def test_a_text_on_another_party_is_not_lost(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    run("aberhaven", "-o", str(file))
    assert run("nordljus", "-o", str(file)).exit_code == 0  # nobody wrote anything into it
    _write_word(file, "Om Nordljus")
    before = file.read_bytes()
    assert "begins “Om Nordljus”" in refused(run("aberhaven", "-o", str(file)))
    assert file.read_bytes() == before


# -- all, and what build writes --------------------------------------------------------------------------


def test_all_writes_one_on_each_and_an_index(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "briefings"
    assert run("--all", "-o", str(folder), "--lang", "en").exit_code == 0
    names = sorted(path.name for path in folder.iterdir() if path.suffix == ".md")
    index = (folder / "index.en.md").read_text(encoding="utf-8")
    assert {"aberhaven.en.md", "kulturkontoret.en.md", "nordljus.en.md", "index.en.md"} <= set(names)
    assert "lindvik.en.md" not in names
    assert all(f"]({name})" in index for name in names if name != "index.en.md")
    (folder / "gone-from-the-graph.en.md").write_text("what staff wrote\n", encoding="utf-8")
    (folder / "gone-from-the-graph.en.figure.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "gone-from-the-graph.sv.md").write_text("of another language\n", encoding="utf-8")
    again = run("--all", "-o", str(folder), "--lang", "en")
    gone = "gone-from-the-graph.en.figure.svg, gone-from-the-graph.en.md"
    assert again.stderr == f"left as they are, not among the subjects: {gone}\n"
    assert (folder / "gone-from-the-graph.en.md").read_text(encoding="utf-8") == "what staff wrote\n"
    file = folder / "aberhaven.en.md"
    file.write_text("mine\n", encoding="utf-8")
    before = contents(folder)
    assert "is left as it is" in refused(run("--all", "-o", str(folder), "--lang", "en"))
    assert contents(folder) == before


def test_build_writes_what_graph_yaml_names_the_same_under_any_seed(tmp_path: Path) -> None:
    found = []
    for seed in ("1", "4242"):
        city = copy_city(tmp_path / seed / f"city-{seed}")
        city.add("briefings: [aberhaven]", "graph.yaml")
        assert city.run("build", PYTHONHASHSEED=seed, TZ=f"UTC-{seed[0]}").code == 0
        found.append(contents(city.root / "exports" / "briefings"))
    assert found[0] == found[1]
    forms = ("docx", "figure.svg", "html", "md", "pdf")
    assert list(found[0]) == [f"aberhaven.{lang}.{form}" for lang in ("en", "sv") for form in forms]
    file = city.root / "exports" / "briefings" / "aberhaven.sv.docx"
    _write_word(file, "Vi vill se färjan")
    assert "written   exports/briefings/ (1 of 10 files)" in city.run("build").err
    assert "Vi vill se färjan" in read(file.read_bytes(), "docx")
    assert "unchanged exports/briefings/ (10 files)" in city.run("build").err
    graph = (city.root / "graph" / "graph.yaml").read_text(encoding="utf-8")
    (city.root / "graph" / "graph.yaml").write_text(
        graph.replace("[aberhaven]", "[nordljus]"), encoding="utf-8"
    )
    told = city.run("build").err
    assert "graph.yaml names: briefings/aberhaven.en.docx, briefings/aberhaven.en.figure.svg," in told
    assert file.is_file()
    gone = file.parent / "ar2030.en.figure.svg"  # of a document no figure is drawn
    gone.write_text("<svg/>", encoding="utf-8")
    text = (city.root / "graph" / "graph.yaml").read_text(encoding="utf-8")
    (city.root / "graph" / "graph.yaml").write_text(text.replace("[nordljus]", "[ar2030]"), encoding="utf-8")
    told = city.run("build").err
    assert "written   exports/briefings/ (9 of 9 files)" in told
    assert not gone.exists()
    assert "unchanged exports/briefings/ (8 files)" in city.run("build").err
