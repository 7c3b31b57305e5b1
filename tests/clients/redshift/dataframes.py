"""Data frames of pandas with redshift_connector: written, read, and transactions around them; as JSON."""
import datetime
import decimal
import json
import sys

import pandas
import redshift_connector

connection = redshift_connector.connect(
    host="127.0.0.1", port=int(sys.argv[1]), user="awsuser", password="any", database="dev", ssl=False
)
cursor = connection.cursor()


def refused(run):
    try:
        run()
    except redshift_connector.Error as error:
        connection.rollback()
        found = error.args[0]
        return [type(error).__name__, found["C"], found["M"]] if isinstance(found, dict) else str(found)
    return "not refused"


def frames():
    cursor.execute("create table framed (id int, name varchar(20), amount numeric(10,2), made date, paid boolean)")
    frame = pandas.DataFrame(
        [
            [1, "ann", decimal.Decimal("1.25"), datetime.date(2024, 1, 2), True],
            [2, "b'ö\\b", None, None, None],
            *[[index, f"n{index}", decimal.Decimal(index), datetime.date(2024, 2, 1), False] for index in range(3, 60)],
        ],
        columns=["id", "name", "amount", "made", "paid"],
    )
    cursor.write_dataframe(frame, "framed")
    connection.commit()
    cursor.execute("select id, name, amount, made, paid from framed order by id")
    read = cursor.fetch_dataframe(20)
    return [list(read.columns), len(read), read["name"][1], str(read["amount"][0]), str(read["made"][0])]


def numpy_array():
    cursor.execute("select id, name from framed order by id limit 2")
    return cursor.fetch_numpy_array(2).tolist()


def pandas_query():
    frame = pandas.read_sql("select count(*) as n, sum(amount) as total from framed", connection)
    return [int(frame["n"][0]), str(frame["total"][0])]


def values():
    text = "select %s::int, %s::varchar, %s::numeric(10,2), %s::date, %s::timestamp, %s::boolean, %s::float, %s::varchar"
    sent = (7, "it's ä", decimal.Decimal("2.50"), datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 3, 4, 5, 6), True, 1.5, None)
    cursor.execute(text, sent)
    return [got == value for got, value in zip(cursor.fetchone(), sent)]


def types():
    cursor.execute(
        "select 1::smallint, 2::bigint, 1.5::real, 'ab'::char(4), '12:34:56.5'::time, '12:34:56+02'::timetz,"
        " '2024-01-02 03:04:05+02'::timestamptz, to_varbyte('00ff', 'hex'), json_parse('{\"a\":[1]}'),"
        " 12345678901234567890.12345::numeric(38,5), interval '1-2' year to month"
    )
    return [str(value) for value in cursor.fetchone()]


def many():
    cursor.executemany("insert into framed (id, name) values (%s, %s)", [(index, "m") for index in range(100, 140)])
    cursor.execute("select count(*) from framed where name = 'm'")
    inside = cursor.fetchone()[0]
    connection.rollback()
    cursor.execute("select count(*) from framed where name = 'm'")
    return [inside, cursor.fetchone()[0]]


checks = [frames, numpy_array, pandas_query, values, types, many]
answers = {check.__name__: check() for check in checks}
answers["error"] = refused(lambda: cursor.execute("select nothing from framed"))
answers["no table"] = refused(lambda: cursor.execute("select 1 from nowhere"))
answers["paramstyles"] = []
for style, text, parameters in [
    ("qmark", "select ? || 'x'", ("a",)),
    ("numeric", "select :1 || 'x'", ("a",)),
    ("named", "select :name || 'x'", {"name": "a"}),
    ("pyformat", "select %(name)s || 'x'", {"name": "a"}),
]:
    cursor.paramstyle = style
    cursor.execute(text, parameters)
    answers["paramstyles"].append(cursor.fetchone()[0])
print(json.dumps(answers))
