import type { StreamDescriptionSummary } from "@aws-sdk/client-kinesis";
import { Button, Group, Menu, Text } from "@mantine/core";
import { IconSend, IconTrash } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { MoreMenu } from "../../ui/more-menu.tsx";
import { Page } from "../../ui/page.tsx";
import { knownTab, PathTabs } from "../../ui/page-tabs.tsx";
import { Loaded } from "../../ui/states.tsx";
import { StatusBadge } from "../../ui/status-badge.tsx";
import { ConsumersTab } from "./consumers-tab.tsx";
import { RatesTab } from "./rates/rates-tab.tsx";
import { ReplayTab } from "./replay-tab.tsx";
import { SettingsTab } from "./settings/settings-tab.tsx";
import { ShardsTab } from "./shards/shards-tab.tsx";
import { useStream } from "./stream-data.ts";
import { modeText } from "./stream-list.tsx";
import { TailTab } from "./tail/tail-tab.tsx";

const PutTab = lazy(async () => ({ default: (await import("./put/put-tab.tsx")).PutTab }));

const tabs = Object.freeze({
  records: "Live tail",
  shards: "Shards",
  rates: "Rates",
  consumers: "Consumers",
  put: "Put",
  replay: "Replay",
  settings: "Settings",
});
type TabName = keyof typeof tabs;

export function StreamPage(): ReactNode {
  const { name = "", tab } = useParams();
  const stream = useStream(name);
  const current = knownTab(tabs, tab);
  return (
    <Page
      title={name}
      crumbs={[{ label: "Streams", to: "/streams" }]}
      badge={<Facts stream={stream.data} />}
      fills
      actions={<Actions name={name} />}
    >
      <PathTabs path={`/streams/${encodeURIComponent(name)}`} tabs={tabs} current={current}>
        <Loaded of={stream}>
          {(data) => (
            <Suspense>
              <TabContent key={name} tab={current} name={name} stream={data} />
            </Suspense>
          )}
        </Loaded>
      </PathTabs>
    </Page>
  );
}

function TabContent({
  tab,
  name,
  stream,
}: {
  readonly tab: TabName;
  readonly name: string;
  readonly stream: StreamDescriptionSummary | undefined;
}): ReactNode {
  switch (tab) {
    case "records":
      return <TailTab name={name} />;
    case "shards":
      return <ShardsTab name={name} stream={stream} />;
    case "rates":
      return <RatesTab name={name} mode={stream?.StreamModeDetails?.StreamMode} />;
    case "consumers":
      return <ConsumersTab name={name} streamArn={stream?.StreamARN ?? ""} />;
    case "put":
      return <PutTab name={name} />;
    case "replay":
      return <ReplayTab name={name} />;
    case "settings":
      return <SettingsTab name={name} stream={stream} />;
  }
}

function Facts({ stream }: { readonly stream: StreamDescriptionSummary | undefined }): ReactNode {
  if (stream === undefined) return undefined;
  const { StreamStatus, StreamModeDetails, OpenShardCount } = stream;
  return (
    <Group gap="xs" wrap="nowrap">
      <StatusBadge status={StreamStatus} />
      <Text size="sm" c="dimmed" visibleFrom="sm" style={{ whiteSpace: "nowrap" }}>
        {modeText(StreamModeDetails?.StreamMode)} · {OpenShardCount} open{" "}
        {OpenShardCount === 1 ? "shard" : "shards"}
      </Text>
    </Group>
  );
}

function Actions({ name }: { readonly name: string }): ReactNode {
  const navigate = useNavigate();
  const remove = useAwsAction(
    "kinesis",
    (kinesis, stream: string) => kinesis.deleteStream({ StreamName: stream, EnforceConsumerDeletion: true }),
    { done: (_, stream) => `${stream} is being deleted.` },
  );
  const ask = (): void =>
    confirm({
      title: `Delete ${name}`,
      message: "All of its records are lost, and its registered consumers with it.",
      action: "Delete",
      word: name,
      onConfirm: () => remove.mutate(name, { onSuccess: () => void navigate("/streams") }),
    });
  return (
    <>
      <Button
        component={Link}
        to={`/streams/${encodeURIComponent(name)}/put`}
        size="xs"
        leftSection={<IconSend size={14} />}
      >
        Put records
      </Button>
      <MoreMenu>
        <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={ask}>
          Delete stream
        </Menu.Item>
      </MoreMenu>
    </>
  );
}
