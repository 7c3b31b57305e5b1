export interface ConnectTarget {
  readonly cluster: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

export interface ConnectLine {
  readonly name: string;
  readonly text: string;
}

/** What reaches a cluster from a shell or a program. Clusters share a port: the option `cluster` says which is meant. */
export function connectLines({ cluster, host, port, database, user }: ConnectTarget): readonly ConnectLine[] {
  return [
    {
      name: "psql",
      text: `PGOPTIONS="-c cluster=${cluster}" psql -h ${host} -p ${port} -U ${user} ${database}`,
    },
    {
      name: "Python (psycopg)",
      text:
        "import psycopg\n\n" +
        `connection = psycopg.connect(host="${host}", port=${port}, dbname="${database}", user="${user}",\n` +
        `                             password="...", options="-c cluster=${cluster}")\n` +
        `print(connection.execute("select version()").fetchone())`,
    },
    {
      name: "Python (redshift_connector)",
      text:
        "import redshift_connector\n\n" +
        `connection = redshift_connector.connect(host="${host}", port=${port}, database="${database}",\n` +
        `                                        user="${user}", password="...")`,
    },
    {
      name: "JDBC, the PostgreSQL driver",
      text: `jdbc:postgresql://${host}:${port}/${database}?user=${user}&options=-c%20cluster=${cluster}`,
    },
    { name: "JDBC, Amazon's driver", text: `jdbc:redshift://${host}:${port}/${database}?user=${user}` },
    {
      name: "Data API",
      text:
        `aws redshift-data execute-statement --cluster-identifier ${cluster} --database ${database} \\\n` +
        `  --db-user ${user} --sql "select version()"`,
    },
  ];
}
