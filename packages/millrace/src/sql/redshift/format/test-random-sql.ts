/** Random SQL from a seed: the same seed gives the same texts. */
export class RandomSql {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 to `limit` - 1. */
  integer(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    return [first, ...others][this.integer(others.length + 1)] ?? first;
  }

  /** Nothing in half of the cases. */
  maybe(text: () => string): string {
    return this.integer(2) === 0 ? "" : ` ${text()}`;
  }

  list(text: () => string, most = 3): string {
    return Array.from({ length: 1 + this.integer(most) }, text).join(", ");
  }

  name(): string {
    return this.pick(
      "a",
      "b",
      "Ca",
      '"d e"',
      '"select"',
      "x1",
      "_y$",
      '"Q""q"',
      "é",
      "date",
      '"Left"',
      "level",
    );
  }

  /** Any expression, of at most so many levels. */
  expression(levels: number): string {
    if (levels <= 0) {
      return this.leaf();
    }
    const inner = (): string => this.expression(levels - 1 - this.integer(2));
    switch (this.integer(12)) {
      case 0:
      case 1:
        return `(${inner()})`;
      case 2:
      case 3:
      case 4:
        return this.#infix(inner);
      case 5:
        return `${this.pick("not ", "-", "+", "- ", "~ ", "@ ", "|/ ", "prior ")}${inner()}`;
      case 6:
        return this.#test(inner);
      case 7:
        return this.#postfix(inner);
      case 8:
      case 9:
        return this.#call(inner, levels);
      case 10:
        return this.#compound(inner, levels);
      default:
        return this.leaf();
    }
  }

  leaf(): string {
    return this.pick(
      ...(["1", ".5", "1.50", "2e10", "'x'", "'it''s'", String.raw`'a\\b'`, "$1", "null", "true"] as const),
      ...[
        "date '2024-01-01'",
        "interval '1-2' year to month",
        "interval '3 hours'",
        "interval '1' second (3)",
      ],
      ...[
        "timestamp with time zone '2024-01-01'",
        "current_date",
        "user",
        "current_timestamp(3)",
        "#t.a",
        "oid",
      ],
      ...["a.b.c", "numeric(5,2) '1'", `${this.name()}.${this.name()}`, this.name(), this.name()],
    );
  }

  #infix(inner: () => string): string {
    const operator = this.pick(
      ...(["+", "-", "*", "/", "%", "^", "||", "=", "<>", "!=", "<", ">", "<=", ">=", "and", "or"] as const),
      ...["and", "or", "&", "|", "#", "<<", "~", "!~*", "like", "not ilike", "similar to", "at time zone"],
      ...["is distinct from", "operator(pg_catalog.=)"],
    );
    return `${inner()} ${operator} ${inner()}`;
  }

  #test(inner: () => string): string {
    const not = this.pick("", "not ");
    switch (this.integer(8)) {
      case 0:
        return `${inner()} is ${not}${this.pick("null", "true", "false", "unknown")}`;
      case 1:
        return `${inner()} ${not}between ${inner()} and ${inner()}`;
      case 2:
        return `${inner()} ${not}in (${this.list(inner)})`;
      case 3:
        return `${inner()} ${not}in (${this.query(1)})`;
      case 4:
        return `${inner()} ${not}like ${inner()} escape ${inner()}`;
      case 5:
        return `${inner()} ${this.pick("=", "<>", ">", "like", "not ilike")} ${this.pick("any", "all")} (${inner()})`;
      case 6:
        return `${inner()} = some (${this.query(1)})`;
      default:
        return `${inner()} ${this.pick("isnull", "notnull", "!")}`;
    }
  }

  #postfix(inner: () => string): string {
    switch (this.integer(5)) {
      case 0:
        return `(${inner()}).${this.name()}`;
      case 1:
        return `${this.name()}.${this.name()}[${inner()}].${this.name()}`;
      case 2:
        return `(${inner()})[${inner()}]`;
      case 3:
        return `${this.name()} (+)`;
      default:
        return `(${inner()})::${this.type()}`;
    }
  }

  type(): string {
    return this.pick(
      ...(["int", "varchar(10)", "numeric(5,2)", "text", "char(3)", "timestamptz", "time", "super"] as const),
      ...[
        "interval day to second",
        "double precision",
        "varbyte(5)",
        "int[]",
        '"char"',
        "regclass",
        "interval",
      ],
    );
  }

  #call(inner: () => string, levels: number): string {
    const name = this.pick("f", "pg_catalog.f", "left", '"trim"', "nvl", '"F"', "isnull", '"user"');
    switch (this.integer(9)) {
      case 0:
        return `${name}()`;
      case 1:
        return `count(${this.pick("*", `distinct ${inner()}`, "t.*")})`;
      case 2:
        return `approximate f(${inner()})`;
      case 3:
        return `listagg(${inner()}, ',') within group (order by ${this.sorts(levels - 1)})${this.maybe(() => this.#window(inner, levels))}`;
      case 4:
        return `${name}(${inner()})${this.pick("", " ignore nulls", " respect nulls")} ${this.#window(inner, levels)}`;
      case 5:
        return this.pick(
          ...([
            `extract(${this.pick("epoch", "'day'")} from ${inner()})`,
            `trim(both ${inner()} from ${inner()})`,
          ] as const),
          ...[
            `substring(${inner()} from ${inner()} for ${inner()})`,
            `overlay(${inner()} placing 'x' from 1)`,
          ],
          ...[
            "position(a in b)",
            `(${inner()}, ${inner()}) overlaps (${inner()}, ${inner()})`,
            `trim(${inner()})`,
          ],
        );
      default:
        return `${name}(${this.list(inner)})`;
    }
  }

  #window(inner: () => string, levels: number): string {
    const frame = this.pick(
      ...(["", "rows unbounded preceding", "range current row"] as const),
      ...[`rows between ${this.pick("1", "a + 1", "(a or b)")} preceding and unbounded following`],
    );
    const parts = this.maybe(() => `partition by ${this.list(inner)}`);
    return `over (${parts}${this.maybe(() => `order by ${this.sorts(levels - 1)}`)} ${frame})`;
  }

  sorts(levels: number): string {
    return this.list(
      () =>
        `${this.expression(levels)}${this.pick("", " desc", " asc")}${this.pick("", " nulls first", " nulls last")}`,
    );
  }

  #compound(inner: () => string, levels: number): string {
    switch (this.integer(9)) {
      case 0:
        return `case${this.maybe(inner)} when ${inner()} then ${inner()}${this.maybe(() => `else ${inner()}`)} end`;
      case 1:
        return `${this.pick("cast", "try_cast")}(${inner()} as ${this.type()})`;
      case 2:
        return `convert(${this.type()}, ${inner()})`;
      case 3:
        return `(${this.query(levels - 2)})`;
      case 4:
        return `exists (${this.query(levels - 2)})`;
      case 5:
        return `(${inner()}, ${this.list(inner)})`;
      case 6:
        return `row(${this.list(inner)})`;
      case 7:
        return this.pick(`array[${this.list(inner)}]`, `array(${this.query(levels - 2)})`, "array[]");
      default:
        return `collate(${inner()}, 'ci')`;
    }
  }

  query(levels: number): string {
    const start = this.integer(8) === 0 ? `with ${this.list(() => this.#common(levels - 1), 2)} ` : "";
    const order = this.maybe(() => `order ${this.pick("", "", "siblings ")}by ${this.sorts(levels - 1)}`);
    const limits = this.maybe(() => this.pick("limit 10", "limit all", "offset 3", "limit $1 offset a + 1"));
    return `${start}${this.#body(levels)}${order}${limits}`;
  }

  #common(levels: number): string {
    return `${this.name()}${this.pick("", " (a, b)")} as (${this.query(levels)})`;
  }

  #body(levels: number): string {
    if (levels > 0 && this.integer(4) === 0) {
      const operand = (): string =>
        this.integer(3) === 0 ? `(${this.query(levels - 1)})` : this.#body(levels - 1);
      const operator = this.pick("union", "union all", "intersect", "minus", "except all", "union distinct");
      return `${operand()} ${operator} ${operand()}`;
    }
    return this.#select(levels);
  }

  #select(levels: number): string {
    const expression = (): string => this.expression(levels);
    const item = (): string => this.pick("*", "t.*", ...Array<string>(4).fill("")) || this.#item(expression);
    const head = this.pick("", "", "distinct ", "top 5 ", "top (3) distinct ", "distinct on (a, b) ", "all ");
    return [
      `select ${head}*, ${this.list(item)}`,
      this.pick("", "", "", " exclude (a, b)", " into temp t"),
      this.maybe(() => `from ${this.list(() => this.from(levels - 1), 2)}`),
      this.maybe(() => `where ${expression()}`),
      this.pick("", "", `connect by nocycle prior a = b start with ${expression()}`),
      this.maybe(
        () =>
          `group by ${this.pick(
            "all",
            this.list(() => this.#group(expression)),
          )}`,
      ),
      this.maybe(() => `having ${expression()}`),
      this.pick("", "", `qualify ${expression()}`),
    ].join(" ");
  }

  #item(expression: () => string): string {
    return `${expression()}${this.pick("", " as x", ' as "Y"', " as select", " qualified")}`;
  }

  #group(expression: () => string): string {
    return this.pick(
      ...(["()", `(${expression()}, ${expression()})`, "rollup (a, (b, c))", "cube (a)"] as const),
      ...["grouping sets ((a, b), (), c, rollup (d))", expression(), expression()],
    );
  }

  from(levels: number): string {
    const alias = (): string => this.maybe(() => this.pick("x", "as y", 'as "Z" (a, b)', "as left"));
    if (levels > 0) {
      const inner = (): string => this.from(levels - 1);
      switch (this.integer(8)) {
        case 0:
          return `(${this.query(levels - 1)})${alias()}`;
        case 1:
          return `${inner()} ${this.pick("", "left ", "full outer ")}join ${inner()} on ${this.expression(1)}`;
        case 2:
          return `(${inner()} cross join ${inner()})${alias()}`;
        case 3:
          return `${inner()} natural join ${inner()} join ${inner()} using (a, b)`;
        case 4:
          return `(${this.query(1)}) s pivot (sum(v) as w, count(*) for q in (1 as one, 'x'))${alias()}`;
        case 5:
          return `t unpivot include nulls (v for q in (a as 'x', b as y, c))${alias()}`;
        default:
          break;
      }
    }
    return this.pick(
      ...([`t${alias()}`, "dev.public.t", "#tmp", "c.orders as o at i", "c.orders[0].items i at n"] as const),
      ...[
        "unpivot e.s as val at attr",
        "generate_series(1, 3) g",
        "f(a) as g (a int, b varchar(3))",
        "f() as (a int)",
        "unnest(a.b) with offset as u (x, y)",
      ],
    );
  }
}
