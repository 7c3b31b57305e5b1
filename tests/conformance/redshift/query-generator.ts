/** A column that a query may name where it stands. */
interface Column {
  readonly name: string;
  readonly type: "int" | "text";
}

interface Source {
  readonly sql: string;
  readonly columns: readonly Column[];
}

/** Random queries over `p(a, b, s)` and `q(a, c, s)` that mean the same in Redshift and PostgreSQL. */
export class QueryGenerator {
  #state: number;
  #aliases = 0;

  constructor(seed: number) {
    this.#state = seed;
  }

  #below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 0x1_0000_0000) * limit);
  }

  #pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.#below(items.length)] ?? items[0];
  }

  #chance(percent: number): boolean {
    return this.#below(100) < percent;
  }

  #alias(): string {
    this.#aliases++;
    return `t${this.#aliases}`;
  }

  /** A whole query; its rows are to be compared as a set, with repetitions. */
  query(): string {
    const kind = this.#below(10);
    if (kind < 3) return this.#grouped(2);
    if (kind === 3) return this.#setOperation();
    if (kind === 4) return this.#windowed();
    if (kind === 5) return this.#withCommonTable();
    return this.#plain(2);
  }

  #table(): Source {
    const alias = this.#alias();
    const isP = this.#chance(50);
    const names = isP ? ["a", "b", "s"] : ["a", "c", "s"];
    return {
      sql: `${isP ? "p" : "q"} as ${alias}`,
      columns: names.map((name) => ({ name: `${alias}.${name}`, type: name === "s" ? "text" : "int" })),
    };
  }

  #source(depth: number): Source {
    const kind = this.#below(10);
    if (depth <= 0 || kind < 4) return this.#table();
    if (kind === 4) return this.#derived(depth - 1);
    const left = this.#source(depth - 1);
    const right = this.#table();
    const columns = [...left.columns, ...right.columns];
    const type = this.#pick(["inner", "left", "right", "full", "cross"]);
    if (type === "cross") return { sql: `${left.sql} cross join ${right.sql}`, columns };
    const equal = `${this.#column(left.columns, "int")} = ${this.#column(right.columns, "int")}`;
    const on =
      type === "full" ? equal : this.#chance(30) ? `${equal} and ${this.#condition(columns, 0)}` : equal;
    return { sql: `${left.sql} ${type} join ${right.sql} on ${on}`, columns };
  }

  #derived(depth: number): Source {
    const source = this.#source(depth);
    const alias = this.#alias();
    const inner = `select ${this.#int(source.columns, 1)} as x, ${this.#text(source.columns)} as y from ${source.sql}${this.#where(source.columns, 0)}`;
    return {
      sql: `(${inner}) as ${alias}`,
      columns: [
        { name: `${alias}.x`, type: "int" },
        { name: `${alias}.y`, type: "text" },
      ],
    };
  }

  #column(columns: readonly Column[], type: Column["type"]): string {
    const fitting = columns.filter((column) => column.type === type).map((column) => column.name);
    const [first = type === "int" ? "1" : "'x'", ...rest] = fitting;
    return this.#pick([first, ...rest]);
  }

  #int(columns: readonly Column[], depth: number): string {
    const column = this.#column(columns, "int");
    if (depth <= 0) return this.#chance(70) ? column : String(this.#below(5));
    switch (this.#below(8)) {
      case 0:
        return `(${this.#int(columns, depth - 1)} ${this.#pick(["+", "-", "*"])} ${this.#int(columns, depth - 1)})`;
      case 1:
        return `case when ${this.#condition(columns, depth - 1)} then ${this.#int(columns, depth - 1)} else ${this.#int(columns, 0)} end`;
      case 2:
        return `coalesce(${column}, ${this.#int(columns, depth - 1)})`;
      case 3:
        return `nullif(${column}, ${this.#below(4)})`;
      case 4:
        return `length(${this.#text(columns)})`;
      default:
        return column;
    }
  }

  #text(columns: readonly Column[]): string {
    const column = this.#column(columns, "text");
    switch (this.#below(5)) {
      case 0:
        return `upper(${column})`;
      case 1:
        return `(${column} || 'z')`;
      default:
        return column;
    }
  }

  #condition(columns: readonly Column[], depth: number): string {
    const operator = this.#pick(["=", "<>", "<", "<=", ">", ">="]);
    if (depth > 0 && this.#chance(40)) {
      const word = this.#pick(["and", "or"]);
      const joined = `(${this.#condition(columns, depth - 1)} ${word} ${this.#condition(columns, depth - 1)})`;
      return this.#chance(30) ? `(not ${joined})` : joined;
    }
    const not = this.#pick(["", "not "]);
    switch (this.#below(8)) {
      case 0:
        return `${this.#int(columns, 0)} is ${not}null`;
      case 1:
        return `${this.#int(columns, 0)} ${not}between ${this.#below(3)} and ${this.#int(columns, 0)}`;
      case 2:
        return `${this.#column(columns, "int")} ${not}in (${this.#below(4)}, ${this.#chance(20) ? "null" : this.#below(4)})`;
      case 3:
        return `${this.#column(columns, "text")} ${not}in ('x', 'yy', '${this.#pick(["", "x", "zz"])}')`;
      case 4:
        return `${this.#text(columns)} ${operator} ${this.#chance(50) ? "'x'" : this.#text(columns)}`;
      case 5:
        return `${this.#column(columns, "text")} ${not}like '${this.#pick(["x%", "%y", "_", "%"])}'`;
      default:
        return `${this.#int(columns, 1)} ${operator} ${this.#int(columns, 0)}`;
    }
  }

  /** A condition with a subquery, which may name the columns around it. */
  #subqueryCondition(columns: readonly Column[]): string {
    const inner = this.#table();
    const not = this.#pick(["", "not "]);
    const link = `${this.#column(inner.columns, "int")} = ${this.#column(columns, "int")}`;
    const more = this.#chance(50) ? ` and ${this.#condition(inner.columns, 0)}` : "";
    switch (this.#below(5)) {
      case 0:
        return `${not}exists (select 1 from ${inner.sql} where ${link}${more})`;
      case 1:
        return `${this.#column(columns, "int")} ${not}in (select ${this.#column(inner.columns, "int")} from ${inner.sql}${this.#where(inner.columns, 0)})`;
      case 2:
        return `(${this.#column(columns, "int")}, ${this.#column(columns, "text")}) ${not}in (select ${this.#column(inner.columns, "int")}, ${this.#column(inner.columns, "text")} from ${inner.sql})`;
      case 3:
        return `${this.#column(columns, "int")} ${this.#pick(["=", ">", "<="])} ${this.#pick(["any", "all"])} (select ${this.#column(inner.columns, "int")} from ${inner.sql})`;
      default:
        return `${this.#column(columns, "int")} ${this.#pick(["=", "<", ">="])} (select ${this.#pick(["max", "min", "count"])}(${this.#column(inner.columns, "int")}) from ${inner.sql} where ${link}${more})`;
    }
  }

  #where(columns: readonly Column[], depth: number): string {
    if (this.#chance(40)) return "";
    const condition = this.#condition(columns, depth);
    const more =
      depth > 0 && this.#chance(40)
        ? ` ${this.#pick(["and", "or"])} ${this.#subqueryCondition(columns)}`
        : "";
    return ` where ${condition}${more}`;
  }

  #plain(depth: number): string {
    const source = this.#source(depth);
    const distinct = this.#chance(25) ? "distinct " : "";
    const list = [this.#int(source.columns, 2), this.#text(source.columns), this.#int(source.columns, 0)];
    if (this.#chance(20)) list.push(`(${this.#condition(source.columns, 1)})`);
    return `select ${distinct}${list.join(", ")} from ${source.sql}${this.#where(source.columns, 2)}`;
  }

  #grouped(depth: number): string {
    const source = this.#source(depth);
    const key = this.#chance(50) ? this.#int(source.columns, 1) : this.#text(source.columns);
    const aggregates = [
      "count(*)",
      `sum(${this.#int(source.columns, 1)})`,
      `${this.#pick(["min", "max"])}(${this.#text(source.columns)})`,
      `count(distinct ${this.#column(source.columns, "text")})`,
    ];
    const from = `from ${source.sql}${this.#where(source.columns, 1)}`;
    if (this.#chance(20)) return `select ${aggregates.join(", ")} ${from}`;
    const by = this.#pick(["1", key, `rollup (${key})`]);
    // A literal in ROLLUP is a position to neither.
    const having = this.#chance(30) ? ` having count(*) > ${this.#below(3)}` : "";
    const safe = /^\d+$/.test(key) ? "1" : by;
    return `select ${key} as k, ${aggregates.join(", ")} ${from} group by ${safe}${having}`;
  }

  #setOperation(): string {
    const operator = this.#pick(["union", "union all", "intersect", "except"]);
    const side = (): string => {
      const source = this.#source(1);
      return `select ${this.#int(source.columns, 1)}, ${this.#text(source.columns)} from ${source.sql}${this.#where(source.columns, 1)}`;
    };
    return `${side()} ${operator} ${side()}`;
  }

  /** Ordered by all that there is, so that equal rows alone may change places. */
  #windowed(): string {
    const source = this.#table();
    const order = source.columns.map((column) => column.name).join(", ");
    const partition = this.#chance(60)
      ? `partition by ${this.#column(source.columns, this.#pick(["int", "text"]))} `
      : "";
    const calls = [
      `row_number() over (${partition}order by ${order})`,
      `rank() over (${partition}order by ${this.#column(source.columns, "int")})`,
      `sum(${this.#column(source.columns, "int")}) over (${partition}order by ${order} rows between ${this.#below(3)} preceding and current row)`,
      `count(*) over (${partition.trim()})`,
      `lag(${this.#column(source.columns, "int")}) over (${partition}order by ${order})`,
    ];
    return `select ${order}, ${calls.join(", ")} from ${source.sql}${this.#where(source.columns, 1)}`;
  }

  #withCommonTable(): string {
    const inner = this.#source(1);
    const name = this.#alias();
    const body = `select ${this.#int(inner.columns, 1)}, ${this.#text(inner.columns)} from ${inner.sql}${this.#where(inner.columns, 1)}`;
    const outer = this.#table();
    const columns: readonly Column[] = [
      ...outer.columns,
      { name: `${name}.m`, type: "int" },
      { name: `${name}.n`, type: "text" },
    ];
    const join = this.#pick(["join", "left join"]);
    const from = `${outer.sql} ${join} ${name} on ${name}.m = ${this.#column(outer.columns, "int")}`;
    return `with ${name}(m, n) as (${body}) select ${this.#int(columns, 1)}, ${this.#text(columns)}, ${name}.m from ${from}${this.#where(columns, 2)}`;
  }
}
