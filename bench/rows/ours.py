"""Fill a database of the product: the province, its people, permits, tasks, participations."""

import subprocess
import sys

from bench import server, tree
from bench.peers import surroundings
from bench.rows.filling import Filling, tell

EMPTY = "bench_ours_empty"

ORGANS = f"""
SELECT 2000 + i AS id, 17 + i AS parent, 'bureau' AS kind, 'B' || (2000 + i) AS code
FROM generate_series(1, {tree.COUNTIES}) i
UNION ALL
SELECT 3000 + i, 153 + i, 'station', 'S' || (3000 + i) FROM generate_series(1, {tree.TOWNSHIPS}) i
"""

UNITS = f"""
INSERT INTO permissions_unit (id, code, name, kind, parent_id, path, reach, is_active, uuid)
SELECT id, split_part(path, '/', array_length(string_to_array(path, '/'), 1) - 1),
    kind || ' ' || id, kind, parent, path, reach, true, gen_random_uuid() FROM ({tree.UNITS}) places
"""
ORGAN_UNITS = f"""
INSERT INTO permissions_unit (id, code, name, kind, parent_id, path, reach, is_active, uuid)
SELECT o.id, o.code, o.kind || ' ' || o.id, o.kind, o.parent, p.path || o.code || '/',
    CASE o.kind WHEN 'station' THEN p.path || o.code || '/' ELSE p.path END, true,
    gen_random_uuid() FROM ({ORGANS}) o JOIN permissions_unit p ON p.id = o.parent
"""
PEOPLE = f"""
INSERT INTO permissions_user (id, password, is_superuser, username, full_name, phone, is_active,
    must_change_password, password_changed_at, created_at, uuid)
SELECT i, '!', false, 'u' || i, '人员' || i, '', true, false, now(), now(), gen_random_uuid()
FROM generate_series(1, {tree.PEOPLE}) i
"""
POSTS = f"""
INSERT INTO permissions_post (user_id, role, unit_id, starts_on, uuid)
SELECT person, role, unit, current_date - 1000, gen_random_uuid() FROM ({tree.POSTS}) posts
"""
CASES = f"""
INSERT INTO permits_permit (id, uuid, number, title, unit_id, opened_on, opened_by_id, closed_on,
    due_on, state, bureau_id, reviews, held_as, held_because, interrupted_in)
SELECT i, md5('case' || i)::uuid, '旧许申〔2024〕' || i || '号', '关于第' || i || '件许可的申请',
    station, current_date - (({{cases}} - i)::bigint * {tree.DAYS_OF_HISTORY} / {{cases}})::int,
    station - 3000, CASE WHEN i > {{closed}} THEN NULL ELSE current_date END, NULL,
    CASE WHEN i > {{closed}} THEN 'submitted' ELSE 'issued' END,
    1983 + {tree.COUNTY_OF_TOWNSHIP.format(i="(station - 3000)")}, 0, '', '', ''
FROM (SELECT i, {tree.STATION_OF_CASE} AS station FROM generate_series({{low}}, {{high}}) i) c
"""
# The i-th task is one of the i-th newest case; the first of them are open.
TASKS = f"""
INSERT INTO workflows_task (uuid, content_type_id, object_id, case_kind, case_uuid, case_number,
    case_title, case_unit_id, node, title, role, unit_id, state, holder_id, is_personal, term_code,
    due_on, sorts_on, created_at, claimed_at, closed_at, closed_by_id, closed_post, outcome,
    opinion, close_reason, kind, place, round, case_state, request, hops, verdict, is_void,
    awaits_term, in_batch)
SELECT gen_random_uuid(), {{kind}}, c.id, 'permit', c.uuid, c.number, c.title, c.unit_id,
    'check', '初审', t.role, t.unit,
    CASE WHEN i > {{open}} THEN 'done' WHEN t.claimed THEN 'claimed' ELSE 'ready' END,
    CASE WHEN i > {{open}} OR t.claimed THEN t.person END, false, '',
    current_date + t.due, current_date + t.due, now() - t.age,
    CASE WHEN i > {{open}} OR t.claimed THEN now() - t.age END,
    CASE WHEN i > {{open}} THEN now() - t.age END, CASE WHEN i > {{open}} THEN t.person END,
    '', CASE WHEN i > {{open}} THEN '受理' ELSE '' END, '', '', 'work', 0, 1, '', '', 0, '', false,
    false, false
FROM (
    SELECT i, {tree.ROLE_OF_TASK} AS role, {tree.UNIT_OF_TASK} AS unit,
        {tree.PERSON_OF_TASK} AS person, {tree.IS_CLAIMED} AS claimed, {tree.DUE_IN_DAYS} AS due,
        i * interval '1 minute' AS age
    FROM generate_series({{low}}, {{high}}) i
) t JOIN permits_permit c ON c.id = {{cases}} + 1 - t.i
"""
OPENERS = """
INSERT INTO permissions_participation (user_id, content_type_id, object_id, opened_on, since)
SELECT opened_by_id, {kind}, id, opened_on, now()
FROM permits_permit WHERE id BETWEEN {low} AND {high}
"""
REVIEWERS = """
INSERT INTO permissions_participation (user_id, content_type_id, object_id, opened_on, since)
SELECT 6401 + (bureau_id - 2001) * 8 + id % 3, {kind}, id, opened_on, now()
FROM permits_permit WHERE id BETWEEN {low} AND {high}
"""
# The floor of work C: a table with a column for each level of the tree, as one would write it
# by hand for this one question.
ANCESTOR_ROWS = """
SELECT c.id, c.title, c.number, c.opened_on, c.unit_id AS station,
    split_part(u.path, '/', 2) AS city, split_part(u.path, '/', 3) AS county,
    split_part(u.path, '/', 4) AS township
FROM permits_permit c JOIN permissions_unit u ON u.id = c.unit_id
"""
ANCESTORS = f"CREATE TABLE bench_ancestors AS {ANCESTOR_ROWS}"
NEWER_ANCESTORS = f"""
INSERT INTO bench_ancestors {ANCESTOR_ROWS}
WHERE c.id > (SELECT max(id) FROM bench_ancestors)
"""
ANCESTOR_INDEXES = (
    "CREATE INDEX ON bench_ancestors (opened_on DESC, id DESC)",
    "CREATE INDEX ON bench_ancestors (city, opened_on DESC, id DESC)",
    "CREATE INDEX ON bench_ancestors (county, opened_on DESC, id DESC)",
    "CREATE INDEX ON bench_ancestors (township, opened_on DESC, id DESC)",
)


def migrate() -> None:
    """Make the empty tables once; the databases are copied from it."""
    server.create(EMPTY)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        env={**surroundings(EMPTY), "DJANGO_SETTINGS_MODULE": "bench.settings"},
        check=True,
    )
    server.mark_built(EMPTY)


def build(database: str, cases: int) -> None:
    """Make a database with so many cases and as many tasks, one of twenty of them open."""
    if not server.exists(EMPTY):
        tell("the product's tables")
        migrate()
    server.create_from(database, EMPTY)
    filling = Filling(database)
    for statement in (UNITS, ORGAN_UNITS, PEOPLE, POSTS):
        filling.run(statement)
    kind = filling.value("SELECT id FROM django_content_type WHERE model = 'permit'")
    still_open = cases // tree.OPEN_SHARE
    sizes = {
        "cases": cases,
        "closed": cases - still_open,
        "open": still_open,
        "desk": still_open // tree.DESK_SHARE,
        "kind": kind,
    }
    for what, table, statement in (
        ("cases", "permits_permit", CASES),
        ("tasks", "workflows_task", TASKS),
        ("openers", "permissions_participation", OPENERS),
        ("reviewers", "permissions_participation", REVIEWERS),
    ):
        with filling.without_indexes(table):
            filling.in_chunks(what, cases, statement, **sizes)
    tell(f"{database}: the hand-made table of work C")
    for statement in (ANCESTORS, *ANCESTOR_INDEXES):
        filling.run(statement)
    filling.go_on_counting(
        "permissions_unit", "permissions_user", "permissions_post", "permits_permit",
        "workflows_task", "permissions_participation",
    )  # fmt: skip
    server.mark_built(database)
