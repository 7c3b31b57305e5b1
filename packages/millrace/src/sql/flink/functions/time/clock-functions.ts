import type { FlinkType } from "../../types.ts";
import { dateType, define } from "../function-definition.ts";
import type { EvaluationContext, ScalarFunction } from "../scalar-function.ts";
import { SessionZone } from "./session-zone.ts";
import { dayMs } from "./time-units.ts";
import { toLocal } from "./time-zone.ts";

const time: FlinkType = Object.freeze({ kind: "time", precision: 0, nullable: false });
const local: FlinkType = Object.freeze({ kind: "timestamp", precision: 3, nullable: false });
const instant: FlinkType = Object.freeze({ kind: "timestamp_ltz", precision: 3, nullable: false });

/** The time of the round, which is the same again when a round is repeated. */
export const clockFunctions: readonly ScalarFunction[] = Object.freeze([
  ofLocal("current_date", dateType, (ms) => Math.floor(ms / dayMs)),
  ...["current_time", "localtime"].map((name) =>
    ofLocal(name, time, (ms) => Math.floor((ms - Math.floor(ms / dayMs) * dayMs) / 1000) * 1000),
  ),
  ofLocal("localtimestamp", local, Math.floor),
  ...["current_timestamp", "now", "current_row_timestamp"].map((name) =>
    define({
      name,
      parameters: [],
      result: instant,
      isVolatile: true,
      code: { kind: "context", call: ({ nowMs }: EvaluationContext) => Math.floor(nowMs) },
    }),
  ),
]);

function ofLocal(name: string, result: FlinkType, of: (localMs: number) => number): ScalarFunction {
  return define({
    name,
    parameters: [],
    result,
    isVolatile: true,
    code: () => {
      const session = new SessionZone();
      return {
        kind: "context",
        call: (context: EvaluationContext) => of(toLocal(context.nowMs, session.of(context))),
      };
    },
  });
}
