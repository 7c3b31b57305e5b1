import type { LoginProfile as Profile } from "@aws-sdk/client-iam";
import { Button, Group, PasswordInput, Stack, Switch, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAws, useAwsAction } from "../../api/queries.ts";
import { confirm } from "../../ui/confirm.tsx";
import { timeText } from "../../ui/format.ts";
import { Loaded } from "../../ui/states.tsx";

interface LoginProfileProps {
  readonly user: string;
  readonly lastUsed: Date | undefined;
}

/** The password with which a user signs in to this console. */
export function LoginProfile({ user, lastUsed }: LoginProfileProps): ReactNode {
  const profile = useAws("iam", ["login", user], async (iam) => {
    try {
      return (await iam.getLoginProfile({ UserName: user })).LoginProfile ?? null;
    } catch (error) {
      if (error instanceof Error && error.name.startsWith("NoSuchEntity")) return null;
      throw error;
    }
  });
  return (
    <Loaded of={profile}>
      {(found) => (
        <Stack maw={480}>
          <Text size="sm" c="dimmed">
            {found === null
              ? `${user} has no password for this console.`
              : `Set on ${timeText(found.CreateDate)}${
                  lastUsed === undefined ? "" : `, used last on ${timeText(lastUsed)}`
                }${found.PasswordResetRequired === true ? "; another one has to be set at the next sign-in" : ""}.`}
          </Text>
          <PasswordForm key={`${found?.CreateDate}`} user={user} profile={found} />
        </Stack>
      )}
    </Loaded>
  );
}

interface PasswordFormProps {
  readonly user: string;
  readonly profile: Profile | null;
}

function PasswordForm({ user, profile }: PasswordFormProps): ReactNode {
  const [password, setPassword] = useState("");
  const [isForOnce, setIsForOnce] = useState(false);
  const save = useAwsAction(
    "iam",
    (iam, Password: string) => {
      const input = { UserName: user, Password, PasswordResetRequired: isForOnce };
      return profile === null ? iam.createLoginProfile(input) : iam.updateLoginProfile(input);
    },
    { done: () => "The password is set." },
  );
  const remove = useAwsAction("iam", (iam, UserName: string) => iam.deleteLoginProfile({ UserName }), {
    done: () => "The password is gone.",
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(password, { onSuccess: () => setPassword("") });
      }}
    >
      <Stack gap="sm">
        <PasswordInput
          required
          label={profile === null ? "Password" : "Another password"}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Switch
          label="The user sets another one at the next sign-in"
          checked={isForOnce}
          onChange={(event) => setIsForOnce(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          {profile !== null && (
            <Button
              size="xs"
              variant="subtle"
              color="red"
              onClick={() =>
                confirm({
                  title: "Delete the password",
                  message: `${user} cannot sign in with a password any more.`,
                  action: "Delete",
                  onConfirm: () => remove.mutate(user),
                })
              }
            >
              Delete
            </Button>
          )}
          <Button size="xs" type="submit" loading={save.isPending}>
            Set password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
