"""The sandbox: a template reaches neither Python nor the file system, ends, and stays small."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jinja2
import pytest
import specification

import handouts
from handouts.composing.budget import FILTERS, METHODS
from handouts.composing.environment import HandoutEnvironment
from handouts.composing.loader import TemplateLoader
from handouts.errors import HandoutError, TemplateError
from handouts.library import SearchPath
from handouts.library.search_path import Root
from handouts.making import Order, make_document

OWN = "templates/own.xml.jinja"
WARNINGS = (
    "{% for section in sections if section.kind == 'warning-signs' %}"
    "{% include '_warning-signs.xml.jinja' %}{% endfor %}"
)


@pytest.fixture
def compose(workspace):
    """The document of a template of the clinic's own; the warning signs are seen to."""

    def compose(inner):
        workspace.write(OWN, f"<handout>\n{inner}\n{WARNINGS}\n</handout>\n")
        return make_document(workspace.library(), Order("knee", "reader", template="own"))

    return compose


@pytest.fixture
def refused(workspace, compose):
    def refused(inner):
        with pytest.raises(TemplateError) as caught:
            compose(inner)
        (problem,) = caught.value.diagnostics
        return problem

    return refused


# ------------------------------------------------------------------ places


def test_the_stamped_text_of_a_template_does_not_depend_on_what_was_read_before_it(workspace):
    """A compiled template is known again by its stamped text: each would be compiled anew with every sheet."""

    def stamped(names):
        environment = HandoutEnvironment(SearchPath.of(workspace.folder))
        sources = {name: environment.templates.get_source(environment, f"{name}.xml.jinja")[0] for name in names}
        return sources, environment.templates.stamps

    forwards, stamps = stamped(["handout", "_list", "_steps"])
    backwards, again = stamped(["_steps", "_list", "handout"])
    assert forwards == backwards
    assert stamps == again
    assert sorted(stamps.values()) == [f"shipped/templates/{name}.xml.jinja" for name in ("_list", "_steps", "handout")]


def test_of_two_templates_that_share_a_number_each_message_names_its_own(workspace):
    """Numbers are made of names, and two names can give the same one."""
    taken = {}
    for count in range(20_000):
        first, second = taken.setdefault(_number(workspace, f"_{count}"), f"_{count}"), f"_{count}"
        if first != second:
            break
    workspace.write(f"templates/{first}.xml.jinja", "<p>a</p>\n<wrong/>\n")
    workspace.write(f"templates/{second}.xml.jinja", "<p>a</p>\n\n<wrong/>\n")
    parts = "".join(f"{{% include '{name}.xml.jinja' %}}" for name in (second, first))
    workspace.write(OWN, f"<handout>\n{parts}\n{WARNINGS}\n<no/></handout>")
    with pytest.raises(TemplateError) as caught:
        make_document(workspace.library(), Order("knee", "reader", template="own"))
    places = [(each.file, each.line) for each in caught.value.diagnostics]
    assert places == [
        (workspace.shown(f"templates/{second}.xml.jinja"), 3),
        (workspace.shown(f"templates/{first}.xml.jinja"), 2),
        (workspace.shown(OWN), 4),
    ]


def _number(workspace, name):
    """The number that the loader would give to a template of the clinic's own."""
    return TemplateLoader(SearchPath.of(workspace.folder)).number(workspace.shown(f"templates/{name}.xml.jinja"))


# ------------------------------------------------------------------ Python

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ '' | attr('__class__') }}",
    "{{ '' | attr('__cla' ~ 'ss__') }}",
    "{{ [''] | map(attribute='__class__') | first }}",
    "{{ [''] | map('attr', '__class__') | first }}",
    "{{ ([''] | groupby('__class__') | first).grouper }}",
    "{{ [''] | selectattr('__class__') | list }}",
    "{{ ['', ''] | sort(attribute='__class__') }}",
    "{{ '{0.__class__}'.format('') }}",
    "{{ '{0.__class__.__mro__}'.format_map({'0': ''}) }}",
    "{{ ('{0.__class__}' | safe).format('') }}",
    "{{ '%s' | format(''.__class__) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ joiner.__init__ }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ range.__class__ }}",
    "{{ dict.mro() }}",
    "{{ (1).__class__ }}",
    "{% macro m() %}{% endmacro %}{{ m.__func__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% for x in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% for x in [1] %}{{ loop._iterator.gi_frame }}{% endfor %}",
    "{{ (range(3) | map('string')).gi_frame }}",
    "{{ (range(3) | map('string')).gi_code }}",
    "{{ topic.title._text }}",
    "{{ topic.title.__html__ }}",
    "{{ sections[0].__class__ }}",
    "{{ sections.__class__ }}",
    "{{ topic.__init__ }}",
    "{{ words.dose.__struct_config__ }}",
    "{{ sections.append(1) }}",
    "{{ words.update(why='x') }}",
    "{{ words.panel.clear() }}",
    "{{ words.pop('why') }}",
    "{{ undefined_name() }}",
    "{{ open('/etc/passwd') }}",
    "{{ eval('1') }}",
    "{{ __import__('os') }}",
    "{{ __builtins__ }}",
    "{{ get_flashed_messages }}",
    "{{ environment }}",
    "{{ config }}",
]


@pytest.mark.parametrize("inner", ESCAPES)
def test_a_template_that_reaches_for_python_is_refused_at_its_line(workspace, refused, inner):
    problem = refused(inner)
    assert problem.code in {"T101", "T102", "T103", "T106"}
    assert (problem.file, problem.line) == (workspace.shown(OWN), 2)


@pytest.mark.parametrize("statement", ["import os", "do words.clear()", "debug", "python"])
def test_a_statement_that_jinja_does_not_have_is_refused(refused, statement):
    assert refused(f"{{% {statement} %}}").code == "T101"


# ------------------------------------------------------------------ files


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../clinic.yaml",
        "../../../../../../etc/passwd",
        "shipped/../../pyproject.toml",
        "shipped/../brands/plain.yaml",
        "brands/plain.yaml",
        "..\\clinic.yaml",
        "file:///etc/passwd",
        "handout",
        "plain.yaml",
        "",
    ],
)
@pytest.mark.parametrize("statement", ["{{% include '{}' %}}", "{{% import '{}' as x %}}", "{{% extends '{}' %}}"])
def test_a_template_reads_no_file_but_templates(workspace, statement, name):
    workspace.write(OWN, statement.format(name.replace("\\", "\\\\")))
    with pytest.raises(TemplateError) as caught:
        make_document(workspace.library(), Order("knee", "reader", template="own"))
    (problem,) = caught.value.diagnostics
    assert problem.code == "T105"
    assert (problem.file, problem.line) == (workspace.shown(OWN), 1)


def test_a_link_out_of_the_folder_is_not_followed_by_its_path(workspace, tmp_path):
    """A template's name is one file in `templates/`; a name with a folder in it is no template."""
    workspace.write("templates/inner/part.xml.jinja", "<p>a</p>")
    workspace.write(OWN, "<handout>{% include 'inner/part.xml.jinja' %}</handout>")
    with pytest.raises(TemplateError, match="T105"):
        make_document(workspace.library(), Order("knee", "reader", template="own"))


@pytest.mark.parametrize("source", ["/etc/passwd", "../clinic.yaml", "file:///etc/passwd", "C:\\x.png", "..\\a", ""])
def test_a_figure_is_a_file_under_templates(refused, source):
    assert refused(f'<figure src="{source}" alt="a">b</figure>').code == "T207"


# ------------------------------------------------------------------ what always holds


def test_a_value_of_the_clinic_is_never_markup(workspace, compose):
    workspace.write("clinic.yaml", """name: 'Hill & <b>"Lake"</b> {{ 7 * 7 }}'\n""")
    document = compose("<h1>{{ clinic.name }}</h1>")
    assert document.blocks[0].children[0].text == "Hill & <b>“Lake”</b> {{ 7 * 7 }}"


def test_escaping_cannot_be_switched_off(workspace, compose):
    workspace.write("clinic.yaml", "name: <em>Hill</em>\n")
    try:
        document = compose("{% autoescape false %}<h1>{{ clinic.name }}</h1>{% endautoescape %}")
    except HandoutError:
        return
    assert document.blocks[0].children[0].text == "<em>Hill</em>"


@pytest.mark.parametrize(
    "expression",
    ["{{ item.text }}", "{{ item.text ~ '' }}", "{{ '' ~ item.text ~ '' }}", "{{ [item.text] | join }}"],
)
def test_a_text_of_content_stands_as_it_is_however_it_is_joined(workspace, compose, expression):
    text = "Fever <5 mg> & **C#** {{ x }}"
    workspace.replace("content/topics/knee/causes.yaml", "Long kneeling presses on it.", f"'{text}'")
    document = compose(
        "{% for s in sections if s.id == 'causes' %}{% for item in s.items if item.id == 'kneeling' %}"
        f"<p>{expression}</p>{{% endfor %}}{{% endfor %}}"
    )
    runs = [getattr(child, "text", None) or child.children[0].text for child in document.blocks[0].children]
    assert runs == ["Fever <5 mg> & ", "C#", " {{ x }}"]


def test_a_name_that_does_not_exist_is_an_error_even_in_a_condition(refused):
    assert refused("{% if noet %}<p>a</p>{% endif %}").code == "T102"


def test_a_template_sees_only_what_the_reference_describes(workspace):
    environment = HandoutEnvironment(SearchPath((Root(workspace.folder),)))
    assert set(environment.globals) == {"range", "dict", "namespace"}


def test_loops_keep_what_jinja_gives_them(compose):
    document = compose(
        "{% for x in [3, 1, 2] | sort %}<p>{{ loop.index }} {{ loop.first }} {{ loop.last }} {{ loop.length }} {{ x }}"
        "</p>{% else %}<p>none</p>{% endfor %}"
    )
    assert [block.children[0].text for block in document.blocks[:3]] == [
        "1 True False 3 1",
        "2 False False 3 2",
        "3 False True 3 3",
    ]


# ------------------------------------------------------------------ what never ends, and what grows

ENDLESS = specification.cases(Path(__file__).parent / "endless.spec")

# Composes each template in a process of its own, which may use a gigabyte and six seconds more than it needs, and
# tells how that process ended, what was wrong with the template, and how much memory it took.
_LIMITED = """
import json, os, resource, sys
from pathlib import Path
from handouts.errors import HandoutError
from handouts.library import Library, SearchPath
from handouts.making import Order, make_document

folder, templates = json.load(sys.stdin)
own = Path(folder) / "templates" / "own.xml.jinja"
library = Library(SearchPath.of(Path(folder)))
own.write_text(templates["fine"])
make_document(library, Order("knee", "reader", template="own"))

def compose():
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    resource.setrlimit(resource.RLIMIT_AS, (start * 1024 + (1 << 30),) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (6, 6))
    problems = []
    try:
        make_document(library, Order("knee", "reader", template="own"))
    except HandoutError as error:
        problems = [problem.as_dict() for problem in error.diagnostics]
    return problems, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) / 1024

told = {}
for name, text in templates.items():
    own.write_text(text)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        with open(write, "w") as report:
            json.dump(compose(), report)
        os._exit(0)
    os.close(write)
    with open(read) as report:
        text = report.read()
    told[name] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), *(json.loads(text) if text else ([], 0))
json.dump(told, sys.stdout)
"""


@pytest.fixture(scope="module")
def limited(make_workspace, tmp_path_factory):
    """How each template of endless.spec ended, by its title, and the clinic that they were composed for."""
    clinic = make_workspace(tmp_path_factory.mktemp("endless") / "clinic")
    clinic.write(OWN, "")
    templates = {case.id: f"<handout>\n{case.values[0]}\n{WARNINGS}\n</handout>\n" for case in ENDLESS}
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED],
        input=json.dumps([str(clinic.folder), {"fine": f"<handout>{WARNINGS}</handout>", **templates}]),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(handouts.__file__).parents[1])},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), clinic


def test_a_template_that_ends_is_composed_within_the_limits(limited):
    told, _ = limited
    assert told["fine"][:2] == [0, []]


@pytest.mark.parametrize("title", [case.id for case in ENDLESS])
def test_a_template_ends_soon_and_stays_small(limited, title):
    told, clinic = limited
    code, problems, megabytes = told[title]
    assert code == 0, f"ended with {code}: ran longer than six seconds"
    (problem,) = problems
    assert problem["code"] in {"T101", "T103", "T104", "T106"}
    assert (problem["file"], problem["line"]) == (clinic.shown(OWN), 2)
    assert megabytes < 300


def test_a_template_that_extends_itself_is_refused(workspace):
    workspace.write(OWN, "{% extends 'own.xml.jinja' %}")
    with pytest.raises(TemplateError, match="T104"):
        make_document(workspace.library(), Order("knee", "reader", template="own"))


def test_an_expression_in_brackets_without_end_is_refused_with_its_file(workspace, refused):
    problem = refused("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}")
    assert problem.file == workspace.shown(OWN)


def test_the_budget_is_each_documents_own(compose):
    for _ in range(3):
        assert compose("{% for n in range(90000) %}{% endfor %}<p>a</p>")


def test_the_environment_is_jinjas_sandbox():
    assert issubclass(HandoutEnvironment, jinja2.sandbox.ImmutableSandboxedEnvironment)


def test_the_template_reference_names_each_filter_and_method():
    text = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
    named = set(text.split("## The sandbox")[1].replace("`", " ").replace(".", " ").split())
    assert (FILTERS - {"d", "e"}) | METHODS <= named


# ------------------------------------------------------------------ compiled templates


@pytest.fixture
def second_start(workspace, tmp_path):
    """Compose in a process of its own, with a folder of its own for compiled templates; the files in that folder."""
    workspace.write(OWN, f"<handout>\n<p>Hello.</p>\n{WARNINGS}\n</handout>\n")
    program = (
        "import sys; from pathlib import Path; from handouts.library import Library, SearchPath\n"
        "from handouts.making import Order, make_document\n"
        "library = Library(SearchPath.of(Path(sys.argv[1])))\n"
        "print(make_document(library, Order('knee', 'reader', template='own')).blocks[0])\n"
    )

    def start(**environment):
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        result = subprocess.run(
            [sys.executable, "-c", program, workspace.folder],
            env={**clean, "TMPDIR": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            check=True,
        )
        assert "Hello." in result.stdout
        return sorted(tmp_path.glob("handouts-*/template-*"))

    return start


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps them in the user's own folder for temporary files")
def test_compiled_templates_are_kept_for_the_next_start_where_only_their_user_reads_them(second_start):
    files = second_start()
    assert len(files) >= 2
    assert files[0].parent.stat().st_mode & 0o777 == 0o700
    written = [file.stat().st_mtime_ns for file in files]
    assert [file.stat().st_mtime_ns for file in second_start()] == written


@pytest.mark.parametrize("rest", [0, 10, 40, 500])
def test_a_damaged_file_among_the_compiled_templates_is_replaced(second_start, rest):
    whole = {file: file.read_bytes() for file in second_start()}
    for file, data in whole.items():
        file.write_bytes(data[:rest])
    assert {file: file.read_bytes() for file in second_start()} == whole


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_code_that_is_damaged_in_the_middle_is_not_run(second_start, part):
    """Python crashes over some of it, without a word and with every start."""
    whole = {file: file.read_bytes() for file in second_start()}
    for file, data in whole.items():
        start = int(len(data) * part)
        file.write_bytes(data[:start] + bytes(40) + data[start + 40 :])
    assert {file: file.read_bytes() for file in second_start()} == whole


@pytest.mark.parametrize("number", ["1e999999", "-1e999", "1e308 / 0.1", "'inf' | float", "[1, 1e999] | last"])
def test_a_constant_without_end_is_an_error_of_the_template(refused, number):
    problem = refused(f"<p>{{{{ {number} }}}}</p>")
    assert (problem.code, problem.line) == ("T101", 2)


def test_nothing_is_kept_where_python_is_told_to_write_no_bytecode(second_start):
    assert second_start(PYTHONDONTWRITEBYTECODE="1") == []
