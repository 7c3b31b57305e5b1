import type { ResizeProgressMessage } from "@aws-sdk/client-redshift";
import { nodeTypeNamed } from "../../../kernels/warehouse/slices/node-types.ts";
import type { ClusterChange, ClusterDocument, ResizeDocument } from "../document.ts";
import type { Happening } from "../event-table.ts";
import { clusterEvent } from "../events.ts";
import type { Resources } from "../resources.ts";
import { keyOf } from "./kernel-settings.ts";
import { clusterTypeOf } from "./shape.ts";

const bytesPerMegaByte = 1024 * 1024;

/** A cluster with a resize that has just been asked for. */
export function newResize(
  { warehouse, clock }: Resources,
  cluster: ClusterDocument,
  { type, shape }: NonNullable<ClusterChange["resize"]>,
): { readonly cluster: ClusterDocument; readonly happenings: readonly Happening[] } {
  const usedBytes = warehouse.state(keyOf(cluster))?.usedBytes ?? 0;
  const resize: ResizeDocument = {
    type,
    shape,
    status: "IN_PROGRESS",
    startedMs: clock.now(),
    totalMegaBytes: Math.ceil(usedBytes / bytesPerMegaByte),
  };
  const target = `${shape.nodes} nodes of ${shape.nodeType}`;
  return {
    cluster: { ...cluster, resize },
    happenings: [clusterEvent("resizeStarted", cluster.name, target)],
  };
}

export function describeResizeProgress(resize: ResizeDocument, nowMs: number): ResizeProgressMessage {
  const { shape, status, type, startedMs, endedMs, totalMegaBytes, message } = resize;
  const isDone = status === "SUCCEEDED";
  return {
    TargetNodeType: nodeTypeNamed(shape.nodeType)?.name ?? shape.nodeType,
    TargetNumberOfNodes: shape.nodes,
    TargetClusterType: clusterTypeOf(shape),
    // AWS has no name of its own for a resize that was called off.
    Status: status === "CANCELLED" ? "NONE" : status,
    ResizeType: type,
    TotalResizeDataInMegaBytes: totalMegaBytes,
    ProgressInMegaBytes: isDone ? totalMegaBytes : 0,
    DataTransferProgressPercent: isDone ? 100 : 0,
    ElapsedTimeInSeconds: Math.round(((endedMs ?? nowMs) - startedMs) / 1000),
    TargetEncryptionType: "NONE",
    ...(message === undefined ? {} : { Message: message }),
  };
}
