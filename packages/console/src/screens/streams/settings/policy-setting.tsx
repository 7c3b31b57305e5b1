import { Button, Group, Paper } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useAws, useAwsAction } from "../../../api/queries.ts";
import { ErrorAlert } from "../../../ui/states.tsx";
import { Setting } from "./setting.tsx";

const TextEditor = lazy(async () => ({ default: (await import("../../../ui/text-editor.tsx")).TextEditor }));

export function PolicySetting({ arn }: { readonly arn: string }): ReactNode {
  const policy = useAws("kinesis", ["policy", arn], async (kinesis) => {
    try {
      const { Policy = "" } = await kinesis.getResourcePolicy({ ResourceARN: arn });
      return pretty(Policy);
    } catch (error) {
      // So AWS says that a stream has no policy.
      if (error instanceof Error && error.name === "ResourceNotFoundException") return "";
      throw error;
    }
  });
  const [edited, setEdited] = useState<string | undefined>(undefined);
  const put = useAwsAction(
    "kinesis",
    (kinesis, text: string) =>
      text.trim() === ""
        ? kinesis.deleteResourcePolicy({ ResourceARN: arn })
        : kinesis.putResourcePolicy({ ResourceARN: arn, Policy: text }),
    { done: (_, text) => (text.trim() === "" ? "The policy is gone." : "The policy is set.") },
  );
  const text = edited ?? policy.data ?? "";
  return (
    <Setting
      title="Resource policy"
      about="Lets principals of other accounts read and write. Empty for none."
    >
      {policy.error !== null && <ErrorAlert error={policy.error} />}
      <Suspense>
        <Paper withBorder style={{ overflow: "hidden" }}>
          <TextEditor
            label="Resource policy"
            language="json"
            height="180px"
            value={text}
            onChange={setEdited}
          />
        </Paper>
      </Suspense>
      <Group justify="flex-end" mt="xs" gap="xs">
        <Button size="xs" variant="default" onClick={() => setEdited(example(arn))}>
          Insert an example
        </Button>
        <Button
          size="xs"
          disabled={edited === undefined || edited === policy.data}
          loading={put.isPending}
          onClick={() => put.mutate(text, { onSuccess: () => setEdited(undefined) })}
        >
          Save
        </Button>
      </Group>
    </Setting>
  );
}

function example(arn: string): string {
  const statement = {
    Sid: "Readers",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::123456789012:root" },
    Action: [
      "kinesis:DescribeStreamSummary",
      "kinesis:ListShards",
      "kinesis:GetShardIterator",
      "kinesis:GetRecords",
    ],
    Resource: arn,
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, undefined, 2);
}

function pretty(policy: string): string {
  try {
    return JSON.stringify(JSON.parse(policy), undefined, 2);
  } catch {
    return policy;
  }
}
