import type { Group } from "@aws-sdk/client-iam";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { CreateEntity, type EntityFields } from "./create-entity.tsx";
import { groupPath } from "./places.ts";

export function useGroups(): UseQueryResult<readonly Group[], Error> {
  return useAws("iam", ["groups"], (iam) =>
    allPages(async (Marker) => {
      const output = await iam.listGroups({ Marker, MaxItems: 1_000 });
      return { items: output.Groups, next: output.Marker };
    }),
  );
}

export function Groups(): ReactNode {
  const groups = useGroups();
  const navigate = useNavigate();
  const [isCreating, create] = useDisclosure(false);
  const make = useAwsAction("iam", (iam, { name }: EntityFields) => iam.createGroup({ GroupName: name }), {
    done: (_output, { name }) => `${name} is there.`,
  });
  const button = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={create.open}>
      Create group
    </Button>
  );
  return (
    <>
      <Loaded of={groups}>
        {(rows) => (
          <DataTable
            label="groups"
            rows={rows}
            columns={columns}
            rowKey={({ Arn = "" }) => Arn}
            to={({ GroupName = "" }) => groupPath(GroupName)}
            sort={{ key: "name" }}
            tools={button}
            empty={
              <EmptyState title="There are no groups" action={button}>
                What a group may do, all of its users may do.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CreateEntity
        title="Create a group"
        isOpen={isCreating}
        onClose={create.close}
        isBusy={make.isPending}
        onCreate={(fields) => make.mutate(fields, { onSuccess: () => void navigate(groupPath(fields.name)) })}
      />
    </>
  );
}

const columns: readonly Column<Group>[] = [
  { key: "name", title: "Group", value: ({ GroupName }) => GroupName },
  { key: "path", title: "Path", value: ({ Path }) => Path, width: "120px" },
  { key: "arn", title: "ARN", value: ({ Arn }) => Arn, monospace: true, width: "2fr" },
  {
    key: "created",
    title: "Created",
    value: ({ CreateDate }) => CreateDate?.getTime(),
    render: ({ CreateDate }) => timeText(CreateDate),
    width: "160px",
  },
];
