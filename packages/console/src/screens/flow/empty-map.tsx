import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { EmptyState } from "../../ui/states.tsx";

/** How the first record gets here. */
export function EmptyMap(): ReactNode {
  const { endpoint, session } = useConsole();
  const { mode, accessKeyId, region } = session;
  const keys = mode === "trust" ? [`AWS_ACCESS_KEY_ID=${accessKeyId}`, "AWS_SECRET_ACCESS_KEY=any"] : [];
  const settings = [`AWS_ENDPOINT_URL=${endpoint}`, `AWS_REGION=${region}`, ...keys];
  const command = [
    ...settings.map((setting) => `export ${setting}`),
    "aws kinesis create-stream --stream-name clicks --shard-count 1",
    "aws kinesis put-record --stream-name clicks --partition-key user-1 \\",
    `  --cli-binary-format raw-in-base64-out --data '{"page":"/"}'`,
  ].join("\n");
  return (
    <EmptyState title="Nothing flows yet" command={command}>
      <Text component="p" m={0}>
        Streams, delivery streams, applications, buckets, tables and clusters of {region} show here as soon as
        there are any, with everything that goes through them. Send a first record, or run{" "}
        <code>npx millrace demo</code>.
      </Text>
    </EmptyState>
  );
}
