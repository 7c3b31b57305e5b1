import type { DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import { timeText } from "../../ui/format.ts";
import { destinationFacts, sourceStream } from "./delivery-data.ts";

export interface ConfigurationSection {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
}

/** Members that have a place of their own, or say nothing. */
const left: ReadonlySet<string> = new Set(["DestinationId"]);
const maxDepth = 6;

/** A description as sections of labels and values; what is not known here is shown by its own name. */
export function configurationSections(delivery: DeliveryStreamDescription): readonly ConfigurationSection[] {
  const encryption = delivery.DeliveryStreamEncryptionConfiguration;
  const general: ConfigurationSection = {
    title: "Delivery stream",
    facts: [
      ["ARN", delivery.DeliveryStreamARN ?? ""],
      ["Source", sourceStream(delivery) ?? "direct put"],
      ["Version", delivery.VersionId ?? ""],
      ["Created", timeText(delivery.CreateTimestamp)],
      ["Changed", timeText(delivery.LastUpdateTimestamp)],
      [
        "Encryption",
        [encryption?.Status, encryption?.KeyType, encryption?.KeyARN].filter(Boolean).join(", "),
      ],
    ],
  };
  const destination = delivery.Destinations?.[0];
  const [kind, description] =
    Object.entries(destination ?? {}).find(
      ([name, value]) => name !== "S3DestinationDescription" && !left.has(name) && value !== undefined,
    ) ?? [];
  const s3 = destination?.S3DestinationDescription;
  const shown = description ?? s3;
  const sections = [general];
  if (typeof shown === "object" && shown !== null) {
    const members = Object.entries(shown);
    const title = `${destinationFacts(destination).kind}${kind === undefined ? "" : " destination"}`;
    sections.push({ title, facts: factsOf(members.filter(([, value]) => !isGroup(value))) });
    for (const [name, value] of members)
      if (isGroup(value))
        sections.push({ title: labelOf(name), facts: factsOf(Object.entries(value as object)) });
  }
  return sections.map(nonEmpty).filter(({ facts }) => facts.length > 0);
}

function nonEmpty({ title, facts }: ConfigurationSection): ConfigurationSection {
  return { title, facts: facts.filter(([, value]) => value !== "") };
}

function isGroup(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(value instanceof Date);
}

function factsOf(
  members: readonly (readonly [string, unknown])[],
  prefix = "",
  depth = 0,
): [string, string][] {
  return members.flatMap(([name, value]): [string, string][] => {
    const label = prefix === "" ? labelOf(name) : `${prefix}, ${lowerFirst(labelOf(name))}`;
    if (value === undefined || value === null) return [];
    if (value instanceof Date) return [[label, timeText(value)]];
    if (isPairs(value))
      return value.map(({ ParameterName, ParameterValue }) => [labelOf(ParameterName), ParameterValue]);
    if (typeof value !== "object")
      return [[label, typeof value === "boolean" ? (value ? "yes" : "no") : String(value)]];
    if (depth >= maxDepth) return [[label, JSON.stringify(value)]];
    const inner = Array.isArray(value)
      ? value.map((item: unknown, at) => [value.length === 1 ? name : `${name} ${at + 1}`, item] as const)
      : Object.entries(value);
    return factsOf(inner, Array.isArray(value) ? prefix : depth === 0 ? labelOf(name) : prefix, depth + 1);
  });
}

interface Parameter {
  readonly ParameterName: string;
  readonly ParameterValue: string;
}

/** Parameters of a processor are pairs of a name and a value. */
function isPairs(value: unknown): value is readonly Parameter[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item: unknown) => typeof item === "object" && item !== null && "ParameterName" in item)
  );
}

/** Names whose words cannot be told apart by their letters. */
const labels: Readonly<Record<string, string>> = {
  SizeInMBs: "Size in MiB",
  CloudWatchLoggingOptions: "CloudWatch logging",
  NoEncryptionConfig: "Encryption",
  KMSEncryptionConfig: "KMS",
  AWSKMSKeyARN: "KMS key",
  ClusterJDBCURL: "Cluster",
};

/** `BufferingHints` becomes `Buffering hints`, `RoleARN` `Role ARN`. */
export function labelOf(name: string): string {
  const known = labels[name];
  if (known !== undefined) return known;
  const words = name
    .replace(/(Description|Configuration)$/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(" ");
  return words.map((word, at) => (at === 0 ? word : lowerFirst(word))).join(" ");
}

function lowerFirst(text: string): string {
  return /^[A-Z0-9]{2,}s?\b/.test(text) ? text : `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
