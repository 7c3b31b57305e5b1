import type { SessionValues } from "../../../sql/redshift/bind/name-space.ts";
import { quoteString } from "../engine/quote.ts";
import { catalogFunctionSql } from "../system/catalog-functions.ts";
import type { SystemView } from "../system/system-view.ts";
import { backendFunction } from "./backend-name.ts";
import { pathSchemas } from "./name-resolution.ts";
import type { SessionParts } from "./session-parts.ts";

/** As Redshift says it: clients look for its number, and for the word Redshift. */
const versionText =
  "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.73348";

/** What statements ask of their session: who, where, which number. As literals of the engine. */
export class EngineSessionValues implements SessionValues {
  readonly #parts: SessionParts;
  readonly #searchPath: readonly string[];
  readonly #view: SystemView;
  readonly #startedAtMs: number;

  /** @param startedAtMs of the statement */
  constructor(parts: SessionParts, searchPath: readonly string[], view: SystemView, startedAtMs: number) {
    this.#parts = parts;
    this.#searchPath = searchPath;
    this.#view = view;
    this.#startedAtMs = startedAtMs;
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
      case "current_namespace":
        return quoteString(this.#parts.host.facts.identifier);
      case "version":
        return quoteString(versionText);
      case "pg_backend_pid":
        return String(processId);
      case "current_transaction_id":
        return String(block.transaction?.id ?? 0);
      case "statement_timestamp":
        return moment(this.#startedAtMs);
      case "transaction_timestamp":
        return moment(block.transaction?.startedAtMs ?? this.#startedAtMs);
      case "timezone":
        return quoteString(this.#parts.settings.get("timezone") ?? "UTC");
      default:
        return this.#number(functionName);
    }
  }

  /** What the catalog knows. */
  call(functionName: string, argumentSqls: readonly string[]): string | undefined {
    return (
      this.#effect(functionName, argumentSqls) ?? catalogFunctionSql(functionName, argumentSqls, this.#view)
    );
  }

  #effect(
    functionName: string,
    [first = "NULL", second = "NULL", third = "false"]: readonly string[],
  ): string | undefined {
    const { processId, block } = this.#parts;
    switch (functionName) {
      case "pg_cancel_backend":
      case "pg_terminate_backend": {
        const action = functionName === "pg_cancel_backend" ? "cancel" : "terminate";
        return `CAST(${backendFunction}('${action}', ${processId}, CAST(${first} AS VARCHAR), '') AS BOOLEAN)`;
      }
      case "set_config":
        return `${backendFunction}(CASE WHEN ${third} THEN 'set_config_local' ELSE 'set_config' END, ${processId}, ${first}, ${second})`;
      case "txid_current":
        return `CAST(${block.transaction?.id ?? 0} AS BIGINT)`;
      case "current_schemas":
        return `CASE WHEN ${first} THEN ['pg_catalog', ${this.#schemas().join(", ")}] ELSE [${this.#schemas().join(", ")}]::VARCHAR[] END`;
      case "pg_database_size":
        return `CAST(${this.#parts.host.facts.usedBytes()} AS BIGINT)`;
      default:
        return undefined;
    }
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

function moment(atMs: number): string {
  return `make_timestamptz(${atMs * 1000})`;
}
