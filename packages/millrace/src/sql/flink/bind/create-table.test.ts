import { describe, expect, it } from "vitest";
import { errorOf, rowsOf } from "./test-bind.ts";

const stream = `CREATE TABLE t (
  id BIGINT, arrival TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL, k STRING METADATA FROM 'partition-key',
  twice AS id * 2 COMMENT 'two', WATERMARK FOR arrival AS arrival - INTERVAL '1' SECOND,
  CONSTRAINT pk PRIMARY KEY (id) NOT ENFORCED
) COMMENT 'it''s' PARTITIONED BY (id) WITH ('connector' = 'stream', 'api.token' = 'x');
`;

describe("CREATE TABLE", () => {
  it("has columns of all kinds, a watermark and a key", async () => {
    expect(await rowsOf(`${stream}DESCRIBE t`)).toEqual([
      "id | BIGINT | FALSE | PRI(id) |  | ",
      "arrival | TIMESTAMP(3) *ROWTIME* | TRUE |  | METADATA FROM 'timestamp' VIRTUAL | arrival - INTERVAL '1' SECOND",
      "k | STRING | TRUE |  | METADATA FROM 'partition-key' | ",
      "twice | BIGINT | FALSE |  | AS id * 2 | ",
    ]);
  });

  it("can be shown as a statement, without secrets", async () => {
    expect(await rowsOf(`${stream}SHOW CREATE TABLE t`)).toEqual([
      [
        "CREATE TABLE `default_catalog`.`default_database`.`t` (",
        "  `id` BIGINT NOT NULL,",
        "  `arrival` TIMESTAMP(3) METADATA FROM 'timestamp' VIRTUAL,",
        "  `k` STRING METADATA FROM 'partition-key',",
        "  `twice` AS id * 2 COMMENT 'two',",
        "  WATERMARK FOR `arrival` AS arrival - INTERVAL '1' SECOND,",
        "  CONSTRAINT `pk` PRIMARY KEY (`id`) NOT ENFORCED",
        ")",
        "COMMENT 'it''s'",
        "PARTITIONED BY (`id`)",
        "WITH (",
        "  'connector' = 'stream',",
        "  'api.token' = '******'",
        ")",
        "",
      ].join("\n"),
    ]);
  });

  it("takes over what LIKE says", async () => {
    const names = async (like: string, own: string): Promise<readonly string[]> =>
      (await rowsOf(`${stream}CREATE TABLE u ${own} WITH ('x' = 'y') LIKE t ${like}; DESCRIBE u`)).map(
        (row) => row.split(" | ").slice(0, 2).join(" "),
      );
    expect(await names("", "(more INT)")).toEqual([
      "id BIGINT",
      "arrival TIMESTAMP(3) *ROWTIME*",
      "k STRING",
      "twice BIGINT",
      "more INT",
    ]);
    expect(await names("(EXCLUDING METADATA EXCLUDING WATERMARKS)", "")).toEqual([
      "id BIGINT",
      "twice BIGINT",
    ]);
    expect(await names("(EXCLUDING ALL)", "(twice STRING)")).toEqual(["id BIGINT", "twice STRING"]);
    expect(await names("(OVERWRITING GENERATED)", "(twice AS CAST(id AS STRING))")).toEqual([
      "id BIGINT",
      "arrival TIMESTAMP(3) *ROWTIME*",
      "k STRING",
      "twice STRING",
    ]);
  });

  it("refuses what LIKE would have twice", async () => {
    const like = (text: string): Promise<string> => errorOf(`${stream}CREATE TABLE u ${text}`);
    expect(await like("(id INT) LIKE t")).toContain("'id' already exists in the base table");
    expect(await like("(twice AS 1) LIKE t")).toContain("say EXCLUDING GENERATED or OVERWRITING GENERATED");
    expect(await like("WITH ('connector' = 'x') LIKE t (INCLUDING OPTIONS)")).toContain(
      "there already exists an option 'connector'",
    );
    expect(await like("(WATERMARK FOR arrival AS arrival) LIKE t")).toContain("already has a watermark");
    expect(await like("(x INT, PRIMARY KEY (x) NOT ENFORCED) LIKE t")).toContain("already has a primary key");
    expect(await like("PARTITIONED BY (id) LIKE t")).toContain("already has partitions");
    expect(await like("LIKE nothing")).toMatch(/^42P01/);
  });

  it("refuses what is wrong, where it is", async () => {
    const make = (columns: string): Promise<string> =>
      errorOf(`CREATE TABLE u (${columns}) WITH ('connector' = 'stream')`);
    expect(await make("a INT, a STRING")).toBe("42701 a column named 'a' already exists in the table @ a");
    expect(await make("a INT, PRIMARY KEY (a)")).toMatch(/^42000 PRIMARY KEY must be NOT ENFORCED/);
    expect(await make("a INT, PRIMARY KEY (b) NOT ENFORCED")).toMatch(/^42703 PRIMARY KEY column 'b'/);
    expect(await make("a INT, b AS a, PRIMARY KEY (b) NOT ENFORCED")).toMatch(/is not a physical column/);
    expect(await make("a INT, UNIQUE (a) NOT ENFORCED")).toMatch(/^42000 UNIQUE/);
    expect(await make("a STRING, WATERMARK FOR a AS a")).toMatch(/^42804 invalid data type of time field/);
    expect(await make("a TIMESTAMP(6), WATERMARK FOR a AS a")).toMatch(
      /p from 0 to 3, but is TIMESTAMP\(6\)/,
    );
    expect(await make("a TIMESTAMP(3), WATERMARK FOR a AS 1")).toMatch(
      /^42804 invalid data type of expression/,
    );
    expect(await make("a TIMESTAMP(3), WATERMARK FOR b AS a")).toMatch(
      /^42703 the rowtime attribute field 'b'/,
    );
    expect(await make("a TIMESTAMP(3), WATERMARK FOR a AS a, WATERMARK FOR a AS a")).toMatch(
      /^42601 multiple/,
    );
    expect(await make("a TIMESTAMP(3), WATERMARK FOR a AS SOURCE_WATERMARK()")).toMatch(
      /^0A000 SOURCE_WATERMARK\(\) .* it runs on Apache Flink itself @ SOURCE_WATERMARK$/,
    );
    expect(await make("a AS PROCTIME(), WATERMARK FOR a AS a")).toMatch(/processing time attribute/);
    expect(await make("a INT, b AS c + 1")).toBe("42703 column 'c' not found in any table @ c");
    expect(await make("a INT, b AS COUNT(a)")).toMatch(/^42803 .* a computed column/);
    expect(await make("a INT, b AS (SELECT 1)")).toMatch(/^0A000 a query as a value/);
    expect(await make("a INT, m STRING METADATA FROM 'nope' VIRTUAL")).toMatch(
      /^42703 invalid metadata key 'nope' .* the metadata keys timestamp, partition-key @ m$/,
    );
    expect(await make("a INT, `timestamp` ROW<x INT> METADATA VIRTUAL")).toMatch(/^42804 invalid data type/);
    expect(await errorOf("CREATE TABLE u (a INT) PARTITIONED BY (b)")).toMatch(
      /^42703 PARTITIONED BY column/,
    );
    expect(await errorOf("CREATE TABLE u (a INT) DISTRIBUTED BY (a) INTO 3 BUCKETS")).toMatch(
      /^0A000 DISTRIB/,
    );
    expect(await errorOf("CREATE TABLE u (a INT) WITH ('a' = '1', 'a' = '2')")).toMatch(
      /^42701 the option 'a'/,
    );
    expect(await errorOf("CREATE TABLE plain (a INT)")).toMatch(
      /^42P07 the table .* already exists @ plain$/,
    );
    expect(await errorOf("CREATE TABLE nope.plain (a INT)")).toMatch(/^3F000 database 'nope' does not exist/);
    expect(await errorOf("CREATE TABLE u (a INT); SELECT * FROM u")).toMatch(
      /do not contain the option 'connec/,
    );
  });

  it("with AS has the columns of the query", async () => {
    const make = (text: string): Promise<readonly string[]> => rowsOf(`CREATE TABLE u ${text}; DESCRIBE u`);
    const options = "WITH ('connector' = 'x')";
    expect(await make(`${options} AS SELECT a AS x, d FROM plain`)).toEqual([
      "x | INT | TRUE |  |  | ",
      "d | TIMESTAMP(3) | TRUE |  |  | ",
    ]);
    expect(
      await make(`(c AS x + 1, x BIGINT, WATERMARK FOR d AS d) ${options} AS SELECT a AS x, d FROM plain`),
    ).toEqual([
      "c | BIGINT | TRUE |  | AS x + 1 | ",
      "x | BIGINT | TRUE |  |  | ",
      "d | TIMESTAMP(3) *ROWTIME* | TRUE |  |  | d",
    ]);
    expect(await make(`(d, x) ${options} AS SELECT a AS x, d FROM plain`)).toEqual([
      "d | TIMESTAMP(3) | TRUE |  |  | ",
      "x | INT | TRUE |  |  | ",
    ]);
    expect(await errorOf(`CREATE TABLE u (x, y) ${options} AS SELECT a AS x, d FROM plain`)).toMatch(
      /^42703/,
    );
    expect(await errorOf("CREATE TABLE u AS SELECT NULL AS n")).toMatch(/^42804 the column 'n' is NULL/);
    expect(await errorOf("CREATE OR REPLACE TABLE u AS SELECT 1 AS a")).toMatch(/^0A000 REPLACE TABLE/);
  });
});

describe("ALTER TABLE", () => {
  const altered = async (change: string): Promise<readonly string[]> =>
    (await rowsOf(`${stream}ALTER TABLE t ${change}; DESCRIBE t`)).map((row) => row.trim());

  it("adds, moves, renames and drops columns with what is about them", async () => {
    expect(await altered("ADD (x INT FIRST, y AS id + x AFTER id)")).toEqual([
      "x | INT | TRUE |  |  |",
      "id | BIGINT | FALSE | PRI(id) |  |",
      "y | BIGINT | TRUE |  | AS id + x |",
      "arrival | TIMESTAMP(3) *ROWTIME* | TRUE |  | METADATA FROM 'timestamp' VIRTUAL | arrival - INTERVAL '1' SECOND",
      "k | STRING | TRUE |  | METADATA FROM 'partition-key' |",
      "twice | BIGINT | FALSE |  | AS id * 2 |",
    ]);
    expect((await altered("DROP twice")).at(-1)).toBe(
      "k | STRING | TRUE |  | METADATA FROM 'partition-key' |",
    );
    expect((await altered("RENAME id TO ident"))[0]).toBe("ident | BIGINT | FALSE | PRI(ident) |  |");
    expect((await altered("DROP WATERMARK"))[1]).toContain("arrival | TIMESTAMP(3) | TRUE");
    expect((await altered("MODIFY k BYTES METADATA FROM 'partition-key' FIRST"))[0]).toContain("k | BYTES");
  });

  it("changes options and the name", async () => {
    const text = await rowsOf(`${stream}ALTER TABLE t SET ('a' = '1'); ALTER TABLE t RESET ('api.token');
      ALTER TABLE t RENAME TO u; SHOW CREATE TABLE u`);
    expect(text[0]).toContain("WITH (\n  'connector' = 'stream',\n  'a' = '1'\n)");
    expect(await errorOf(`${stream}ALTER TABLE t RENAME TO plain`)).toMatch(/^42P07/);
  });

  it("refuses what would break the table", async () => {
    const refused = (change: string): Promise<string> => errorOf(`${stream}ALTER TABLE t ${change}`);
    expect(await refused("DROP id")).toMatch(/^2BP01 the column 'id' is used by the primary key/);
    expect(await refused("DROP nope")).toMatch(/^42703/);
    expect(await refused("ADD id INT")).toMatch(/^42701/);
    expect(await refused("ADD WATERMARK FOR arrival AS arrival")).toMatch(/has a watermark already/);
    expect(await refused("MODIFY nope INT")).toMatch(/^42703 try to modify/);
    expect(await refused("DROP CONSTRAINT other")).toMatch(/^42704/);
    expect(await refused("ADD PARTITION (id = '1')")).toMatch(/^0A000 ALTER TABLE/);
    expect(await errorOf("CREATE TABLE u (a INT, b AS a + 1); ALTER TABLE u DROP a")).toMatch(
      /^2BP01 the column 'a' is used by a computed column/,
    );
    expect(await errorOf("ALTER TABLE nope SET ('a' = 'b')")).toMatch(/^42P01/);
    expect(await rowsOf("ALTER TABLE IF EXISTS nope SET ('a' = 'b'); SHOW TABLES")).toHaveLength(3);
  });
});
