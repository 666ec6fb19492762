"""Only services write; nobody reads the clock but core.dates; no verb sees a request."""

import ast

from tests.architecture.source import part_of_app, place, python_files, tree_of

STATUS = {"state", "status", "stage", "pen"}
WRITES = {
    "save",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "delete",
    "select_for_update",
}
# core has no services: a reference is issued by the function that makes it.
MAY_WRITE = {("core", "references")}
# allauth stamps a sign-in with the machine's clock, and only that clock can be compared with it.
MAY_READ_A_CLOCK = {("core", "dates"), ("accounts", "views")}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
          ("timezone", "now"), ("timezone", "localdate"), ("time", "time")}  # fmt: skip


def outside_services():
    for path in python_files("apps"):
        app, part = part_of_app(path)
        if part != "services" and app != "operations" and (app, part) not in MAY_WRITE:
            yield path


def written_names(node):
    """Names of attributes that this statement assigns, or that an update() call sets."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        flat = [part for target in targets for part in getattr(target, "elts", [target])]
        return {target.attr for target in flat if isinstance(target, ast.Attribute)}
    if not isinstance(node, ast.Call):
        return set()
    if getattr(node.func, "attr", "") in {"update", "create", "get_or_create", "update_or_create"}:
        return {keyword.arg for keyword in node.keywords}
    if getattr(node.func, "id", "") == "setattr":
        return {getattr(node.args[1], "value", None)}
    return set()


def test_only_services_write_a_status():
    wrong = [
        place(path, node)
        for path in outside_services()
        for node in ast.walk(tree_of(path))
        if written_names(node) & STATUS
    ]
    assert not wrong, "\n".join(map(str, wrong))


def rows_written(path):
    """Calls that write rows: Model.objects.create(…), row.save(…), rows.delete() and their kin."""
    for node in ast.walk(tree_of(path)):
        called = node.func if isinstance(node, ast.Call) else None
        if getattr(called, "attr", "") in WRITES and not of_a_file(node):
            yield node


def of_a_file(call):
    """`image.save(buffer)` and the like write no row: what they get is positional."""
    return call.func.attr == "save" and bool(call.args)


def test_pages_forms_tasks_and_models_write_no_row():
    wrong = [place(path, node) for path in outside_services() for node in rows_written(path)]
    assert not wrong, "\n".join(map(str, wrong))


def test_nobody_reads_the_machines_clock_but_core_dates():
    wrong = []
    for path in python_files("apps"):
        app, part = part_of_app(path)
        if app == "operations" or (app, part) in MAY_READ_A_CLOCK:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute):
                of = getattr(node.value, "attr", getattr(node.value, "id", ""))
                if (of, node.attr) in CLOCKS:
                    wrong.append(place(path, node))
    assert not wrong, "\n".join(map(str, wrong))


def test_no_verb_sees_a_request():
    wrong = [
        place(path, node)
        for path in python_files("apps")
        if part_of_app(path)[1] == "services"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.arg) and node.arg == "request"
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_nobody_listens_to_signals_or_overrides_save():
    wrong = []
    for path in python_files("apps"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("signals"):
                wrong.append(place(path, node))
            saves = isinstance(node, ast.FunctionDef) and node.name == "save"
            if saves and part_of_app(path)[1] == "models":
                wrong.append(place(path, node))
    assert not wrong, "\n".join(map(str, wrong))
