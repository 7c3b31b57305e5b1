import { Button, Center, Loader, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useConsole } from "../../../api/console-context.tsx";
import { useAws, useAwsAction } from "../../../api/queries.ts";
import { ErrorAlert } from "../../../ui/states.tsx";
import { createStudio, studioName, studioStatus } from "./studio-application.ts";

/** Shows what streaming SQL needs, until the Studio application that runs it is there and RUNNING. */
export function StudioGate({ children }: { readonly children: ReactNode }): ReactNode {
  const [everyMs, setEveryMs] = useState(5_000);
  const found = useAws(
    "kinesis-analytics-v2",
    ["studio"],
    async (client) => (await studioStatus(client)) ?? "none",
    {
      everyMs,
    },
  );
  const status = found.data;
  const isChanging = status !== undefined && !["none", "READY", "RUNNING"].includes(status);
  const next = isChanging ? 500 : 5_000;
  if (next !== everyMs) setEveryMs(next);
  if (status === "RUNNING") return children;
  return (
    <Center h="100%">
      <Stack maw={520} w="100%" gap="sm">
        {found.error !== null && <ErrorAlert error={found.error} />}
        {status === "none" && <Create />}
        {status === "READY" && <Start />}
        {(isChanging || (found.isPending && found.error === null)) && (
          <Center>
            <Loader size="sm" mr="sm" /> <Text size="sm">{status ?? ""}</Text>
          </Center>
        )}
      </Stack>
    </Center>
  );
}

function Create(): ReactNode {
  const { session } = useConsole();
  const [roleArn, setRoleArn] = useState(`arn:aws:iam::${session.account}:role/console`);
  const [database, setDatabase] = useState<string | null>(null);
  const databases = useAws("glue", ["databases"], (glue) => glue.getDatabases({}));
  const create = useAwsAction("kinesis-analytics-v2", async (client) => {
    const databaseArn =
      database === null
        ? undefined
        : `arn:aws:glue:${session.region}:${session.account}:database/${database}`;
    await createStudio(client, { roleArn, databaseArn });
    await client.startApplication({ ApplicationName: studioName, RunConfiguration: {} });
  });
  return (
    <>
      <Title order={4}>Streaming SQL runs in a Studio application</Title>
      <Text size="sm" c="dimmed">
        There is none for the console yet. The button creates one named <b>{studioName}</b>{" "}
        (ZEPPELIN-FLINK-3_0, INTERACTIVE) and starts it; what you run here are paragraphs of its notes. It
        stays until you delete it on the screen Applications.
      </Text>
      <TextInput
        label="Service execution role"
        description="Streams and objects are read and written in its name."
        value={roleArn}
        onChange={(event) => setRoleArn(event.currentTarget.value.trim())}
      />
      <Select
        label="Database of the Glue Data Catalog"
        description="Its tables are found by name, and tables that you create are kept there. Optional."
        placeholder="none"
        clearable
        data={databases.data?.DatabaseList?.map(({ Name }) => Name ?? "") ?? []}
        value={database}
        onChange={setDatabase}
      />
      <Button loading={create.isPending} disabled={roleArn === ""} onClick={() => create.mutate(undefined)}>
        Create and start “{studioName}”
      </Button>
    </>
  );
}

function Start(): ReactNode {
  const start = useAwsAction("kinesis-analytics-v2", (client) =>
    client.startApplication({ ApplicationName: studioName, RunConfiguration: {} }),
  );
  return (
    <>
      <Title order={4}>The Studio application “{studioName}” does not run</Title>
      <Text size="sm" c="dimmed">
        Streaming SQL runs in its notes. Starting it takes a moment.
      </Text>
      <Button loading={start.isPending} onClick={() => start.mutate(undefined)}>
        Start “{studioName}”
      </Button>
    </>
  );
}
