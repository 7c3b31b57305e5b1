import type { Expression } from "../../../sql/redshift/ast/expression.ts";
import type { Query } from "../../../sql/redshift/ast/query.ts";
import type { RelationColumn } from "../../../sql/redshift/bind/name-space.ts";
import type { ColumnRecord, FunctionRecord, RelationRecord } from "../catalog/records.ts";
import { parseDefault, parseDefinition } from "./definitions.ts";
import { engineColumn, engineSequence } from "./engine-names.ts";

/** What is made of records for the binder, made once: records are immutable. */
export class RelationCache {
  readonly #columns = new WeakMap<RelationRecord, readonly RelationColumn[]>();
  readonly #definitions = new WeakMap<RelationRecord | FunctionRecord, Query>();

  /** @param engineDatabase where the table's sequences lie */
  columns(record: RelationRecord, engineDatabase: string): readonly RelationColumn[] {
    let columns = this.#columns.get(record);
    if (columns === undefined) {
      columns = record.columns.map((column) => relationColumn(record, column, engineDatabase));
      this.#columns.set(record, columns);
    }
    return columns;
  }

  definition(record: RelationRecord | FunctionRecord): Query {
    let query = this.#definitions.get(record);
    if (query === undefined) {
      query = parseDefinition(record.kind === "function" ? record.body : (record.definition ?? ""));
      this.#definitions.set(record, query);
    }
    return query;
  }
}

function relationColumn(
  record: RelationRecord,
  column: ColumnRecord,
  engineDatabase: string,
): RelationColumn {
  const { attributeNumber, identity, defaultText } = column;
  const parsed: Expression | undefined = defaultText === undefined ? undefined : parseDefault(defaultText);
  return {
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    attributeNumber,
    autoIncrement: identity !== undefined,
    engineName: engineColumn(attributeNumber),
    ...(parsed === undefined ? {} : { default: parsed }),
    ...(identity === undefined
      ? {}
      : {
          identity: {
            nextSql: `nextval('${engineSequence(engineDatabase, record.oid, attributeNumber)}')`,
            always: !identity.byDefault,
          },
        }),
  };
}
