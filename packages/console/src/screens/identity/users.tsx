import type { User } from "@aws-sdk/client-iam";
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
import { userPath } from "./places.ts";

export function useUsers(): UseQueryResult<readonly User[], Error> {
  return useAws("iam", ["users"], (iam) =>
    allPages(async (Marker) => {
      const output = await iam.listUsers({ Marker, MaxItems: 1_000 });
      return { items: output.Users, next: output.Marker };
    }),
  );
}

export function Users(): ReactNode {
  const users = useUsers();
  const navigate = useNavigate();
  const [isCreating, create] = useDisclosure(false);
  const make = useAwsAction("iam", (iam, { name }: EntityFields) => iam.createUser({ UserName: name }), {
    done: (_output, { name }) => `${name} is there.`,
  });
  const button = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={create.open}>
      Create user
    </Button>
  );
  return (
    <>
      <Loaded of={users}>
        {(rows) => (
          <DataTable
            label="users"
            rows={rows}
            columns={columns}
            rowKey={({ Arn = "" }) => Arn}
            to={({ UserName = "" }) => userPath(UserName)}
            sort={{ key: "name" }}
            tools={button}
            empty={
              <EmptyState
                title="There are no users"
                command="aws iam create-user --user-name jo"
                action={button}
              >
                A user is a person or a program with keys of its own, and with what policies allow it.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CreateEntity
        title="Create a user"
        isOpen={isCreating}
        onClose={create.close}
        isBusy={make.isPending}
        onCreate={(fields) => make.mutate(fields, { onSuccess: () => void navigate(userPath(fields.name)) })}
      />
    </>
  );
}

const columns: readonly Column<User>[] = [
  { key: "name", title: "User", value: ({ UserName }) => UserName },
  { key: "path", title: "Path", value: ({ Path }) => Path, width: "120px" },
  { key: "arn", title: "ARN", value: ({ Arn }) => Arn, monospace: true, width: "2fr" },
  {
    key: "password",
    title: "Signed in",
    value: ({ PasswordLastUsed }) => PasswordLastUsed?.getTime(),
    render: ({ PasswordLastUsed }) => timeText(PasswordLastUsed),
    width: "160px",
  },
  {
    key: "created",
    title: "Created",
    value: ({ CreateDate }) => CreateDate?.getTime(),
    render: ({ CreateDate }) => timeText(CreateDate),
    width: "160px",
  },
];
