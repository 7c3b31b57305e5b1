import { Client } from "pg";

/** A table that is skewed, one that is even, and rows to ask about. */
export const sales = `
create table event(id int, name varchar(40)) diststyle even;
create table sales(id int, event int sortkey, city varchar(20) distkey, price decimal(8,2));
insert into event select g, 'event ' || g from generate_series(1, 200) as s(g);
insert into sales select g, g % 200 + 1, case when g % 10 < 8 then 'Bern' when g % 10 = 8 then 'Basel' else 'Chur' end,
  g % 90 + 0.5 from generate_series(1, 22000) as s(g);
analyze`;

/** Runs statements as a SQL client does. */
export async function runSql(port: number, sql: string): Promise<void> {
  const client = new Client({ host: "127.0.0.1", port, user: "awsuser", password: "any", database: "dev" });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
