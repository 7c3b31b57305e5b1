import {
  IconArrowsSplit2,
  IconBucket,
  IconDatabase,
  IconId,
  IconListDetails,
  IconMap,
  IconPrompt,
  IconServerCog,
  IconStack2,
  IconTable,
  IconTruckDelivery,
} from "@tabler/icons-react";
import { type ComponentType, lazy } from "react";

export interface ScreenDefinition {
  /** Below the console; routes within it are the screen's own. */
  readonly path: string;
  readonly label: string;
  readonly group: "Data" | "Work" | "Millrace";
  readonly icon: ComponentType<{ readonly size?: number; readonly stroke?: number }>;
  /** Pressed after `g`. */
  readonly hotkey: string;
  readonly keywords: readonly string[];
  readonly Screen: ComponentType;
}

/** Each screen is a file of its own, loaded when it is first shown. It exports `Screen`. */
const load = (importer: () => Promise<{ readonly Screen: ComponentType }>): ComponentType =>
  lazy(async () => ({ default: (await importer()).Screen }));

/** All screens, in the order of the navigation. A new one is one more line. */
export const screens: readonly ScreenDefinition[] = [
  {
    path: "flow",
    label: "Flow map",
    group: "Data",
    icon: IconMap,
    hotkey: "f",
    keywords: ["topology", "home", "overview"],
    Screen: load(() => import("../screens/flow/index.tsx")),
  },
  {
    path: "streams",
    label: "Streams",
    group: "Data",
    icon: IconArrowsSplit2,
    hotkey: "s",
    keywords: ["kinesis", "shards", "records", "tail", "consumers"],
    Screen: load(() => import("../screens/streams/index.tsx")),
  },
  {
    path: "delivery",
    label: "Delivery streams",
    group: "Data",
    icon: IconTruckDelivery,
    hotkey: "d",
    keywords: ["firehose", "buffers", "flush"],
    Screen: load(() => import("../screens/delivery/index.tsx")),
  },
  {
    path: "objects",
    label: "Objects",
    group: "Data",
    icon: IconBucket,
    hotkey: "o",
    keywords: ["s3", "buckets", "files", "parquet", "csv"],
    Screen: load(() => import("../screens/objects/index.tsx")),
  },
  {
    path: "catalog",
    label: "Catalog",
    group: "Data",
    icon: IconTable,
    hotkey: "t",
    keywords: ["glue", "databases", "tables", "crawlers", "partitions"],
    Screen: load(() => import("../screens/catalog/index.tsx")),
  },
  {
    path: "query",
    label: "Query editor",
    group: "Work",
    icon: IconPrompt,
    hotkey: "q",
    keywords: ["sql", "redshift", "explain", "flink"],
    Screen: load(() => import("../screens/query/index.tsx")),
  },
  {
    path: "applications",
    label: "Applications",
    group: "Work",
    icon: IconStack2,
    hotkey: "a",
    keywords: ["flink", "kinesis analytics", "watermark", "snapshots"],
    Screen: load(() => import("../screens/applications/index.tsx")),
  },
  {
    path: "clusters",
    label: "Clusters",
    group: "Work",
    icon: IconDatabase,
    hotkey: "c",
    keywords: ["redshift", "nodes", "slices"],
    Screen: load(() => import("../screens/clusters/index.tsx")),
  },
  {
    path: "requests",
    label: "Requests",
    group: "Millrace",
    icon: IconListDetails,
    hotkey: "r",
    keywords: ["api", "calls", "errors", "unsupported", "latency"],
    Screen: load(() => import("../screens/requests/index.tsx")),
  },
  {
    path: "identity",
    label: "Identity",
    group: "Millrace",
    icon: IconId,
    hotkey: "i",
    keywords: ["iam", "users", "roles", "policies", "simulator"],
    Screen: load(() => import("../screens/identity/index.tsx")),
  },
  {
    path: "state",
    label: "State",
    group: "Millrace",
    icon: IconServerCog,
    hotkey: "m",
    keywords: ["snapshot", "reset", "metrics", "logs", "health"],
    Screen: load(() => import("../screens/state/index.tsx")),
  },
];
