import type { Policy } from "@aws-sdk/client-iam";
import { Badge, Button, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { timeText } from "../../ui/format.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { CreateEntity, type EntityFields } from "./create-entity.tsx";
import { examplePolicy } from "./documents.ts";
import { policyPath } from "./places.ts";

type Scope = "All" | "Local" | "AWS";

export function usePolicies(scope: Scope): UseQueryResult<readonly Policy[], Error> {
  return useAws("iam", ["policies", scope], (iam) =>
    allPages(async (Marker) => {
      const output = await iam.listPolicies({ Marker, MaxItems: 1_000, Scope: scope });
      return { items: output.Policies, next: output.Marker };
    }),
  );
}

export function Policies(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const asked = search.get("scope");
  const scope: Scope = asked === "Local" || asked === "AWS" ? asked : "All";
  const policies = usePolicies(scope);
  const navigate = useNavigate();
  const [isCreating, create] = useDisclosure(false);
  const make = useAwsAction(
    "iam",
    (iam, { name, description, document }: EntityFields) =>
      iam.createPolicy({
        PolicyName: name,
        PolicyDocument: document,
        ...(description !== "" && { Description: description }),
      }),
    { done: (_output, { name }) => `${name} is there.` },
  );
  const tools = (
    <>
      <SegmentedControl
        size="xs"
        data={[
          { value: "All", label: "All" },
          { value: "Local", label: "Own" },
          { value: "AWS", label: "AWS's" },
        ]}
        value={scope}
        onChange={(value) =>
          setSearch((before) => {
            const next = new URLSearchParams(before);
            next.set("scope", value);
            return next;
          })
        }
      />
      <Button size="xs" leftSection={<IconPlus size={14} />} onClick={create.open}>
        Create policy
      </Button>
    </>
  );
  return (
    <>
      <Loaded of={policies}>
        {(rows) => (
          <DataTable
            label="policies"
            rows={rows}
            columns={columns}
            rowKey={({ Arn = "" }) => Arn}
            to={({ Arn = "" }) => policyPath(Arn)}
            sort={{ key: "name" }}
            tools={tools}
            empty={<EmptyState title="There are no policies" action={tools} />}
          />
        )}
      </Loaded>
      <CreateEntity
        title="Create a policy"
        isOpen={isCreating}
        onClose={create.close}
        isBusy={make.isPending}
        withDescription
        document={{ label: "Policy", text: examplePolicy }}
        onCreate={(fields) =>
          make.mutate(fields, { onSuccess: ({ Policy }) => void navigate(policyPath(Policy?.Arn ?? "")) })
        }
      />
    </>
  );
}

const columns: readonly Column<Policy>[] = [
  { key: "name", title: "Policy", value: ({ PolicyName }) => PolicyName, width: "1.4fr" },
  {
    key: "owner",
    title: "",
    value: ({ Arn }) => (isOfAws(Arn) ? "AWS" : "own"),
    render: ({ Arn }) =>
      isOfAws(Arn) && (
        <Badge size="sm" variant="light" color="gray">
          AWS
        </Badge>
      ),
    width: "70px",
  },
  { key: "description", title: "Description", value: ({ Description }) => Description, width: "1.6fr" },
  {
    key: "attached",
    title: "Attached",
    value: ({ AttachmentCount }) => AttachmentCount,
    width: "80px",
    align: "right",
  },
  { key: "version", title: "Version", value: ({ DefaultVersionId }) => DefaultVersionId, width: "70px" },
  {
    key: "updated",
    title: "Changed",
    value: ({ UpdateDate }) => UpdateDate?.getTime(),
    render: ({ UpdateDate }) => timeText(UpdateDate),
    width: "160px",
  },
];

export function isOfAws(arn: string | undefined): boolean {
  return arn?.startsWith("arn:aws:iam::aws:") ?? false;
}
