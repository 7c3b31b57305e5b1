import type { SessionValues } from "../../../sql/redshift/bind/name-space.ts";
import { quoteString } from "../engine/quote.ts";
import { catalogFunctionSql } from "../system/catalog-functions.ts";
import type { SystemView } from "../system/system-view.ts";
import { pathSchemas } from "./name-resolution.ts";
import type { SessionParts } from "./session-parts.ts";

/** What statements ask of their session: who, where, which number. As literals of the engine. */
export class EngineSessionValues implements SessionValues {
  readonly #parts: SessionParts;
  readonly #searchPath: readonly string[];
  readonly #view: SystemView;

  constructor(parts: SessionParts, searchPath: readonly string[], view: SystemView) {
    this.#parts = parts;
    this.#searchPath = searchPath;
    this.#view = view;
  }

  value(functionName: string): string | undefined {
    const { users, processId, block } = this.#parts;
    switch (functionName) {
      case "current_user":
      case "user":
        return quoteString(users.current.name);
      case "session_user":
        return quoteString(users.login.name);
      case "current_user_id":
        return String(users.current.id);
      case "current_database":
      case "current_catalog":
        return quoteString(users.database.name);
      case "current_schema":
        return this.#schemas()[0] ?? "NULL";
      case "current_schemas":
        return `[${this.#schemas().join(", ")}]`;
      case "current_namespace":
        return quoteString(this.#parts.host.facts.identifier);
      case "pg_backend_pid":
        return String(processId);
      case "txid_current":
      case "current_transaction_id":
        return String(block.transaction?.id ?? 0);
      case "timezone":
        return quoteString(this.#parts.settings.get("timezone") ?? "UTC");
      default:
        return this.#number(functionName);
    }
  }

  /** What the catalog knows. */
  call(functionName: string, argumentSqls: readonly string[]): string | undefined {
    return catalogFunctionSql(functionName, argumentSqls, this.#view);
  }

  #schemas(): readonly string[] {
    const view = this.#parts.block.transaction?.catalog;
    if (view === undefined) return [];
    return pathSchemas(view, this.#searchPath).map(({ name }) => quoteString(name));
  }

  #number(functionName: string): string | undefined {
    const { lastNumbers } = this.#parts;
    if (functionName === "pg_last_query_id") return String(lastNumbers.queryId);
    if (functionName === "pg_last_copy_id") return String(lastNumbers.copyId);
    if (functionName === "pg_last_copy_count") return String(lastNumbers.copyRows);
    if (functionName === "pg_last_unload_id") return String(lastNumbers.unloadId);
    if (functionName === "pg_last_unload_count") return String(lastNumbers.unloadRows);
    return undefined;
  }
}
