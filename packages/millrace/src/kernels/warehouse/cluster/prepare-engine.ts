import { engineMacros } from "../../../sql/redshift/functions/engine-macros.ts";
import { registerEngineFunctions } from "../../../sql/redshift/functions/register-engine-functions.ts";
import type { Engine } from "../engine/engine.ts";
import type { SessionControl } from "../session/session-host.ts";
import { registerLineFunctions } from "../spectrum/line-functions.ts";
import { registerBackendFunction } from "./backend-function.ts";

/** What printed statements call that the engine does not bring along. */
export async function prepareEngine(
  engine: Engine,
  session: (processId: number) => SessionControl | undefined,
): Promise<void> {
  const duckdb = await import("@duckdb/node-api");
  registerEngineFunctions(engine.controlConnection, duckdb);
  registerLineFunctions(engine.controlConnection, duckdb);
  registerBackendFunction(engine.controlConnection, duckdb, session);
  await engine.define(engineMacros);
}
