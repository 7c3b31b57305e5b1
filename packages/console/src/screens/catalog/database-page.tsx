import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { allPages } from "../../api/all-pages.ts";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { DeleteButton } from "../../ui/confirm-button.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import { CreateTable } from "./create-table.tsx";
import { LinkBadge, LocationLink } from "./databases.tsx";
import { TableList } from "./table-list.tsx";

export function DatabasePage(): ReactNode {
  const { database = "" } = useParams();
  const [isCreating, create] = useDisclosure(false);
  const about = useAws("glue", ["database", database], async (glue) => {
    const { Database } = await glue.getDatabase({ Name: database });
    return Database ?? { Name: database };
  });
  const tables = useAws("glue", ["tables", database], (glue) =>
    allPages(async (NextToken) => {
      const output = await glue.getTables({ DatabaseName: database, NextToken });
      return { items: output.TableList, next: output.NextToken };
    }),
  );
  const button = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={create.open}>
      Create table
    </Button>
  );
  const target = about.data?.TargetDatabase;
  return (
    <Page
      title={database}
      badge={target !== undefined && <LinkBadge />}
      lead={
        target === undefined ? (
          (about.data?.Description ?? <LocationLink location={about.data?.LocationUri} />)
        ) : (
          <>
            stands for {target.DatabaseName} of {target.CatalogId}
          </>
        )
      }
      crumbs={[{ label: "Catalog", to: "/catalog" }]}
      fills
      actions={
        <Group gap="xs" wrap="nowrap">
          {button}
          <DeleteDatabase database={database} />
        </Group>
      }
    >
      <Loaded of={tables}>
        {(rows) => (
          <TableList
            tables={rows}
            withDatabase={false}
            empty={
              <EmptyState title="There are no tables" action={button}>
                A crawler finds them out, or you describe one yourself.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <CreateTable database={database} isOpen={isCreating} onClose={create.close} />
    </Page>
  );
}

function DeleteDatabase({ database }: { readonly database: string }): ReactNode {
  const navigate = useNavigate();
  const remove = useAwsAction("glue", (glue, Name: string) => glue.deleteDatabase({ Name }), {
    done: (_output, name) => `${name} was deleted.`,
  });
  return (
    <DeleteButton
      title="Delete the database"
      message="Its tables go with it; the data in S3 stays."
      word={database}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate(database, { onSuccess: () => void navigate("/catalog") })}
    />
  );
}
