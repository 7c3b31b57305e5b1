import {
  IconAntennaBars5,
  IconArrowsSplit2,
  IconBucket,
  IconDatabase,
  IconDeviceDesktopAnalytics,
  IconPlugConnected,
  IconStack2,
  IconTable,
  IconTruckDelivery,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { NodeKind, TopologyNode } from "./topology.ts";

export interface KindLook {
  readonly label: string;
  readonly plural: string;
  /** Of Mantine's palette. */
  readonly color: string;
  readonly icon: ComponentType<{ readonly size?: number; readonly stroke?: number }>;
}

export const kindLooks: Readonly<Record<NodeKind, KindLook>> = {
  producer: { label: "Producer", plural: "producers", color: "grape", icon: IconAntennaBars5 },
  stream: { label: "Stream", plural: "streams", color: "cyan", icon: IconArrowsSplit2 },
  consumer: { label: "Consumer", plural: "consumers", color: "indigo", icon: IconDeviceDesktopAnalytics },
  application: { label: "Application", plural: "applications", color: "orange", icon: IconStack2 },
  delivery: { label: "Delivery stream", plural: "delivery streams", color: "teal", icon: IconTruckDelivery },
  bucket: { label: "Bucket", plural: "buckets", color: "lime", icon: IconBucket },
  table: { label: "Table", plural: "tables", color: "yellow", icon: IconTable },
  cluster: { label: "Cluster", plural: "clusters", color: "pink", icon: IconDatabase },
  endpoint: { label: "Endpoint", plural: "endpoints", color: "gray", icon: IconPlugConnected },
};

/** The screen of a thing: `/streams/clicks`. A program has none but the calls that it makes. */
export function screenOf(node: TopologyNode, readsFrom: TopologyNode | undefined): string | undefined {
  const name = encodeURIComponent(node.name);
  switch (node.kind) {
    case "stream":
      return `/streams/${name}`;
    case "delivery":
      return node.arn?.includes(":kinesis:") === true ? undefined : `/delivery/${name}`;
    case "application":
      return `/applications/${name}`;
    case "bucket":
      return `/objects/${name}`;
    case "cluster":
      return `/clusters/${name}`;
    case "table":
      return `/catalog/${encodeURIComponent(node.arn?.split("/").at(-2) ?? "")}/${name}`;
    case "consumer":
      if (readsFrom?.kind === "stream") return `/streams/${encodeURIComponent(readsFrom.name)}/consumers`;
      return callsOf(node);
    case "producer":
      return callsOf(node);
    case "endpoint":
      return undefined;
  }
}

function callsOf({ principal }: TopologyNode): string | undefined {
  return principal === undefined ? undefined : `/requests?${new URLSearchParams({ principal })}`;
}
