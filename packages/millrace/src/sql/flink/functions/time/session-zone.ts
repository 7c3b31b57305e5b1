import type { FlinkType } from "../../types.ts";
import { type EvaluationContext, EvaluationError, type ScalarCode } from "../scalar-function.ts";
import { type TimeZone, TimeZones, toLocal } from "./time-zone.ts";

/** The zone of `table.local-time-zone`, found once for a call in a program. */
export class SessionZone {
  readonly zones: TimeZones = new TimeZones();

  of(context: EvaluationContext): TimeZone {
    return this.named(context.timeZone);
  }

  /** @throws EvaluationError */
  named(name: string): TimeZone {
    const zone = this.zones.find(name);
    if (zone === undefined) throw new EvaluationError(`there is no time zone '${name.slice(0, 100)}'`);
    return zone;
  }
}

/**
 * A function whose first argument is a TIMESTAMP or a TIMESTAMP_LTZ, of local times. The latter is taken to the
 * session's zone before, and with `isPoint` the answer, a point in time again, back from it by the same offset.
 */
export function overLocalTime(
  type: FlinkType | undefined,
  call: (localMs: number, ...rest: never[]) => unknown,
  isPoint = false,
): ScalarCode {
  if (type?.kind !== "timestamp_ltz") return { kind: "strict", call };
  const session = new SessionZone();
  return {
    kind: "context",
    call(context, ms: number | null, ...rest: never[]) {
      if (ms === null || rest.includes(null as never)) return null;
      const localMs = toLocal(ms, session.of(context));
      const result = call(localMs, ...rest);
      return isPoint && typeof result === "number" ? result - (localMs - ms) : result;
    },
  };
}
