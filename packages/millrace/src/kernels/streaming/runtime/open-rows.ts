import { scalarFunction } from "../../../sql/flink/functions/function-table.ts";
import type { ScalarFunction } from "../../../sql/flink/functions/scalar-function.ts";
import { createDecoder, createEncoder } from "../codecs/index.ts";
import type { InternalConnector, SinkEncoding } from "../connector-port.ts";
import type { PlanNode, SinkOperator, SourceOperator } from "../plan/physical-plan.ts";
import { loadInternalConnector } from "./internal-connectors.ts";
import { NotNullWriter } from "./not-null-writer.ts";
import { CurrentRound } from "./round.ts";
import { DecodingReader, MakingReader } from "./row-readers.ts";
import { DroppingWriter, EncodingWriter } from "./row-writers.ts";
import type { RowReader, RowWriter } from "./rows-port.ts";
import type { SubtaskStart } from "./subtask-port.ts";

/** How a subtask gets rows in and out, and what functions it has. */
export interface RowFactory {
  readonly functions: (name: string) => ScalarFunction | undefined;
  readonly openReader: (node: PlanNode, operator: SourceOperator) => RowReader;
  readonly openWriter: (node: PlanNode, operator: SinkOperator) => RowWriter;
}

/** Decoders, encoders, internal connectors and functions of a plan. */
export async function openRows(start: SubtaskStart): Promise<RowFactory> {
  const { mode, timeZone } = start;
  const internal = await loadInternals(start);
  const encodings = new Map(start.encodings.map(({ node, encoding }) => [node, encoding]));
  const functions = await openFunctions(start);
  return {
    functions,
    openReader: (_node, { table, columns }) => {
      const made = internal.get(connectorOf(table.options));
      if (made !== undefined) return new MakingReader(made.openRows(table, columns, mode));
      return new DecodingReader(
        createDecoder({ table, columns, mode, name: table.path.join("."), timeZone }),
      );
    },
    openWriter: (node, operator) => {
      const encoding = encodings.get(node.id);
      return encoding === undefined
        ? new DroppingWriter()
        : encodingWriter(operator, encoding, start, node, functions);
    },
  };
}

function encodingWriter(
  operator: SinkOperator,
  encoding: SinkEncoding,
  start: SubtaskStart,
  node: PlanNode,
  functions: RowFactory["functions"],
): RowWriter {
  const { mode, plan, timeZone } = start;
  const input = plan.nodes.find((before) => before.id === node.inputs[0]?.node);
  const types = (input ?? node).fields.map((field) => field.type);
  const { table, columns } = operator;
  const withFormat = { ...table, options: { ...table.options, format: encoding.format } };
  const encoder = createEncoder({
    table: withFormat,
    types,
    columns,
    leaveOut: encoding.leaveOut,
    mode,
    timeZone,
  });
  const writer = new EncodingWriter(encoder, encoding.keys, {
    types,
    columns,
    names: table.columns.map((column) => column.field.name),
    evaluation: new CurrentRound(mode, timeZone, start.subtask),
    compile: { mode, functions },
  });
  return NotNullWriter.of(writer, table, columns);
}

async function loadInternals(start: SubtaskStart): Promise<ReadonlyMap<string, InternalConnector>> {
  const internal = new Map<string, InternalConnector>();
  for (const { operator } of start.plan.nodes) {
    if (operator.kind !== "source") continue;
    const name = connectorOf(operator.table.options);
    const loaded = await loadInternalConnector(name);
    if (loaded !== undefined) internal.set(name, loaded);
  }
  return internal;
}

function connectorOf(options: Readonly<Record<string, string>>): string {
  return options["connector"] ?? "";
}

async function openFunctions(start: SubtaskStart): Promise<(name: string) => ScalarFunction | undefined> {
  if (start.functions.length === 0) return scalarFunction;
  // The sandbox is big: programs without functions go without it.
  const { openJavaScriptFunctions } = await import("../../../sql/flink/functions/javascript/index.ts");
  const opened = await openJavaScriptFunctions(start.functions);
  return (name) => opened.scalar(name) ?? scalarFunction(name);
}
