import { Modal, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useConsole } from "../../api/console-context.tsx";
import { CodeText } from "../../ui/code-panel.tsx";
import type { ObjectIdentity } from "./object-head.ts";
import { presignedUrl } from "./presign.ts";

interface PresignedUrlProps {
  readonly object: ObjectIdentity;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const lifetimes = [
  { value: "900", label: "15 minutes" },
  { value: "3600", label: "1 hour" },
  { value: "43200", label: "12 hours" },
  { value: "604800", label: "7 days" },
] as const;

export function PresignedUrl({ object, isOpen, onClose }: PresignedUrlProps): ReactNode {
  return (
    <Modal opened={isOpen} onClose={onClose} title="A presigned URL" size="lg">
      {isOpen && <UrlForm object={object} />}
    </Modal>
  );
}

function UrlForm({ object }: { readonly object: ObjectIdentity }): ReactNode {
  const { endpoint, session } = useConsole();
  const [expires, setExpires] = useState<string>(lifetimes[0].value);
  const [method, setMethod] = useState<"GET" | "PUT">("GET");
  const [url, setUrl] = useState("");
  const { bucket, key, versionId } = object;
  useEffect(() => {
    let isCurrent = true;
    const version = versionId !== undefined && method === "GET" ? { versionId } : {};
    const input = { endpoint, session, method, bucket, key, expiresSeconds: Number(expires), ...version };
    void presignedUrl(input).then((made) => {
      if (isCurrent) setUrl(made);
    });
    return () => {
      isCurrent = false;
    };
  }, [endpoint, session, method, bucket, key, versionId, expires]);
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        Whoever has it may {method === "GET" ? "read" : "replace"} the object with your permissions, until it
        expires.
        {session.sessionToken !== undefined && " It ends with your session, if that is sooner."}
      </Text>
      <SegmentedControl
        data={[
          { value: "GET", label: "Read" },
          { value: "PUT", label: "Write" },
        ]}
        value={method}
        onChange={(value) => setMethod(value === "PUT" ? "PUT" : "GET")}
      />
      <Select
        label="Valid for"
        allowDeselect={false}
        data={lifetimes.map(({ value, label }) => ({ value, label }))}
        value={expires}
        onChange={(value) => setExpires(value ?? lifetimes[0].value)}
      />
      <CodeText text={method === "GET" ? url : `curl -T FILE '${url}'`} />
    </Stack>
  );
}
