import type pg from "pg";
import type { AwsCaller } from "../aws-call/aws-caller.ts";
import type { CommandIo } from "../command-io.ts";
import type { StepLines } from "./step-lines.ts";

/** What every step of the demo works with. */
export interface DemoParts {
  readonly io: CommandIo;
  readonly steps: StepLines;
  readonly aws: AwsCaller;
  readonly signal: AbortSignal;
  readonly account: string;
  /** Services act in its name. */
  readonly roleArn: string;
  readonly names: DemoNames;
  /** How many flights are streamed. */
  readonly flights: number;
  /** The Parquet file that they are in. */
  readonly path: string;
}

/** The same beside a connection to the warehouse. */
export interface WarehouseParts extends DemoParts {
  readonly sql: pg.Client;
}

/** What the demo's resources are called; a number follows where they are there from another run. */
export interface DemoNames {
  readonly flights: string;
  readonly delays: string;
  readonly bucket: string;
  /** Of the data catalog. */
  readonly database: string;
  readonly crawler: string;
  /** The external schema in the warehouse. */
  readonly schema: string;
  /** The table in the warehouse. */
  readonly table: string;
}

export function demoNames(run: number): DemoNames {
  const [dash, underscore] = run === 1 ? ["", ""] : [`-${run}`, `_${run}`];
  return {
    flights: `flights${dash}`,
    delays: `flight-delays${dash}`,
    bucket: `flights-lake${dash}`,
    database: `flights${underscore}`,
    crawler: `flights${dash}`,
    schema: `lake${underscore}`,
    table: `flights${underscore}`,
  };
}

export const flightShards = 4;
/** Below it the flights lie in the bucket; the crawler calls its table the same. */
export const lakeFolder = "flights";
export const roleName = "millrace-demo";
/** How long one of the services may take for anything. */
export const patienceMs = 120_000;
