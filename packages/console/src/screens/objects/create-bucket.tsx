import { Modal, Switch, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import { useConsole } from "../../api/console-context.tsx";
import { useAwsAction } from "../../api/queries.ts";
import { ActionForm } from "../../ui/action-form.tsx";
import { bucketPath } from "./places.ts";

interface CreateBucketProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

interface NewBucket {
  readonly name: string;
  readonly isVersioned: boolean;
  readonly hasLock: boolean;
}

export function CreateBucket({ isOpen, onClose }: CreateBucketProps): ReactNode {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Create a bucket">
      <CreateForm onClose={onClose} />
    </Modal>
  );
}

function CreateForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { session } = useConsole();
  const navigate = useNavigate();
  const [bucket, setBucket] = useState<NewBucket>({ name: "", isVersioned: false, hasLock: false });
  const create = useAwsAction(
    "s3",
    async (s3, { name, isVersioned, hasLock }: NewBucket) => {
      // AWS's oldest region is the one that must not be named.
      const isFirst = session.region === "us-east-1";
      await s3.createBucket({
        Bucket: name,
        ...(hasLock && { ObjectLockEnabledForBucket: true }),
        ...(!isFirst && {
          CreateBucketConfiguration: {
            LocationConstraint: session.region as "eu-west-1",
          },
        }),
      });
      if (isVersioned && !hasLock)
        await s3.putBucketVersioning({ Bucket: name, VersioningConfiguration: { Status: "Enabled" } });
    },
    { done: (_output, { name }) => `${name} is there.` },
  );
  return (
    <ActionForm
      action={`Create in ${session.region}`}
      isBusy={create.isPending}
      onCancel={onClose}
      onSubmit={() => {
        create.mutate(bucket, {
          onSuccess: () => {
            onClose();
            void navigate(bucketPath(bucket.name));
          },
        });
      }}
    >
      <TextInput
        data-autofocus
        required
        label="Name"
        description="3 to 63 lower-case letters, digits, dots and hyphens; nobody else may have it"
        value={bucket.name}
        onChange={(event) => setBucket({ ...bucket, name: event.currentTarget.value })}
      />
      <Switch
        label="Keep versions of objects"
        checked={bucket.isVersioned || bucket.hasLock}
        disabled={bucket.hasLock}
        onChange={(event) => setBucket({ ...bucket, isVersioned: event.currentTarget.checked })}
      />
      <Switch
        label="Object lock"
        description="Versions can be kept from being deleted; it cannot be switched off again"
        checked={bucket.hasLock}
        onChange={(event) => setBucket({ ...bucket, hasLock: event.currentTarget.checked })}
      />
    </ActionForm>
  );
}
