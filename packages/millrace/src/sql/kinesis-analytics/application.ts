import type { Identifier } from "../flink/ast/name.ts";
import type { FromItem, Query, QueryBody } from "../flink/ast/tree.ts";
import { SqlError } from "../sql-error.ts";
import type { ParsedAnalytics } from "./analytics-parser.ts";
import type { StreamColumn } from "./analytics-statement.ts";
import type { ApplicationConnections } from "./application-schema.ts";
import { inputStreamNames } from "./connected-table.ts";
import { QueryRewriter } from "./select-rewrite.ts";
import type { StreamNames } from "./stream-scope.ts";
import { unsupported } from "./unsupported.ts";

/** A query that fills a stream. */
export interface Feed {
  /** Where its statement begins in the code. */
  readonly start: number;
  /** Empty: all, in order. */
  readonly columns: readonly Identifier[];
  readonly query: Query;
}

/** An in-application stream, or a view, whose columns have no types of their own. */
export interface InternalStream {
  readonly kind: "stream" | "view";
  readonly name: Identifier;
  readonly start: number;
  columns: readonly StreamColumn[];
  readonly feeds: Feed[];
}

/** What an application's statements make, and what its connections name. */
export class Application implements StreamNames {
  readonly #streams = new Map<string, InternalStream>();
  readonly #inputs = new Map<string, readonly string[]>();
  readonly #references = new Map<string, readonly string[]>();

  /** @throws SqlError with a position in the code */
  constructor(statements: readonly ParsedAnalytics[], connections: ApplicationConnections) {
    for (const input of connections.inputs) {
      const columns = input.schema.columns.map(({ name }) => name);
      for (const name of inputStreamNames(input)) {
        this.#inputs.set(name, columns);
      }
    }
    for (const { tableName, schema } of connections.referenceTables) {
      this.#references.set(
        tableName,
        schema.columns.map(({ name }) => name),
      );
    }
    for (const parsed of statements) {
      this.#define(parsed);
    }
    for (const parsed of statements) {
      this.#feed(parsed);
    }
  }

  columnsOf(name: string): readonly string[] | undefined {
    const own = this.#streams.get(name)?.columns.map((column) => column.name.name);
    return own ?? this.#inputs.get(name) ?? this.#references.get(name);
  }

  isStream(name: string): boolean {
    return !this.#references.has(name) || this.#streams.has(name);
  }

  /** The stream that an output names. @throws SqlError when nothing fills it */
  outputStream(name: string): InternalStream {
    const stream = this.#streams.get(name);
    if (name === "error_stream") {
      throw unsupported("an output of error_stream");
    }
    if (stream === undefined) {
      throw new SqlError("42P01", `output "${name}": the code has no in-application stream of this name`);
    }
    if (stream.kind === "view" || stream.feeds.length === 0) {
      throw new SqlError("0A000", `output "${name}": no pump fills this in-application stream`);
    }
    return stream;
  }

  /** The streams that something fills, each behind those it reads. @throws SqlError for a circle of pumps */
  streamsInOrder(): readonly InternalStream[] {
    const ordered: InternalStream[] = [];
    const state = new Map<InternalStream, "open" | "done">();
    const visit = (stream: InternalStream): void => {
      if (state.get(stream) === "done") {
        return;
      }
      if (state.get(stream) === "open") {
        throw new SqlError("0A000", `stream "${stream.name.name}" is filled from itself`, {
          position: stream.start,
        });
      }
      state.set(stream, "open");
      for (const { query, start } of stream.feeds) {
        for (const name of streamsRead(query)) {
          this.#visitRead(name, start, visit);
        }
      }
      this.#finishView(stream);
      state.set(stream, "done");
      ordered.push(stream);
    };
    for (const stream of this.#streams.values()) {
      if (stream.feeds.length > 0) {
        visit(stream);
      }
    }
    return ordered;
  }

  #visitRead(name: Identifier, start: number, visit: (stream: InternalStream) => void): void {
    const stream = this.#streams.get(name.name);
    if (stream === undefined) {
      return;
    }
    if (stream.feeds.length === 0) {
      const message = `in-application stream "${name.name}" is read, but no pump fills it`;
      throw new SqlError("0A000", message, { position: start + name.span.start });
    }
    visit(stream);
  }

  /** A view without a list of columns has those of its query, which reads only what is finished. */
  #finishView(stream: InternalStream): void {
    const [feed] = stream.feeds;
    if (stream.columns.length > 0 || feed === undefined) {
      return;
    }
    const { columns } = new QueryRewriter(this, feed.start).rewrite(feed.query);
    const { span } = feed.query;
    stream.columns = columns
      .filter((name) => name !== "ROWTIME")
      .map((name) => ({ name: { name, quoted: true, span }, type: anyType(span) }));
  }

  #define({ start, statement }: ParsedAnalytics): void {
    if (statement.kind === "create-pump") {
      return;
    }
    const { name } = statement;
    if (this.#inputs.has(name.name) || this.#references.has(name.name)) {
      throw new SqlError("42P07", `"${name.name}" is the name of an input of the application`, {
        position: start + name.span.start,
      });
    }
    const isView = statement.kind === "create-stream-view";
    const columns = isView
      ? statement.columns.map((column) => ({ name: column, type: anyType(column.span) }))
      : statement.columns;
    const stream: InternalStream = { kind: isView ? "view" : "stream", name, start, columns, feeds: [] };
    if (statement.query !== undefined) {
      stream.feeds.push({ start, columns: [], query: statement.query });
    }
    this.#streams.set(name.name, { ...stream, kind: isView || columns.length === 0 ? "view" : "stream" });
  }

  #feed({ start, statement }: ParsedAnalytics): void {
    if (statement.kind !== "create-pump") {
      return;
    }
    const { stream: target, columns, query } = statement;
    const stream = this.#streams.get(target.name);
    if (stream === undefined || stream.kind === "view") {
      const message = `in-application stream "${target.name}" does not exist`;
      throw new SqlError("42P01", message, { position: start + target.span.start });
    }
    stream.feeds.push({ start, columns, query });
  }
}

const anyType = (span: Identifier["span"]): StreamColumn["type"] => ({
  kind: "simple-type",
  name: "string",
  precision: undefined,
  scale: undefined,
  nullable: true,
  span,
});

/** The names behind FROM and JOIN, those of queries within included. */
function streamsRead(query: Query): readonly Identifier[] {
  const ofItem = (item: FromItem): readonly Identifier[] => {
    switch (item.kind) {
      case "table":
        return item.name.parts.slice(-1);
      case "join":
        return [...ofItem(item.left), ...ofItem(item.right)];
      case "subquery":
        return streamsRead(item.query);
      case "function":
        return item.call.arguments.flatMap((argument) =>
          argument.kind === "table-argument" && "kind" in argument.table ? streamsRead(argument.table) : [],
        );
      default:
        return [];
    }
  };
  const ofBody = (body: QueryBody): readonly Identifier[] => {
    switch (body.kind) {
      case "select":
        return body.from.flatMap(ofItem);
      case "set-operation":
        return [...ofBody(body.left), ...ofBody(body.right)];
      case "nested":
        return streamsRead(body.query);
      default:
        return [];
    }
  };
  return ofBody(query.body);
}
