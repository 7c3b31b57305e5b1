import { describe, expect, test } from "vitest";
import { parseScript } from "./redshift-parser.ts";

const kinds = (text: string): readonly string[] => parseScript(text).map(({ ast }) => ast.kind);

/** What clients send of their own accord, found in their sources. */
describe("statements of clients", () => {
  // com.amazon.redshift 2.1.0.33: RedshiftConnectionImpl, ConnectionFactoryImpl, MetadataAPIHelper, QueryExecutorImpl.
  test.each([
    ["SET extra_float_digits = 3", "set-variable"],
    ["SET application_name = 'Amazon Redshift JDBC Driver'", "set-variable"],
    ["SET query_group TO 'q'", "set-variable"],
    ["SET readonly=1", "set-variable"],
    ["SET SESSION search_path TO DEFAULT", "set-variable"],
    ["SET SESSION search_path TO 'public'", "set-variable"],
    ["SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED", "set-transaction"],
    ["SHOW TRANSACTION ISOLATION LEVEL", "show-variable"],
    ["BEGIN", "begin"],
    ["BEGIN READ ONLY", "begin"],
    ["COMMIT", "commit"],
    ["ROLLBACK", "rollback"],
    ["SAVEPOINT RSJDBC_AUTOSAVE", "unsupported"],
    ["RELEASE SAVEPOINT RSJDBC_AUTOSAVE", "unsupported"],
    ["ROLLBACK TO SAVEPOINT RSJDBC_AUTOSAVE", "unsupported"],
    ['FETCH ALL IN "<unnamed portal 1>"', "fetch"],
    ['CLOSE "<unnamed portal 1>"', "close-cursor"],
    ["SHOW DATABASES;", "show-databases"],
    ["SHOW DATABASES LIKE 'd%';", "show-databases"],
    ['SHOW SCHEMAS FROM DATABASE "dev";', "show-schemas"],
    ["SHOW SCHEMAS FROM DATABASE dev LIKE 'p%';", "show-schemas"],
    ["SHOW TABLES FROM SCHEMA dev.public LIKE 'a\\\\_b';", "show-tables"],
    ["SHOW COLUMNS FROM TABLE dev.public.t LIKE 'c%';", "show-columns"],
    ["SHOW SCHEMAS FROM DATABASE $1 LIKE '$2';", "show-schemas"],
  ])("JDBC driver: %s", (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
  });

  // redshift_connector 2.2.0: core.py, cursor.py, metadataAPIHelper.py.
  test.each([
    ["begin transaction", "begin"],
    ["commit", "commit"],
    ["rollback", "rollback"],
    ["SHOW TABLES FROM SCHEMA $1.$2 LIKE $3;", "show-tables"],
    ["SHOW COLUMNS FROM TABLE $1.$2.$3 LIKE $4;", "show-columns"],
    ["SHOW CONSTRAINTS PRIMARY KEYS FROM TABLE $1.$2.$3;", "show-constraints"],
    ["SHOW CONSTRAINTS FOREIGN KEYS EXPORTED FROM TABLE $1.$2.$3;", "show-constraints"],
    ["SHOW COLUMN GRANTS ON TABLE $1.$2.$3 LIKE $4;", "show-column-grants"],
    ["SHOW GRANTS ON TABLE $1.$2.$3;", "show-grants"],
    ["SHOW PROCEDURES FROM SCHEMA $1.$2 LIKE $3;", "show-routines"],
    ["SHOW FUNCTIONS FROM SCHEMA $1.$2;", "show-routines"],
    ["SHOW PARAMETERS OF PROCEDURE $1.$2.$3();", "show-parameters"],
    ["SHOW PARAMETERS OF FUNCTION $1.$2.$3($4, $5) LIKE $6;", "show-parameters"],
  ])("redshift_connector: %s", (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
  });

  // dbt-redshift 1.9.5 and dbt-postgres: include/*/macros.
  test.each([
    ['create schema if not exists "an"', "create-schema"],
    ['drop schema if exists "an" cascade', "drop"],
    [
      'create  table "dev"."an"."m__dbt_tmp" backup no diststyle key distkey (id) compound sortkey( a,b ) as ( select 1 as id, 2 as a, 3 as b );',
      "create-table-as",
    ],
    ['create temporary table "m__dbt_tmp123" diststyle even as ( select 1 as id );', "create-table-as"],
    ['create view "dev"."an"."v" as ( select 1 as id ) with no schema binding;', "create-view"],
    ['create  table "dev"."an"."m" ( id integer not null, d date, primary key (id) )  ;', "create-table"],
    [
      'create materialized view "dev"."an"."mv" backup yes diststyle even auto refresh no as ( select 1 as id )',
      "create-materialized-view",
    ],
    ['alter materialized view "dev"."an"."mv" auto refresh yes', "alter-materialized-view"],
    ['refresh materialized view "dev"."an"."mv"', "refresh-materialized-view"],
    ['drop materialized view if exists "dev"."an"."mv" cascade', "drop"],
    ['drop table if exists "dev"."an"."m" cascade', "drop"],
    ['alter table "dev"."an"."m__dbt_tmp" rename to "m"', "alter-table"],
    ['alter table "dev"."an"."m" add column c character varying(256)', "alter-table"],
    ['alter table "dev"."an"."m" drop column c', "alter-table"],
    [
      'comment on table "dev"."an"."m" is $dbt_comment_literal_block$it\'s$dbt_comment_literal_block$;',
      "comment",
    ],
    [
      'comment on column "dev"."an"."m".id is $dbt_comment_literal_block$x$dbt_comment_literal_block$;',
      "comment",
    ],
    ['grant select on "dev"."an"."m" to a, b;', "grant"],
    ['revoke select on "dev"."an"."m" from a;', "revoke"],
    ['truncate table "dev"."an"."m"', "truncate"],
    ["SET query_group TO 'dbt'", "set-variable"],
  ])("dbt-redshift: %s", (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
  });

  // sqlalchemy-redshift 1.0.0: commands.py, ddl.py; as psycopg2 fills the values in.
  test.each([
    ["ALTER TABLE s.t APPEND FROM s.u FILLTARGET", "alter-table-append"],
    [
      `UNLOAD ('SELECT t.a FROM t WHERE t.b = ''x''') TO 's3://b/k' CREDENTIALS 'aws_iam_role=arn:aws:iam::1:role/r'
       MANIFEST HEADER DELIMITER AS ',' ENCRYPTED FIXEDWIDTH AS 'a:3' GZIP ADDQUOTES NULL AS 'x' ESCAPE
       ALLOWOVERWRITE PARALLEL OFF REGION 'us-west-2' MAXFILESIZE 50.0 MB`,
      "unload",
    ],
    [
      `COPY s.t (a, b) FROM 's3://b/k' WITH CREDENTIALS AS 'aws_access_key_id=A;aws_secret_access_key=S'
       FORMAT AS JSON AS 'auto' DELIMITER AS ',' GZIP MANIFEST ACCEPTANYDATE ACCEPTINVCHARS AS '*' BLANKSASNULL
       DATEFORMAT AS 'auto' EMPTYASNULL ENCODING AS UTF8 ESCAPE EXPLICIT_IDS FILLRECORD IGNOREBLANKLINES
       IGNOREHEADER AS 1 NULL AS '---' REMOVEQUOTES ROUNDEC TIMEFORMAT AS 'auto' TRIMBLANKS TRUNCATECOLUMNS
       COMPROWS 1000 COMPUPDATE ON MAXERROR AS 0 NOLOAD STATUPDATE OFF REGION 'us-east-1'`,
      "copy",
    ],
    [
      "CREATE MATERIALIZED VIEW mv BACKUP NO  DISTKEY (id) SORTKEY (name) AS SELECT 1",
      "create-materialized-view",
    ],
    ["DROP MATERIALIZED VIEW IF EXISTS mv CASCADE", "drop"],
    ["REFRESH MATERIALIZED VIEW mv", "refresh-materialized-view"],
    ["CREATE OR REPLACE LIBRARY f LANGUAGE pythonplu FROM 's3://b/f' WITH CREDENTIALS AS 'x'", "unsupported"],
    [
      `CREATE TABLE t ( id INTEGER IDENTITY(1,1) NOT NULL ENCODE zstd, name VARCHAR(30), PRIMARY KEY (id),
       FOREIGN KEY(name) REFERENCES s.u (n) ) DISTSTYLE KEY DISTKEY (id) INTERLEAVED SORTKEY (id, name)`,
      "create-table",
    ],
    ["ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY(a) REFERENCES u (b)", "alter-table"],
  ])("sqlalchemy-redshift: %s", (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
  });
});
