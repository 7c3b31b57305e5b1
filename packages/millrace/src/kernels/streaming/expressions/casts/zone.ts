import { SessionZone } from "../../../../sql/flink/functions/time/session-zone.ts";
import { fromLocal, toLocal } from "../../../../sql/flink/functions/time/time-zone.ts";

/** Wall clocks of zones by name; one for each call site. */
export class ZoneClock {
  readonly #zones = new SessionZone();

  /** Wall clock of an instant, in milliseconds as if it were UTC. */
  local(utcMs: number, zone: string): number {
    return zone === "UTC" ? utcMs : toLocal(utcMs, this.#zones.named(zone));
  }

  /** The instant of a wall clock, as java.time has it where it is skipped or comes twice. */
  instant(localMs: number, zone: string): number {
    return zone === "UTC" ? localMs : fromLocal(localMs, this.#zones.named(zone));
  }
}
