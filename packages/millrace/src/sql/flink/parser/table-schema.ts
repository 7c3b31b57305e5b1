import type { Identifier } from "../ast/name.ts";
import type {
  ColumnDefinition,
  ColumnPosition,
  KeyConstraint,
  TableSchema,
  WatermarkClause,
} from "../ast/table.ts";
import { parseDataType } from "./data-type.ts";
import type { Grammar } from "./grammar.ts";
import { acceptComment } from "./shared-clauses.ts";
import type { TokenStream } from "./token-stream.ts";

/** What is read of a table's brackets, one element after the other. */
export class SchemaReader {
  readonly columns: ColumnDefinition[] = [];
  readonly positions: (ColumnPosition | undefined)[] = [];
  readonly watermarks: WatermarkClause[] = [];
  readonly constraints: KeyConstraint[] = [];
  readonly #grammar: Grammar;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  get schema(): TableSchema {
    return { columns: this.columns, watermarks: this.watermarks, constraints: this.constraints };
  }

  /** `( element, ... )` */
  readBrackets(): void {
    const { stream } = this.#grammar;
    stream.expect("(");
    stream.list(() => this.readElement(false));
    stream.expect(")");
  }

  /** A column, a watermark or a constraint; `positioned`: FIRST or AFTER may stand behind a column. */
  readElement(positioned: boolean): void {
    const { stream } = this.#grammar;
    if (stream.at("watermark")) {
      this.watermarks.push(parseWatermark(this.#grammar));
    } else if (stream.at("constraint") || stream.at("primary", "key") || stream.at("unique")) {
      this.constraints.push(parseConstraint(stream, undefined));
    } else {
      this.columns.push(this.#readColumn());
      this.positions.push(positioned ? acceptPosition(stream) : undefined);
    }
  }

  // name type [METADATA [FROM 'key'] [VIRTUAL] | constraint] [COMMENT 'text'], name AS expression [COMMENT 'text']
  #readColumn(): ColumnDefinition {
    const { stream } = this.#grammar;
    const { start } = stream.current;
    const name = stream.identifier("a column's name");
    if (stream.accept("as")) {
      const expression = this.#grammar.expression();
      const comment = acceptComment(stream);
      return { kind: "computed", name, expression, comment, span: stream.spanFrom(start) };
    }
    const type = parseDataType(stream);
    if (stream.accept("metadata")) {
      const key = stream.accept("from") ? stream.string("a metadata key in quotes") : undefined;
      const virtual = stream.accept("virtual");
      const comment = acceptComment(stream);
      return { kind: "metadata", name, type, key, virtual, comment, span: stream.spanFrom(start) };
    }
    if (stream.at("constraint") || stream.at("primary") || stream.at("unique")) {
      this.constraints.push(parseConstraint(stream, name));
    }
    const comment = acceptComment(stream);
    return { kind: "physical", name, type, comment, span: stream.spanFrom(start) };
  }
}

// WATERMARK FOR column AS expression
function parseWatermark(grammar: Grammar): WatermarkClause {
  const { stream } = grammar;
  const { start } = stream.current;
  stream.expect("watermark", "for");
  const column = stream.qualifiedName("a column's name");
  stream.expect("as");
  return { column, expression: grammar.expression(), span: stream.spanFrom(start) };
}

/** Behind a column the constraint is of that column. */
// [CONSTRAINT name] PRIMARY KEY | UNIQUE [( column, ... )] [[NOT] ENFORCED]
function parseConstraint(stream: TokenStream, column: Identifier | undefined): KeyConstraint {
  const { start } = stream.current;
  const name = stream.accept("constraint") ? stream.identifier("a constraint's name") : undefined;
  const isPrimary = stream.expectAny("primary", "unique") === "primary";
  if (isPrimary) {
    stream.expect("key");
  }
  const columns = column === undefined ? stream.nameList() : [column];
  let enforced: boolean | undefined;
  if (stream.accept("not", "enforced")) {
    enforced = false;
  } else if (stream.accept("enforced")) {
    enforced = true;
  }
  return {
    kind: isPrimary ? "primary key" : "unique",
    name,
    columns,
    enforced,
    span: stream.spanFrom(start),
  };
}

// FIRST | AFTER column
function acceptPosition(stream: TokenStream): ColumnPosition | undefined {
  if (stream.accept("first")) {
    return { kind: "first" };
  }
  return stream.accept("after")
    ? { kind: "after", column: stream.qualifiedName("a column's name") }
    : undefined;
}
