import type { Role } from "@aws-sdk/client-iam";
import { Autocomplete, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useConsole } from "../../api/console-context.tsx";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { CreateEntity, type EntityFields } from "./create-entity.tsx";
import { decodedDocument, statementsOf, trustPolicyOf } from "./documents.ts";
import { rolePath } from "./places.ts";

export function useRoles(): UseQueryResult<readonly Role[], Error> {
  return useAws("iam", ["roles"], (iam) =>
    allPages(async (Marker) => {
      const output = await iam.listRoles({ Marker, MaxItems: 1_000 });
      return { items: output.Roles, next: output.Marker };
    }),
  );
}

/** Services that take roles here. */
const services: readonly string[] = [
  "firehose.amazonaws.com",
  "glue.amazonaws.com",
  "kinesisanalytics.amazonaws.com",
  "lambda.amazonaws.com",
  "redshift.amazonaws.com",
  "s3.amazonaws.com",
];

export function Roles(): ReactNode {
  const roles = useRoles();
  const { session } = useConsole();
  const navigate = useNavigate();
  const [isCreating, create] = useDisclosure(false);
  const make = useAwsAction(
    "iam",
    (iam, { name, description, document }: EntityFields) =>
      iam.createRole({
        RoleName: name,
        AssumeRolePolicyDocument: document,
        ...(description !== "" && { Description: description }),
      }),
    { done: (_output, { name }) => `${name} is there.` },
  );
  const button = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={create.open}>
      Create role
    </Button>
  );
  return (
    <>
      <Loaded of={roles}>
        {(rows) => (
          <DataTable
            label="roles"
            rows={rows}
            columns={columns}
            rowKey={({ Arn = "" }) => Arn}
            to={({ RoleName = "" }) => rolePath(RoleName)}
            sort={{ key: "name" }}
            tools={button}
            empty={
              <EmptyState title="There are no roles" action={button}>
                A role is taken for a while, by services and by whom its trust policy names.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CreateEntity
        title="Create a role"
        isOpen={isCreating}
        onClose={create.close}
        isBusy={make.isPending}
        withDescription
        document={{ label: "Trust policy", text: trustPolicyOf("glue.amazonaws.com") }}
        onCreate={(fields) => make.mutate(fields, { onSuccess: () => void navigate(rolePath(fields.name)) })}
      >
        {(setDocument) => (
          <Autocomplete
            label="Who may take it"
            description="A service, an account or an ARN; it is written into the trust policy"
            defaultValue="glue.amazonaws.com"
            data={[...services, session.account]}
            onChange={(principal) => setDocument(trustPolicyOf(principal))}
          />
        )}
      </CreateEntity>
    </>
  );
}

const columns: readonly Column<Role>[] = [
  { key: "name", title: "Role", value: ({ RoleName }) => RoleName },
  {
    key: "trusts",
    title: "Trusts",
    value: ({ AssumeRolePolicyDocument }) => trustedText(decodedDocument(AssumeRolePolicyDocument)),
    width: "1.4fr",
  },
  { key: "description", title: "Description", value: ({ Description }) => Description },
  { key: "arn", title: "ARN", value: ({ Arn }) => Arn, monospace: true, width: "1.6fr" },
  {
    key: "created",
    title: "Created",
    value: ({ CreateDate }) => CreateDate?.getTime(),
    render: ({ CreateDate }) => timeText(CreateDate),
    width: "160px",
  },
];

/** The principals of a trust policy, in a line. */
function trustedText(document: string): string {
  try {
    const names = statementsOf(document).flatMap((statement) => {
      const { Principal } = statement as { readonly Principal?: unknown };
      if (typeof Principal === "string") return [Principal];
      return typeof Principal === "object" && Principal !== null ? Object.values(Principal).flat() : [];
    });
    return names.join(", ");
  } catch {
    return "";
  }
}
