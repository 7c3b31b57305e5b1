import type { DescribeClusterTracksMessage, TrackListMessage } from "@aws-sdk/client-redshift";
import { ServiceError } from "../../../core/errors.ts";
import type { Call } from "../../../gateway/call.ts";
import type { Input } from "../../../gateway/service.ts";
import { pageOf } from "../paging.ts";
import type { RedshiftState } from "../state.ts";

const names: readonly string[] = ["current", "trailing"];

/** Both tracks have the version that there is. */
export function describeClusterTracks(
  state: RedshiftState,
  input: Input<DescribeClusterTracksMessage>,
  call: Call,
): TrackListMessage {
  const wanted = input.MaintenanceTrackName;
  if (wanted && !names.includes(wanted))
    throw new ServiceError("InvalidClusterTrackFault", `The maintenance track ${wanted} does not exist.`);
  const targets = names.map((MaintenanceTrackName) => ({
    MaintenanceTrackName,
    DatabaseVersion: "1.0",
    SupportedOperations: [],
  }));
  const tracks = names
    .filter((name) => !wanted || name === wanted)
    .map((MaintenanceTrackName) => ({
      MaintenanceTrackName,
      DatabaseVersion: "1.0",
      UpdateTargets: targets.filter((target) => target.MaintenanceTrackName !== MaintenanceTrackName),
    }));
  const { items, rest } = pageOf(state, call, input, tracks, (track) => track.MaintenanceTrackName);
  return { MaintenanceTracks: items, ...rest };
}
