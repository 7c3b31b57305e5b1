import { SimpleGrid, Stack, Table, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { useAws } from "../../api/queries.ts";
import { Facts } from "../../ui/facts.tsx";
import { Loaded } from "../../ui/states.tsx";

/** Who one is, and how much of what there may be there is. */
export function AccountTab(): ReactNode {
  return (
    <Stack gap="xl">
      <WhoAmI />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Summary />
        <PasswordPolicy />
      </SimpleGrid>
    </Stack>
  );
}

function WhoAmI(): ReactNode {
  const { session } = useConsole();
  const caller = useAws("sts", ["caller"], (sts) => sts.getCallerIdentity({}));
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        Who you are
      </Title>
      <Loaded of={caller}>
        {({ Arn, Account, UserId }) => (
          <Facts
            columns={4}
            items={[
              ["ARN", Arn],
              ["Account", Account],
              ["Id", UserId],
              ["Access key", session.accessKeyId],
            ]}
          />
        )}
      </Loaded>
    </Stack>
  );
}

function Summary(): ReactNode {
  const summary = useAws(
    "iam",
    ["summary"],
    async (iam) => (await iam.getAccountSummary({})).SummaryMap ?? {},
  );
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        Account summary
      </Title>
      <Loaded of={summary}>
        {(map) => {
          const figures: Readonly<Record<string, number>> = map;
          const names = Object.keys(figures).filter((name) => !name.endsWith("Quota"));
          return (
            <Table verticalSpacing={3}>
              <Table.Tbody>
                {names.map((name) => (
                  <Table.Tr key={name}>
                    <Table.Td>{name}</Table.Td>
                    <Table.Td ta="right">{figures[name]}</Table.Td>
                    <Table.Td c="dimmed">
                      {figures[`${name}Quota`] === undefined ? "" : `of ${figures[`${name}Quota`]}`}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function PasswordPolicy(): ReactNode {
  const policy = useAws("iam", ["password-policy"], async (iam) => {
    try {
      return (await iam.getAccountPasswordPolicy({})).PasswordPolicy ?? null;
    } catch (error) {
      if (error instanceof Error && error.name.startsWith("NoSuchEntity")) return null;
      throw error;
    }
  });
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        Rules for passwords
      </Title>
      <Loaded of={policy}>
        {(rules) =>
          rules === null ? (
            <Facts columns={1} items={[["Rules", "AWS's own: there is no password policy of the account"]]} />
          ) : (
            <Table verticalSpacing={3}>
              <Table.Tbody>
                {Object.entries(rules)
                  .filter(([, value]) => value !== undefined)
                  .map(([name, value]) => (
                    <Table.Tr key={name}>
                      <Table.Td>{name}</Table.Td>
                      <Table.Td ta="right">{String(value)}</Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
    </Stack>
  );
}
