"""Say how the invented province is made; both sides of a comparison are built from it in SQL.

Units: the province is 1, cities 2 to 17, counties 18 to 153, townships 154 to 1753; bureaus of
the counties 2001 to 2136, stations of the townships 3001 to 4600. People are numbered from 1 in
the same order. The clerk has posts at three townships; the desk is a reviewer of three bureaus
at which an eighth of the open tasks wait.
"""

CITIES, COUNTIES, TOWNSHIPS, PEOPLE = 16, 136, 1600, 8000
CLERK, DESK = 1610, 6401
OPEN_SHARE = 20  # one of twenty tasks is open
DESK_SHARE = 8  # one of eight open tasks waits at the desk

COUNTY_OF_TOWNSHIP = f"(18 + ({{i}} - 1) * {COUNTIES} / {TOWNSHIPS})"
CITY_OF_COUNTY = f"(2 + ({{i}} - 1) * {CITIES} / {COUNTIES})"

UNITS = f"""
SELECT 1 AS id, NULL::int AS parent, 'province' AS kind, 'P1/' AS path, 'P1/' AS reach
UNION ALL
SELECT 1 + i, 1, 'city', 'P1/C' || (1 + i) || '/', 'P1/C' || (1 + i) || '/'
FROM generate_series(1, {CITIES}) i
UNION ALL
SELECT 17 + i, city, 'county', path, path FROM (
    SELECT i, city, 'P1/C' || city || '/X' || (17 + i) || '/' AS path
    FROM generate_series(1, {COUNTIES}) i, LATERAL (SELECT {CITY_OF_COUNTY.format(i="i")} AS city) c
) counties
UNION ALL
SELECT 153 + i, county, 'township', path, path FROM (
    SELECT i, county, 'P1/C' || city || '/X' || county || '/T' || (153 + i) || '/' AS path
    FROM generate_series(1, {TOWNSHIPS}) i,
        LATERAL (SELECT {COUNTY_OF_TOWNSHIP.format(i="i")} AS county) x,
        LATERAL (SELECT {CITY_OF_COUNTY.format(i="(county - 17)")} AS city) c
) townships
"""
"""The places: key, parent, kind, path and reach."""

POSTS = f"""
SELECT i AS person, 'station_chief' AS role, 3000 + i AS unit
FROM generate_series(1, {TOWNSHIPS}) i
UNION ALL
SELECT 1600 + i, 'township_clerk', 153 + i FROM generate_series(1, {TOWNSHIPS}) i
UNION ALL
SELECT 1600 + i, 'township_clerk', 153 + 1 + (i - 1 + further) % {TOWNSHIPS}
FROM generate_series(10, {TOWNSHIPS}, 10) i, generate_series(1, 2) further
UNION ALL
SELECT 3200 + i, 'township_leader', 153 + i FROM generate_series(1, {TOWNSHIPS}) i
UNION ALL
SELECT 4800 + i, 'station_officer', 3000 + i FROM generate_series(1, {TOWNSHIPS}) i
UNION ALL
SELECT 6400 + i, role, 2001 + (i - 1) / 8 FROM (
    SELECT i, (ARRAY['county_reviewer', 'county_reviewer', 'county_reviewer', 'county_assessor',
        'county_assessor', 'county_assessor', 'county_deputy', 'county_director'])[(i - 1) % 8 + 1]
        AS role FROM generate_series(1, {COUNTIES} * 8) i
) bureaus
UNION ALL
SELECT {DESK}, 'county_reviewer', 2001 + further FROM generate_series(1, 2) further
UNION ALL
SELECT 7488 + i, 'city_reviewer', 1 + (i - 1) / 32 % {CITIES} + 1
FROM generate_series(1, {PEOPLE} - 7489) i
UNION ALL
SELECT {PEOPLE}, 'city_leader', 1
"""
"""The posts: person, role and unit; the last person works for the whole province."""

# At which post the i-th task waits: the desk's first, the others over the whole province.
ROLE_OF_TASK = """CASE WHEN i <= {desk} THEN 'county_reviewer'
    WHEN i % 10 < 5 THEN 'township_clerk'
    WHEN i % 10 < 8 THEN 'station_chief' ELSE 'county_reviewer' END"""
UNIT_OF_TASK = f"""CASE WHEN i <= {{desk}} THEN 2001 + i % 3
    WHEN i % 10 < 5 THEN 154 + (i / 10 * 7 + i) % {TOWNSHIPS}
    WHEN i % 10 < 8 THEN 3001 + (i / 10 * 7 + i) % {TOWNSHIPS}
    ELSE 2004 + (i / 10) % ({COUNTIES} - 3) END"""
# Whoever holds that post first: he has claimed three of ten open tasks and closed the others.
PERSON_OF_TASK = f"""CASE WHEN i <= {{desk}} THEN {DESK}
    WHEN i % 10 < 5 THEN 1601 + (i / 10 * 7 + i) % {TOWNSHIPS}
    WHEN i % 10 < 8 THEN 1 + (i / 10 * 7 + i) % {TOWNSHIPS}
    ELSE 6401 + 8 * (3 + (i / 10) % ({COUNTIES} - 3)) END"""
IS_CLAIMED = "(i % 7 < 2)"
DUE_IN_DAYS = "((i::bigint * 7919) % 40 - 10)::int"
RARE_STATION = 4600  # five cases in all
STATION_OF_CASE = f"""CASE WHEN i % ({{cases}} / 5) = 7 THEN {RARE_STATION}
    ELSE 3001 + ((i::bigint * 7919) % {TOWNSHIPS - 1})::int END"""
DAYS_OF_HISTORY = 700
