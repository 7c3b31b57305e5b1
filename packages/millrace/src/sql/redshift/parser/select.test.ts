import { describe, expect, it } from "vitest";
import { bare, brackets, errorOf, queryOf, selectOf } from "./test-tree.ts";

const column = (name: string): unknown => ({ kind: "reference", parts: [{ name }] });

describe("the select list", () => {
  it("has aliases with AS, any word, and without, unless it is reserved", () => {
    const { items } = selectOf('select a as select, b "B c", c d, e.*, *, 1 exclude from t');
    expect(items.map(({ alias }) => alias?.name)).toEqual([
      "select",
      "b c",
      "d",
      undefined,
      undefined,
      "exclude",
    ]);
    expect(bare(items[3])).toEqual({ expression: { kind: "star", qualifier: [{ name: "e" }], exclude: [] } });
    expect(errorOf("select a from from t")).toMatchObject({
      message: 'syntax error at or near "from"',
      position: 14,
    });
    expect(errorOf("select from t").message).toBe('syntax error at or near "from"');
    expect(errorOf("select a order from t").message).toBe('syntax error at or near "from"');
  });

  it("excludes columns of its stars", () => {
    const excluded = (text: string): unknown =>
      bare(selectOf(text).items.map(({ expression }) => expression));
    const exclude = [{ name: "a" }, { name: "b" }];
    expect(excluded("select * exclude a, b from t")).toEqual([{ kind: "star", qualifier: [], exclude }]);
    expect(excluded("select t.*, 1 as c exclude (a, b) from t")).toMatchObject([
      { exclude },
      { kind: "number" },
    ]);
    expect(errorOf("select a exclude (b) from t").message).toBe('syntax error at or near "exclude"');
    expect(errorOf("select * exclude (a), b from t").message).toBe('syntax error at or near ","');
  });

  it("is limited by TOP and DISTINCT", () => {
    expect(selectOf("select top 10 * from t")).toMatchObject({ top: { text: "10" }, distinct: false });
    expect(selectOf("select top (5) distinct a from t")).toMatchObject({
      top: { text: "5" },
      distinct: true,
    });
    expect(selectOf("select distinct top $1 a from t")).toMatchObject({ top: { index: 1 }, distinct: true });
    expect(bare(selectOf("select distinct on (a, b) c from t"))).toMatchObject({
      distinct: false,
      distinctOn: [column("a"), column("b")],
    });
    expect(selectOf("select all a from t").distinct).toBe(false);
    expect(errorOf("select top a from t").message).toBe('syntax error at or near "a"');
  });

  it("may go into a table", () => {
    expect(bare(selectOf("select a into temp table #x from t").into)).toEqual({
      name: { parts: [{ name: "#x" }] },
      temporary: true,
    });
    expect(selectOf("select a into s.x").into?.temporary).toBe(false);
  });
});

describe("clauses", () => {
  it("come in their order", () => {
    const select = selectOf(
      "select a, sum(b) c from t where d group by a having sum(b) > 1 qualify row_number() over (order by a) = 1",
    );
    expect(select).toMatchObject({ where: {}, groupBy: [{}], having: {}, qualify: { kind: "binary" } });
    expect(errorOf("select a from t group by a where b").message).toBe('syntax error at or near "where"');
    expect(errorOf("select a from t having b group by a").message).toBe('syntax error at or near "group"');
  });

  it("qualifies a table without alias, too", () => {
    const select = selectOf("select a from t qualify b = 1");
    expect(select.qualify).toBeDefined();
    expect(select.from).toMatchObject([{ alias: undefined }]);
    expect(selectOf("select qualify from t as qualify").from).toMatchObject([{ alias: { name: "qualify" } }]);
  });

  it.each([
    "start with a is null connect by nocycle prior id = mgr",
    "connect by nocycle prior id = mgr start with a is null",
  ])("connects rows: %s", (text) => {
    const { connectBy, from } = selectOf(`select id from emp where x = 1 ${text}`);
    expect(connectBy?.noCycle).toBe(true);
    expect(connectBy?.startWith?.kind).toBe("is");
    expect(connectBy === undefined ? "" : brackets(connectBy.condition)).toBe("((prior id) = mgr)");
    expect(from).toMatchObject([{ alias: undefined }]);
  });

  it("wants CONNECT BY behind START WITH", () => {
    expect(errorOf("select id from emp start with a").message).toBe("syntax error at end of input");
  });

  it("groups", () => {
    const groups = (text: string): unknown => bare(selectOf(`select 1 from t group by ${text}`).groupBy);
    const expression = (name: string): unknown => ({ kind: "expression", expression: column(name) });
    expect(groups("a, b")).toEqual([expression("a"), expression("b")]);
    expect(groups("()")).toEqual([{ kind: "set", expressions: [] }]);
    expect(groups("rollup (a, (b, c)), cube(a)")).toEqual([
      { kind: "rollup", sets: [[column("a")], [column("b"), column("c")]] },
      { kind: "cube", sets: [[column("a")]] },
    ]);
    expect(groups("grouping sets ((a, b), (), c, rollup(d))")).toEqual([
      {
        kind: "sets",
        items: [
          { kind: "set", expressions: [column("a"), column("b")] },
          { kind: "set", expressions: [] },
          expression("c"),
          { kind: "rollup", sets: [[column("d")]] },
        ],
      },
    ]);
    expect(selectOf("select a from t group by all")).toMatchObject({ groupBy: [], groupByAll: true });
    expect(errorOf("select 1 from t group by").message).toBe("syntax error at end of input");
  });
});

describe("queries", () => {
  it("order and limit", () => {
    const query = queryOf("select a from t order by 1 desc nulls first, b asc limit 10 offset 5");
    expect(bare(query)).toMatchObject({
      orderBy: [{ descending: true, nulls: "first" }, { descending: false }],
      limit: { text: "10" },
      offset: { text: "5" },
      siblings: false,
    });
    expect(queryOf("select a from t offset $1 limit all")).toMatchObject({
      limit: undefined,
      offset: { index: 1 },
    });
    expect(queryOf("select a from t order siblings by b").siblings).toBe(true);
    expect(queryOf("select a from t for update of t").forUpdate).toBe(true);
    expect(errorOf("select a limit 1 order by a").message).toBe('syntax error at or near "order"');
    expect(errorOf("select a limit 1, 2").message).toBe('syntax error at or near ","');
    expect(errorOf("select a from t fetch first 1 rows only").message).toBe(
      'syntax error at or near "first"',
    );
  });

  it("have WITH", () => {
    expect(
      bare(queryOf("with recursive a (x) as (select 1 union all select x + 1 from a) select * from a")),
    ).toMatchObject({
      with: { recursive: true, items: [{ name: { name: "a" }, columns: [{ name: "x" }] }] },
    });
    expect(errorOf("with a as select 1 select 2").message).toBe('syntax error at or near "select"');
    expect(errorOf("with a as (delete from t) select 1").message).toBe('syntax error at or near "delete"');
    expect(errorOf("with a as (select 1)").message).toBe("syntax error at end of input");
  });

  it("combine others, INTERSECT first, then to the left", () => {
    const operations = (text: string): string => {
      const show = (body: ReturnType<typeof queryOf>["body"]): string => {
        switch (body.kind) {
          case "set-operation":
            return `(${show(body.left)} ${body.operator}${body.all ? " all" : ""} ${show(body.right)})`;
          case "select":
            return body.items.map(({ expression }) => brackets(expression)).join();
          default:
            return body.kind;
        }
      };
      return show(queryOf(text).body);
    };
    expect(operations("select 1 union select 2 intersect select 3 minus all select 4")).toBe(
      "((1 union (2 intersect 3)) except all 4)",
    );
    expect(operations("select 1 except (select 2 union all select 3)")).toBe("(1 except (2 union all 3))");
    expect(operations("((select 1 union distinct (select 2))) intersect select 3")).toBe(
      "((1 union 2) intersect 3)",
    );
    expect(operations("(select 1 limit 1) union select 2")).toBe("(nested union 2)");
    expect(operations("((((select 1))))")).toBe("1");
  });

  it("are no VALUES", () => {
    expect(errorOf("values (1)").message).toBe('syntax error at or near "values"');
    expect(errorOf("select * from (values (1), (2)) t").message).toBe('syntax error at or near ","');
  });

  it("are limited in number where they are combined", () => {
    const text = (count: number): string => `select 1${" union all select 1".repeat(count)}`;
    expect(queryOf(text(900)).body.kind).toBe("set-operation");
    expect(errorOf(text(1_100)).sqlState).toBe("54001");
  });
});
