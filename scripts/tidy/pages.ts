import { posix } from "node:path";
import { isFixture, productSource } from "./areas.ts";
import type { Finding, Tree, TreeFile } from "./tree.ts";

/** Relative links in Markdown lead to a file or folder of the repository, and to a heading that is there. */
export function markdownLinks(tree: Tree): readonly Finding[] {
  return tree.files
    .filter((file) => file.path.endsWith(".md") && !isFixture(file.path))
    .flatMap((file) => checkLinks(tree, file));
}

function checkLinks(tree: Tree, file: TreeFile): readonly Finding[] {
  const findings: Finding[] = [];
  withoutCode(file.text).forEach((text, index) => {
    for (const match of text.matchAll(/\]\(([^)\s]+)[^)]*\)|^\[[^\]]+\]:\s*(\S+)|(?:src|href)="([^"]+)"/g)) {
      const link = match[1] ?? match[2] ?? match[3] ?? "";
      const message = checkLink(tree, file, link);
      if (message !== undefined) findings.push({ path: file.path, line: index + 1, rule: "link", message });
    }
  });
  return findings;
}

function checkLink(tree: Tree, file: TreeFile, link: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith("//")) return undefined;
  if (link.startsWith("/")) return `${link}: links are relative to the page`;
  const [path = "", anchor] = decodeURI(link).split("#");
  const target = path === "" ? file.path : posix.join(posix.dirname(file.path), path).replace(/\/$/, "");
  const page = tree.get(target);
  if (page === undefined)
    return tree.hasFolder(target) ? undefined : `${link} leads nowhere: ${target} is not there`;
  if (anchor === undefined || !target.endsWith(".md") || slugs(page.text).has(anchor)) return undefined;
  return `${link}: ${target} has no heading for #${anchor}`;
}

/** The lines of a page; those inside code fences, and code in a line, are blank. */
function withoutCode(text: string): readonly string[] {
  let fenced = false;
  return text.split("\n").map((line) => {
    if (/^\s*(```|~~~)/.test(line)) {
      fenced = !fenced;
      return "";
    }
    return fenced ? "" : line.replace(/`[^`]*`/g, "");
  });
}

/** The anchors that GitHub gives to a page's headings. */
function slugs(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const line of text.split("\n")) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let unique = slug;
    for (let copy = 1; found.has(unique); copy++) unique = `${slug}-${copy}`;
    found.add(unique);
  }
  return found;
}

/** Each kernel and each service says in its README what it promises. */
export function readmes(tree: Tree): readonly Finding[] {
  const findings: Finding[] = [];
  for (const folder of tree.folders) {
    const place = folder.startsWith(productSource) ? folder.slice(productSource.length) : "";
    if (!/^(kernels|services)\/[^/]+$/.test(place) || tree.has(`${folder}/README.md`)) continue;
    const message = place.startsWith("kernels/")
      ? "no README.md: write the invariants, the file format, and what an acknowledgement promises"
      : "no README.md: write what the service does, what it keeps, and what it refuses";
    findings.push({ path: `${folder}/README.md`, line: 1, rule: "readme", message });
  }
  return findings;
}
