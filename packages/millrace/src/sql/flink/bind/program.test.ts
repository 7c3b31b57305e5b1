import { describe, expect, it } from "vitest";
import { bindTest, errorOf, rowsOf, testOptions } from "./test-bind.ts";
import { fieldsText, relationText } from "./test-relation-text.ts";

const sink = "CREATE TABLE k (a INT NOT NULL, b BIGINT, c STRING) WITH ('connector' = 'blackhole');\n";

async function inserted(text: string): Promise<string> {
  const [insert] = (await bindTest(sink + text)).inserts;
  if (insert === undefined) throw new Error("no insert");
  return `${fieldsText(insert.input.fields)}\n${relationText(insert.input)}`;
}

describe("INSERT", () => {
  it("gives the table its columns in order, with casts", async () => {
    expect(await inserted("INSERT INTO k VALUES (1, 2, 'x'), (3, NULL, 'y')")).toBe(
      [
        "a INT NOT NULL, b BIGINT, c STRING NOT NULL",
        "Project EXPR$0 AS a, cast(EXPR$1 as BIGINT) AS b, EXPR$2 AS c",
        "  Values (1, 2, 'x') (3, NULL, 'y')",
      ].join("\n"),
    );
    expect(await inserted("INSERT INTO k (c, a) SELECT b, a FROM plain")).toBe(
      ["a INT, b BIGINT, c STRING", "Project a, NULL AS b, b AS c", "  Project b, a", "    Scan plain"].join(
        "\n",
      ),
    );
  });

  it("fills partition columns with constants", async () => {
    const table = "CREATE TABLE p (x INT, d STRING) PARTITIONED BY (d) WITH ('connector' = 'x');";
    const [insert] = (await bindTest(`${table} INSERT INTO p PARTITION (d = 'today') SELECT a FROM plain`))
      .inserts;
    expect(insert === undefined ? "" : relationText(insert.input)).toContain("Project a AS x, 'today' AS d");
    expect(await errorOf(`${table} INSERT INTO p PARTITION (x = 1) SELECT 'a'`)).toMatch(
      /^42703 'x' is no part/,
    );
  });

  it("refuses columns that do not fit, with both schemas", async () => {
    const refused = (text: string): Promise<string> => errorOf(sink + text);
    expect(await refused("INSERT INTO k SELECT 1")).toBe(
      "42804 column types of query result and sink for 'default_catalog.default_database.k' do not match. " +
        "Cause: Different number of columns. Query schema: [EXPR$0: INT NOT NULL] " +
        "Sink schema: [a: INT NOT NULL, b: BIGINT, c: STRING] @ SELECT",
    );
    expect(await refused("INSERT INTO k SELECT 'a', 1, 'b'")).toContain(
      "Incompatible types for sink column 'a' at position 0",
    );
    expect(await refused("INSERT INTO k SELECT auction, 1, 'b' FROM bids")).toContain("sink column 'a'");
    expect(await refused("INSERT INTO k (b) VALUES (1)")).toMatch(/^23502 column 'a' has no default value/);
    expect(await refused("INSERT INTO k (a, zz) SELECT 1, 2")).toMatch(
      /^42703 unknown target column 'zz' .* @ zz$/,
    );
    expect(await refused("INSERT INTO k (a, a) SELECT 1, 2")).toMatch(/^42701/);
    expect(await refused("INSERT INTO bids (pt) SELECT 1")).toMatch(/^428C9/);
    expect(await refused("INSERT OVERWRITE k SELECT 1, 2, 'x'")).toMatch(/streaming mode/);
    expect(await refused("CREATE VIEW v AS SELECT 1; INSERT INTO v SELECT 1")).toMatch(/^42809/);
    expect(await refused("INSERT INTO nope SELECT 1")).toMatch(/^42P01/);
  });

  it("may come in sets, which are one program", async () => {
    const one = "INSERT INTO k SELECT 1, 2, 'x';";
    expect(
      (await bindTest(`${sink}${one} EXECUTE STATEMENT SET BEGIN ${one} ${one} END;`)).inserts,
    ).toHaveLength(3);
    expect((await bindTest(`${sink}BEGIN STATEMENT SET; ${one} ${one} END;`)).inserts).toHaveLength(2);
    expect(await errorOf(`${sink}BEGIN STATEMENT SET; SELECT 1; END;`)).toMatch(
      /^42601 only INSERT may stand/,
    );
    expect(await errorOf(`${sink}BEGIN STATEMENT SET; ${one}`)).toMatch(
      /^42601 BEGIN STATEMENT SET has no END/,
    );
    expect(await errorOf("END;")).toMatch(/^42601/);
  });

  it("is explained without being run", async () => {
    const program = await bindTest(`${sink}EXPLAIN CHANGELOG_MODE INSERT INTO k SELECT 1, 2, 'x'`);
    expect(program.inserts).toEqual([]);
    expect(program.outcomes.at(-1)).toMatchObject({ kind: "explain", details: ["changelog_mode"] });
  });
});

describe("a program", () => {
  it("keeps settings and says which are of no use", async () => {
    const { settings, warnings } = await bindTest(
      `SET 'table.local-time-zone' = 'Europe/Oslo'; SET 'table.exec.state.ttl' = '1 h'; SET 'foo.bar' = '1';
       SET 'pipeline.name' = 'counts'; SET 'parallelism.default' = '4'; SET 'execution.checkpointing.interval' = '10s';
       SET 'table.exec.source.idle-timeout' = '500'; SET 'table.exec.mini-batch.enabled' = 'true'`,
      { ...testOptions, settings: { "parallelism.default": "2" } },
    );
    expect(settings).toMatchObject({
      pipelineName: "counts",
      parallelism: 4,
      timeZone: "Europe/Oslo",
      stateTtlMs: 3_600_000,
      checkpointIntervalMs: 10_000,
      sourceIdleTimeoutMs: 500,
    });
    expect(settings.values["foo.bar"]).toBe("1");
    expect(warnings).toEqual(["the option 'foo.bar' is kept, but nothing goes by it"]);
    expect(
      (
        await bindTest("SET 'parallelism.default' = '4'; RESET 'parallelism.default'", {
          ...testOptions,
          settings: { "parallelism.default": "2" },
        })
      ).settings.parallelism,
    ).toBe(2);
  });

  it("refuses settings that would change results and are not there", async () => {
    expect(await errorOf("SET 'execution.runtime-mode' = 'batch'")).toMatch(
      /^0A000 the option 'execution.runtime/,
    );
    expect(await errorOf("SET 'table.exec.emit.early-fire.enabled' = 'true'")).toMatch(/^0A000/);
    expect(await errorOf("SET 'table.local-time-zone' = 'Mars/X'")).toMatch(/^22023/);
    expect(await errorOf("SET 'parallelism.default' = '0'")).toMatch(/^22023/);
    expect(await errorOf("SET 'table.exec.state.ttl' = 'long'")).toMatch(/^22023/);
  });

  it("has catalogs, databases, and names for what is in them", async () => {
    expect(
      await rowsOf(`CREATE CATALOG mem WITH ('type' = 'generic_in_memory', 'default-database' = 'main');
        USE CATALOG mem; CREATE DATABASE other; USE other; CREATE TABLE t (a INT) WITH ('connector' = 'x');
        CREATE VIEW v AS SELECT a FROM t; USE CATALOG default_catalog; DESCRIBE mem.other.v`),
    ).toEqual(["a | INT | TRUE |  |  | "]);
    expect(await rowsOf("CREATE DATABASE d; SHOW DATABASES")).toEqual(["d", "default_database"]);
    expect(await rowsOf("SHOW CURRENT CATALOG")).toEqual(["default_catalog"]);
    expect(await rowsOf("CREATE VIEW v AS SELECT 1; SHOW VIEWS LIKE 'v%'")).toEqual(["v"]);
    expect(await rowsOf("SHOW TABLES NOT LIKE '_eople'")).toEqual(["bids", "plain"]);
    expect(await rowsOf("SHOW FUNCTIONS LIKE 'upp%'")).toEqual(["upper"]);
    expect(await errorOf("USE nope")).toMatch(/^3F000 database 'nope' does not exist/);
    expect(await errorOf("USE CATALOG nope")).toMatch(/^3F000/);
    expect(await errorOf("CREATE DATABASE d; CREATE TABLE d.t (a INT); DROP DATABASE d")).toMatch(/^2BP01/);
    expect(await errorOf("DROP DATABASE default_database")).toMatch(/currently in use/);
    expect(await errorOf("CREATE CATALOG h WITH ('type' = 'hive')")).toMatch(
      /^0A000 a catalog of the type 'hive'/,
    );
    expect(await errorOf("CREATE CATALOG g WITH ('type' = 'glue')")).toMatch(/there is no Glue Data Catalog/);
  });

  it("drops what it made", async () => {
    expect(await rowsOf("DROP TABLE bids; SHOW TABLES")).toEqual(["people", "plain"]);
    expect(await rowsOf("DROP TABLE IF EXISTS nope; DROP VIEW IF EXISTS nope; SHOW TABLES")).toHaveLength(3);
    expect(await errorOf("DROP TABLE nope")).toMatch(/^42P01/);
    expect(await errorOf("DROP VIEW plain")).toMatch(/^42809/);
    expect(await errorOf("CREATE TEMPORARY TABLE plain (x INT); DROP TABLE plain")).toMatch(
      /a temporary table/,
    );
    expect(
      await rowsOf("CREATE TEMPORARY TABLE plain (x INT); DROP TEMPORARY TABLE plain; DESCRIBE plain"),
    ).toHaveLength(4);
  });

  it("binds views anew when something has changed", async () => {
    const view = "CREATE VIEW v AS SELECT a FROM plain; SELECT * FROM v;";
    expect(await errorOf(`${view} DROP TABLE plain; SELECT * FROM v`)).toMatch(
      /^42P01 view 'default_catalog.default_database.v': object 'plain' not found/,
    );
    expect(await rowsOf(`${view} ALTER TABLE plain MODIFY a STRING; DESCRIBE v`)).toEqual([
      "a | STRING | TRUE |  |  | ",
    ]);
    expect(await errorOf("CREATE VIEW v AS SELECT nope FROM plain")).toBe(
      "42703 column 'nope' not found in any table @ nope",
    );
    expect(await errorOf("CREATE VIEW v (a, b) AS SELECT 1")).toMatch(/^42601/);
    expect(
      await errorOf("CREATE VIEW v AS SELECT 1; ALTER VIEW v AS SELECT * FROM v; SELECT * FROM v"),
    ).toMatch(/^54001/);
  });

  it("has functions in JavaScript", async () => {
    const make =
      "CREATE TEMPORARY FUNCTION Twice AS '/* (n INT) RETURNS BIGINT */ (n) => 2 * n' LANGUAGE JAVASCRIPT;";
    const program = await bindTest(`${make} SELECT TWICE(a), twice(CAST(a AS TINYINT)) FROM plain`);
    expect(program.functions.map((entry) => entry.name)).toEqual(["twice"]);
    const outcome = program.outcomes.at(-1);
    expect(outcome?.kind === "query" ? relationText(outcome.relation) : "").toBe(
      "Project udf:twice(a) AS EXPR$0, udf:twice(cast(cast(a as TINYINT) as INT)) AS EXPR$1\n  Scan plain",
    );
    expect(await errorOf(`${make} SELECT twice(b) FROM plain`)).toMatch(/^42804 cannot apply 'UDF:TWICE'/);
    expect(await errorOf(`${make} ${make}`)).toMatch(/^42723/);
    expect(await errorOf(`${make} DROP TEMPORARY FUNCTION twice; SELECT twice(a) FROM plain`)).toMatch(
      /^42883/,
    );
    expect(await errorOf("CREATE FUNCTION f AS 'com.F'")).toMatch(/^0A000 a function in JAVA/);
    expect(await errorOf("CREATE FUNCTION f AS 'x => x' LANGUAGE JAVASCRIPT")).toMatch(/^42P13/);
  });

  it("refuses by name the statements that are not there", async () => {
    for (const text of [
      "UPDATE plain SET a = 1",
      "DELETE FROM plain",
      "TRUNCATE TABLE plain",
      "ADD JAR 'x.jar'",
    ]) {
      expect(await errorOf(text)).toMatch(/^0A000 [A-Z ]+ is not supported; it runs on Apache Flink itself/);
    }
  });

  it("says where in its text an error is", async () => {
    const text = "CREATE TABLE z (a INT) WITH ('connector' = 'x');\n\n-- wrong\nSELECT b FROM z;";
    expect(await errorOf(text)).toBe("42703 column 'b' not found in any table @ b");
  });
});
