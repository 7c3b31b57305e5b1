import { type ColumnScope, conditionText, conjuncts } from "./condition-text.ts";
import { type EngineNode, estimateOf, isPacking, listOf, textOf } from "./engine-plan.ts";
import { type JoinFacts, joinStep } from "./join-step.ts";
import {
  costs,
  onOne,
  over,
  type PlanStep,
  sortedForLeader,
  sortStep,
  spread,
  stepsOf,
} from "./plan-step.ts";
import { filterDetail, filterTerms, resultStep, type ScanFacts, scanStep, scopeOf } from "./scan-steps.ts";

/** Redshift's steps for the engine's plan: its order of joins and its estimates, with our distribution of rows. */
export class PlanBuilder {
  readonly #facts: ScanFacts & JoinFacts;
  /** Of WITH, by its number. */
  readonly #common = new Map<string, PlanStep>();

  constructor(facts: ScanFacts & JoinFacts) {
    this.#facts = facts;
  }

  /** @param expected rows, where the operators above say it and the engine's node does not */
  build(node: EngineNode, expected?: number): PlanStep {
    const { name } = node;
    if (name === "SEQ_SCAN" || name === "TABLE_SCAN" || name === "INDEX_SCAN")
      return scanStep(node, this.#facts);
    if (name === "PROJECTION") return this.#projection(node, expected);
    if (name === "FILTER") return this.#filter(node);
    if (name.includes("JOIN") || name === "CROSS_PRODUCT") return this.#join(node);
    if (name.includes("GROUP_BY") || name.includes("AGGREGATE")) return this.#aggregate(node, expected);
    if (name === "ORDER_BY" || name === "TOP_N") return this.#ordered(node);
    if (name.includes("LIMIT"))
      return this.#limit(this.#only(node), Number.parseInt(textOf(node, "Limit"), 10));
    if (name.includes("WINDOW")) return this.#window(node);
    if (name === "UNION") return this.#append(node);
    if (name === "CTE") return this.#commonTable(node);
    if (name === "CTE_SCAN") return this.#commonScan(node);
    if (name === "UPDATE" || name === "DELETE" || name.includes("MERGE")) return chosenRows(this.#only(node));
    if (node.children.length === 1) return this.#only(node, expected);
    if (node.children.length > 1) return this.#join(node);
    return resultStep(Math.max(1, estimateOf(node) ?? 1));
  }

  #only(node: EngineNode, expected?: number): PlanStep {
    const [child] = node.children;
    return child === undefined ? resultStep() : this.build(child, expected);
  }

  #projection(node: EngineNode, expected: number | undefined): PlanStep {
    const estimate = isPacking(node) ? expected : (estimateOf(node) ?? expected);
    const child = this.#only(node, estimate);
    const outputs = listOf(node, "Projections").map((text) => {
      const index = /^(?:__internal_\w+\()?#(\d+)/.exec(text)?.[1];
      return index === undefined ? text : (child.outputs[Number(index)] ?? "");
    });
    return { ...child, outputs };
  }

  #filter(node: EngineNode): PlanStep {
    const child = this.#only(node);
    const isJoin = child.label.includes("Join") || child.label.startsWith("Nested Loop");
    const scanned = child.label.startsWith("Seq Scan on ") ? child.outputs[0] : undefined;
    const record = scanned === undefined ? undefined : this.#facts.names.column(scanned)?.table;
    const scope: ColumnScope = {
      ...scopeOf(record),
      qualified: isJoin,
      output: (index) => this.#output(child, index),
    };
    const terms = filterTerms(conjuncts(textOf(node, "Expression")), this.#facts, scope);
    if (textOf(node, "Expression").includes("NOT SUBQUERY"))
      return {
        ...child,
        label: child.label.replace(" IN Join", " NOT IN Join"),
        rows: Math.max(1, estimateOf(node) ?? child.rows),
      };
    if (terms.length === 0) return { ...child, rows: Math.max(1, estimateOf(node) ?? child.rows) };
    const name = isJoin && !/ (Left|Right|Full) /.test(child.label) ? "Join Filter" : "Filter";
    const prefix = `${name}: `;
    const before = child.details.find((detail) => detail.startsWith(prefix));
    const all = before === undefined ? terms : [...conjuncts(before.slice(prefix.length)), ...terms];
    const details = [...child.details.filter((detail) => detail !== before), filterDetail(name, all)];
    return { ...child, details, rows: Math.max(1, estimateOf(node) ?? child.rows) };
  }

  #join(node: EngineNode): PlanStep {
    // The engine wraps joins with correlated subqueries; the join itself is one of the children then.
    const inner = node.name.includes("DELIM_JOIN")
      ? node.children.find(({ name }) => name.endsWith("JOIN"))
      : undefined;
    if (inner !== undefined) return this.build(inner);
    const [first, second] = node.children;
    if (first === undefined || second === undefined) return this.#only(node);
    return joinStep(node, this.build(first), this.build(second), this.#facts);
  }

  #aggregate(node: EngineNode, expected: number | undefined): PlanStep {
    const child = this.#only(node);
    const groups = listOf(node, "Groups");
    // What stands for a group's first row is no function of the user's.
    const aggregates = listOf(node, "Aggregates").filter(
      (text) => !/^"?(?:first|any_value|arbitrary)"?\(/.test(text),
    ).length;
    if (groups.length === 0) {
      const startCost = child.cost + child.rows * costs.aggregatedRow;
      const total = {
        rows: 1,
        startCost,
        cost: startCost,
        widthBytes: aggregates * 8,
        placement: onOne,
        outputs: [],
      };
      return over(child, "Aggregate", total);
    }
    const estimate = estimateOf(node) ?? expected ?? Math.sqrt(child.rows);
    const rows = Math.max(1, Math.round(Math.min(child.rows, estimate)));
    const startCost = child.cost + child.rows * costs.aggregatedRow;
    const outputs = groups.map((text) => {
      const index = /#(\d+)/.exec(text)?.[1];
      return index === undefined ? text : (child.outputs[Number(index)] ?? "");
    });
    const cost = startCost + rows * costs.group;
    if (aggregates > 0)
      return over(child, "HashAggregate", {
        rows,
        startCost,
        cost,
        outputs,
        widthBytes: child.widthBytes + aggregates * 8,
      });
    if (child.label === "Unique") return { ...child, rows };
    return over(child, "Unique", { rows, startCost: 0, cost, outputs });
  }

  #ordered(node: EngineNode): PlanStep {
    const child = this.#only(node);
    const keys = listOf(node, "Order By").map((text) => this.#text(text.replace(orderSuffix, ""), child));
    const sorted = sortedForLeader(child, keys.join(", "));
    return node.name === "TOP_N" ? this.#limit(sorted, Number(textOf(node, "Top"))) : sorted;
  }

  #limit(child: PlanStep, limit: number): PlanStep {
    const rows = Number.isFinite(limit) ? Math.min(child.rows, Math.max(1, limit)) : child.rows;
    const share = rows / child.rows;
    return over(child, "Limit", { rows, cost: child.startCost + (child.cost - child.startCost) * share });
  }

  #window(node: EngineNode): PlanStep {
    const child = this.#only(node);
    const [text = ""] = listOf(node, "Projections");
    const partition = /PARTITION BY (.+?)(?: ORDER BY | ROWS | RANGE |\)*$)/.exec(text)?.[1];
    const order = /ORDER BY (.+?)(?: ROWS | RANGE |\)*$)/.exec(text)?.[1];
    const list = (part: string | undefined): string[] =>
      (part?.split(", ") ?? []).map((key) => this.#text(key.replace(orderSuffix, ""), child));
    const partitionKeys = list(partition);
    const orderKeys = list(order);
    const details: string[] = [];
    if (partitionKeys.length > 0) details.push(`Partition: ${partitionKeys.join(", ")}`);
    if (orderKeys.length > 0) details.push(`Order: ${orderKeys.join(", ")}`);
    const dealt = this.#dealt(child, partition?.split(", ") ?? []);
    const keys = [...partitionKeys, ...orderKeys];
    const sorted = keys.length === 0 ? dealt : sortStep(dealt, keys.join(", "));
    const cost = sorted.cost + sorted.rows * costs.comparison;
    return over(sorted, "Window", { details, cost, widthBytes: child.widthBytes + 8 });
  }

  /** Rows of a partition come together, unless they are dealt by one of its columns. */
  #dealt(child: PlanStep, partition: readonly string[]): PlanStep {
    const { placement } = child;
    if (placement.kind === "one" || placement.kind === "all") return child;
    const ids = partition.map((name) => this.#facts.names.column(name.trim())?.id);
    if (placement.kind === "key" && ids.some((id) => id !== undefined && placement.columns.has(id)))
      return child;
    if (partition.length === 0)
      return over(child, "Network", { details: ["Send to slice 0"], placement: onOne });
    return over(child, "Network", { details: ["Distribute"], placement: spread });
  }

  #append(node: EngineNode): PlanStep {
    const parts = flattened(node).map((part, index) => {
      const child = this.build(part);
      return over(child, `Subquery Scan "*SELECT* ${index + 1}"`, {
        cost: child.cost + child.rows * costs.scannedRow,
      });
    });
    const sum = (of: (step: PlanStep) => number): number =>
      parts.reduce((total, step) => total + of(step), 0);
    return {
      label: "Append",
      rows: sum(({ rows }) => rows),
      widthBytes: Math.max(0, ...parts.map(({ widthBytes }) => widthBytes)),
      startCost: 0,
      cost: sum(({ cost }) => cost),
      details: [],
      children: parts,
      placement: spread,
      outputs: [],
    };
  }

  #commonTable(node: EngineNode): PlanStep {
    const [definition, main] = node.children;
    if (definition !== undefined) this.#common.set(textOf(node, "Table Index"), this.build(definition));
    return main === undefined ? resultStep() : this.build(main);
  }

  #commonScan(node: EngineNode): PlanStep {
    const index = textOf(node, "CTE Index");
    const child = this.#common.get(index);
    if (child === undefined) return resultStep(Math.max(1, estimateOf(node) ?? 1));
    const cost = child.cost + child.rows * costs.scannedRow;
    return over(child, `Subquery Scan volt_dt_${index}`, { cost, placement: spread, outputs: [] });
  }

  #output(step: PlanStep, index: number): string | undefined {
    const output = step.outputs[index];
    if (output === undefined || output === "" || output.includes("#")) return undefined;
    return conditionText(output, this.#facts.names, scopeOf(undefined));
  }

  #text(text: string, child: PlanStep): string {
    const qualified = stepsOf(child).filter(({ children }) => children.length === 0).length > 1;
    const output = (index: number): string => this.#output(child, index) ?? `derived_col${index + 1}`;
    return conditionText(text, this.#facts.names, { own: () => undefined, output, qualified });
  }
}

const orderSuffix = /(?: ASC| DESC)?(?: NULLS (?:FIRST|LAST))?$/;

/** UNION of more than two comes as one in another. */
function flattened(node: EngineNode): readonly EngineNode[] {
  return node.children.flatMap((child) => (child.name === "UNION" ? flattened(child) : [child]));
}

/** The engine finds the rows that a condition has chosen by joining the table with itself, each once. */
function chosenRows(step: PlanStep): PlanStep {
  const [outer, inner] = step.children;
  if (!step.details.some((detail) => detail.includes("rowid"))) {
    const isDistinct = step.label === "Unique" || step.label === "HashAggregate";
    return isDistinct && outer !== undefined ? outer : step;
  }
  const chosen =
    outer?.label.startsWith("Seq Scan on ") === true && outer.details.length === 0 ? inner : outer;
  return chosenRows((chosen?.label === "Hash" ? chosen.children[0] : chosen) ?? step);
}
