import { engineMacros } from "../../../sql/redshift/functions/engine-macros.ts";
import { registerEngineFunctions } from "../../../sql/redshift/functions/register-engine-functions.ts";
import type { Engine } from "../engine/engine.ts";

/** What printed statements call that the engine does not bring along. */
export async function prepareEngine(engine: Engine): Promise<void> {
  registerEngineFunctions(engine.controlConnection, await import("@duckdb/node-api"));
  await engine.define(engineMacros);
}
