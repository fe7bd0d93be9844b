"""Fill a database of plain viewflow with the same people, posts and open tasks.

Ten engine tasks make a process, as its history would; the last of the newest ones is open and
addressed to the post of the same task of ours, by guardian's permission on the unit.
"""

import subprocess
import sys

from bench import server, tree
from bench.peers import surroundings
from bench.rows.filling import Filling, tell

FLOW = "plain/flows.PermitFlow"  # by the label of the app
TASKS_OF_PROCESS = 10

OFFICES = f"""
INSERT INTO plain_office (id, name) SELECT id, kind || ' ' || id FROM ({tree.UNITS}) places
UNION ALL SELECT 2000 + i, 'bureau ' || i FROM generate_series(1, {tree.COUNTIES}) i
UNION ALL SELECT 3000 + i, 'station ' || i FROM generate_series(1, {tree.TOWNSHIPS}) i
"""
PEOPLE = f"""
INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email,
    is_staff, is_active, date_joined)
SELECT i, '!', false, 'u' || i, '', '', '', true, true, now()
FROM generate_series(1, {tree.PEOPLE}) i
"""
VIEWERS = """
INSERT INTO auth_user_user_permissions (user_id, permission_id)
SELECT u.id, p.id FROM auth_user u, auth_permission p
WHERE p.codename IN ('view_permitprocess')
"""
GUARDIAN = f"""
INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, user_id, permission_id)
SELECT unit::text, p.content_type_id, person, p.id FROM ({tree.POSTS}) posts
JOIN auth_permission p ON p.codename = posts.role || '_here'
"""
PROCESSES = f"""
INSERT INTO viewflow_process (id, flow_class, status, created, finished, data)
SELECT i, '{FLOW}', CASE WHEN i > {{open}} THEN 'DONE' ELSE 'NEW' END,
    now() - i * interval '10 minutes', CASE WHEN i > {{open}} THEN now() END,
    jsonb_build_object('title', '关于第' || i || '件许可的申请', 'decision', '', 'note', '同意')
FROM generate_series({{low}}, {{high}}) i
"""
TASKS = f"""
INSERT INTO viewflow_task (id, flow_task, flow_task_type, status, created, assigned, started,
    finished, token, process_id, owner_id, owner_permission, owner_permission_content_type_id,
    owner_permission_obj_pk, data)
SELECT (i - 1) * {TASKS_OF_PROCESS} + k, '{FLOW}.' || nodes[k], kinds[k],
    CASE WHEN NOT is_open THEN 'DONE' WHEN claimed THEN 'ASSIGNED' ELSE 'NEW' END,
    now() - i * interval '10 minutes', NULL, NULL, CASE WHEN NOT is_open THEN now() END,
    'start', i, CASE WHEN NOT is_open OR claimed THEN person END,
    CASE WHEN kinds[k] = 'HUMAN' THEN 'plain.' || role || '_here' END,
    CASE WHEN kinds[k] = 'HUMAN' THEN {{office}} END,
    CASE WHEN kinds[k] = 'HUMAN' THEN unit::text END, '{{{{}}}}'
FROM (
    SELECT i, k, i <= {{open}} AND k = {TASKS_OF_PROCESS} AS is_open, {tree.ROLE_OF_TASK} AS role,
        {tree.UNIT_OF_TASK} AS unit, {tree.PERSON_OF_TASK} AS person,
        {tree.IS_CLAIMED} AS claimed,
        ARRAY['start', 'check', 'is_accepted', 'supplement', 'check', 'is_accepted', 'split',
            'review_first', 'review_second', 'check'] AS nodes,
        ARRAY['HUMAN_START', 'HUMAN', 'EXCLUSIVE_GATEWAY', 'HUMAN', 'HUMAN', 'EXCLUSIVE_GATEWAY',
            'PARALLEL_GATEWAY', 'HUMAN', 'HUMAN', 'HUMAN'] AS kinds
    FROM generate_series({{low}}, {{high}}) i, generate_series(1, {TASKS_OF_PROCESS}) k
) t
"""
LINKS = f"""
INSERT INTO viewflow_task_previous (from_task_id, to_task_id)
SELECT (i - 1) * {TASKS_OF_PROCESS} + k, (i - 1) * {TASKS_OF_PROCESS} + k - 1
FROM generate_series({{low}}, {{high}}) i, generate_series(2, {TASKS_OF_PROCESS}) k
"""


def build(database: str, tasks: int) -> None:
    """Make a database with so many tasks, one of twenty of them open."""
    server.create(database)
    tell(f"{database}: the tables of plain viewflow")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        env={**surroundings(database), "DJANGO_SETTINGS_MODULE": "bench.plain.settings"},
        check=True,
    )
    filling = Filling(database)
    for statement in (OFFICES, PEOPLE, VIEWERS, GUARDIAN):
        filling.run(statement)
    still_open = tasks // tree.OPEN_SHARE
    sizes = {
        "open": still_open,
        "desk": still_open // tree.DESK_SHARE,
        "office": filling.value("SELECT id FROM django_content_type WHERE model = 'office'"),
    }
    processes = tasks // TASKS_OF_PROCESS
    for what, table, statement in (
        ("processes", "viewflow_process", PROCESSES),
        ("processes' tasks", "viewflow_task", TASKS),
        ("processes' links", "viewflow_task_previous", LINKS),
    ):
        with filling.without_indexes(table):
            filling.in_chunks(what, processes, statement, **sizes)
    filling.go_on_counting("auth_user", "viewflow_process", "viewflow_task")
    server.mark_built(database)
