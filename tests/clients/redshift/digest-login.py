"""Logs in as a user whose password is kept as SHA-256, and prints who it is or why not."""
import sys

import redshift_connector

try:
    connection = redshift_connector.connect(
        host="127.0.0.1", port=int(sys.argv[1]), user="sha", password=sys.argv[2], database="shop"
    )
    cursor = connection.cursor()
    cursor.execute("select current_user")
    print(cursor.fetchone()[0])
except redshift_connector.Error as error:
    print(error)
