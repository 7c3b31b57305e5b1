"""What psycopg2 finds and sends, as JSON."""
import datetime
import decimal
import io
import json
import sys
import threading

import psycopg2
import psycopg2.extras

connection = psycopg2.connect(
    host="127.0.0.1", port=int(sys.argv[1]), user="awsuser", password="any", dbname="dev", sslmode=sys.argv[2]
)
cursor = connection.cursor()


def refused(run):
    """The class, code and message of an error; the transaction begins anew."""
    try:
        run()
    except psycopg2.Error as error:
        connection.rollback()
        return [type(error).__name__, error.pgcode, str(error).split("\n")[0]]
    return "not refused"


def adapted():
    zone = datetime.timezone.utc
    sent = [
        1, decimal.Decimal("1.25"), "it's \\ ä %", True, None, datetime.date(2024, 1, 2),
        datetime.datetime(2024, 1, 2, 3, 4, 5, 6), datetime.time(1, 2, 3),
        datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=zone), datetime.timedelta(days=1, hours=2),
    ]
    cursor.execute("select " + ", ".join(["%s"] * len(sent)), sent)
    return [got == value for got, value in zip(cursor.fetchone(), sent)]


def helpers():
    cursor.execute("create temp table made (i int, t varchar(20), n numeric(10,2))")
    rows = [(i, f"t{i}", decimal.Decimal(i) / 4) for i in range(250)]
    psycopg2.extras.execute_values(cursor, "insert into made values %s", rows)
    cursor.executemany("insert into made values (%s, %s, %s)", [(1000, "a", None), (1001, "b", 1)])
    psycopg2.extras.execute_batch(cursor, "update made set t = %s where i = %s", [("z", i) for i in range(20)])
    cursor.execute(
        "select count(*), count(n), sum(case when t = 'z' then 1 else 0 end) from made where i in %s or i > 5", ((1, 2),)
    )
    found = list(cursor.fetchone())
    cursor.execute("select count(*) from made where i = any(%s)", ([1, 2, 3],))
    connection.commit()
    return found + list(cursor.fetchone())


def named_cursor():
    named = connection.cursor("rows")
    named.itersize = 50
    named.execute("select i from made where i < 1000 order by i")
    total = sum(row[0] for row in named)
    named.close()
    connection.commit()
    return total


def dictionary():
    rows = connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor)
    rows.execute("select i, t from made order by 1 limit 1")
    return dict(rows.fetchone())


def read_only():
    connection.rollback()
    connection.set_session(isolation_level="SERIALIZABLE", readonly=True)
    found = refused(lambda: cursor.execute("create table never (i int)"))
    connection.set_session(isolation_level="DEFAULT", readonly=False)
    return found


def cancelled():
    done = threading.Event()

    def cancel():
        # A cancel that comes before the statement has begun is for nothing, so it is said until it is heard.
        while not done.wait(0.1):
            connection.cancel()

    thread = threading.Thread(target=cancel)
    thread.start()
    slow = "select count(*) from made a, made b, made c, made d where (a.i + b.i + c.i + d.i) % 7 = 8"
    found = refused(lambda: cursor.execute(slow))
    done.set()
    thread.join()
    return found


def autocommit():
    connection.rollback()
    connection.autocommit = True
    cursor.execute("vacuum")
    connection.autocommit = False
    return cursor.statusmessage


def notice():
    cursor.execute("drop table if exists nowhere")
    connection.rollback()
    return connection.notices[-1].strip()


def status():
    names = ["server_version", "standard_conforming_strings"]
    return [connection.encoding, connection.server_version, *map(connection.get_parameter_status, names)]


checks = [
    adapted, helpers, named_cursor, dictionary, read_only, cancelled, autocommit, notice, status,
]
answers = {check.__name__: check() for check in checks}
answers["error"] = refused(lambda: cursor.execute("select nothing from made"))
answers["copy from"] = refused(lambda: cursor.copy_expert("copy made from stdin", io.StringIO("1\n")))
answers["copy to"] = refused(lambda: cursor.copy_expert("copy made to stdout", io.StringIO()))
cursor.execute("select 1")
answers["after errors"] = list(cursor.fetchone())
print(json.dumps(answers))
