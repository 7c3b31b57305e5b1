import { Badge, Box, Code, Group, Progress, ScrollArea, Stack, Text, Tooltip } from "@mantine/core";
import { IconCloud } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { bytesText, countText } from "../../../ui/format.ts";
import { movementMeaning, ownCost, type PlanNode, planTree } from "./plan-tree.ts";
import classes from "./plan-view.module.css";

/** A plan as a tree, with its text beside it. */
export function PlanView({ lines }: { readonly lines: readonly string[] }): ReactNode {
  const root = planTree(lines);
  const text = (
    <ScrollArea
      className={classes["pane"] ?? ""}
      viewportProps={{ tabIndex: 0, "aria-label": "Text of the plan", role: "region" }}
    >
      <Code block className={classes["text"] ?? ""}>
        {lines.join("\n")}
      </Code>
    </ScrollArea>
  );
  if (root === undefined) return text;
  const mostCost = Math.max(...costsOf(root), 1);
  return (
    <div className={classes["both"]}>
      <ScrollArea
        className={classes["pane"] ?? ""}
        viewportProps={{ tabIndex: 0, "aria-label": "Steps of the plan", role: "region" }}
      >
        <ul className={classes["root"]}>
          <Step node={root} mostCost={mostCost} />
        </ul>
      </ScrollArea>
      {text}
    </div>
  );
}

/** AWS adds so much to the steps of a sort that nothing else would be seen. */
const sortCost = 1_000_000_000_000;

function costsOf(node: PlanNode): readonly number[] {
  const own = ownCost(node);
  return [own >= sortCost / 1_000 ? 0 : own, ...node.children.flatMap(costsOf)];
}

function Step({ node, mostCost }: { readonly node: PlanNode; readonly mostCost: number }): ReactNode {
  const isS3 = node.label.startsWith("S3 ");
  const [name = "", rest = ""] = splitLabel(node.label);
  return (
    <li className={classes["step"]}>
      <Box className={classes["box"] ?? ""} data-s3={isS3 || undefined}>
        <Group gap={8} justify="space-between">
          <Group gap={8} wrap="nowrap" miw={0} maw="100%">
            {isS3 && <IconCloud size={15} aria-label="S3" />}
            <Text size="sm" fw={600} style={{ whiteSpace: "nowrap" }}>
              {name}
            </Text>
            <Text size="xs" c="dimmed" truncate title={rest}>
              {rest}
            </Text>
            {node.movement !== undefined && <Movement name={node.movement} />}
          </Group>
          <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
            {countText(node.rows)} rows · {bytesText(node.widthBytes)} · cost {countText(node.cost)}
          </Text>
        </Group>
        <Stack gap={0}>
          {node.details.map((detail) => (
            <Text key={detail} size="xs" ff="monospace" c="dimmed">
              {detail}
            </Text>
          ))}
        </Stack>
        <Progress
          size={3}
          mt={4}
          value={Math.min(100, (100 * ownCost(node)) / mostCost)}
          color={isS3 ? "blue" : "cyan"}
          aria-label={`Own cost ${countText(ownCost(node))}`}
        />
      </Box>
      {node.children.length > 0 && (
        <ul className={classes["children"]}>
          {node.children.map((child, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no names of their own.
            <Step key={i} node={child} mostCost={mostCost} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** How a join's rows come together, in the color of what it costs. */
function Movement({ name }: { readonly name: string }): ReactNode {
  const { text, color } = movementMeaning(name);
  return (
    <Tooltip label={text}>
      <Badge size="sm" variant="light" color={color} style={{ flex: "none" }}>
        {name}
      </Badge>
    </Tooltip>
  );
}

/** `Seq Scan on sales` is a step and what it is about. */
function splitLabel(label: string): readonly [string, string] {
  const at = label.startsWith("S3 ") ? label.indexOf(" ", label.indexOf("Scan")) : label.indexOf(" on ");
  return at < 0 ? [label, ""] : [label.slice(0, at), label.slice(at + 1)];
}
