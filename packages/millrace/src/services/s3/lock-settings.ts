import type { ObjectLockConfiguration } from "@aws-sdk/client-s3";
import type { DefaultRetention } from "./bucket-settings.ts";
import { unsupported } from "./configuration-errors.ts";
import { invalidArgument, malformedXml } from "./errors.ts";
import { limits } from "./limits.ts";

/** A bucket's default retention as it is kept; undefined when there is to be none. */
export function keptRetention(configuration: ObjectLockConfiguration): DefaultRetention | undefined {
  if (configuration.ObjectLockEnabled !== "Enabled") throw malformedXml();
  if (configuration.Rule === undefined) return undefined;
  const { Mode, Days, Years, DefaultEventHold } = configuration.Rule.DefaultRetention ?? {};
  if (DefaultEventHold !== undefined) throw unsupported("DefaultEventHold");
  if (Mode !== "GOVERNANCE" && Mode !== "COMPLIANCE") throw malformedXml();
  if ((Days === undefined) === (Years === undefined)) throw malformedXml();
  const [length = 0, most] =
    Days === undefined ? [Years, limits.retentionYears] : [Days, limits.retentionDays];
  if (!Number.isInteger(length) || length <= 0)
    throw invalidArgument("Default retention period must be a positive integer value.");
  if (length > most) throw invalidArgument("Default retention period too large");
  return { mode: Mode, ...(Days === undefined ? { years: length } : { days: length }) };
}
