import { expect, it } from "vitest";
import { CommandError } from "../command-error.ts";
import { environmentLines, likelyShell, shellNames, usageOf } from "./shells.ts";
import { unsetVariables, variablesFor } from "./variables.ts";

const hostile = `it's "$HOME" \\ \`id\``;

it.each([
  ["bash", `export A='it'\\''s "$HOME" \\ \`id\`'`, "unset B"],
  ["zsh", `export A='it'\\''s "$HOME" \\ \`id\`'`, "unset B"],
  ["fish", `set -gx A 'it\\'s "$HOME" \\\\ \`id\`'`, "set -e B"],
  ["powershell", `$env:A = 'it''s "$HOME" \\ \`id\`'`, "Remove-Item Env:B -ErrorAction SilentlyContinue"],
  ["dotenv", `A="it's \\"\\$HOME\\" \\\\ \\\`id\\\`"`, "# B="],
])("quotes for %s", (shell, set, unset) => {
  expect(environmentLines({ A: hostile, B: undefined }, shell)).toEqual([set, unset]);
  expect(usageOf(shell)).toContain("millrace env");
});

it("quotes for cmd what cmd can take, and refuses the rest", () => {
  expect(environmentLines({ A: "a&b|c/+=", B: undefined }, "cmd")).toEqual(['set "A=a&b|c/+="', 'set "B="']);
  for (const value of ['"', "%PATH%", "!x!", "a\nb"])
    expect(() => environmentLines({ A: value }, "cmd")).toThrow(CommandError);
});

it("writes JSON", () => {
  expect(environmentLines({ A: hostile, B: undefined }, "json").map((line) => JSON.parse(line))).toEqual([
    { A: hostile, B: null },
  ]);
});

it("knows the shell, and refuses one that it does not know", () => {
  expect(likelyShell({ SHELL: "/usr/bin/fish" }, "linux")).toBe("fish");
  expect(likelyShell({ SHELL: "C:\\Git\\bin\\bash.exe" }, "win32")).toBe("bash");
  expect(likelyShell({ SHELL: "/bin/ksh" }, "linux")).toBe("bash");
  expect(likelyShell({ SHELL: "constructor" }, "linux")).toBe("bash");
  expect(likelyShell({}, "win32")).toBe("powershell");
  expect(() => environmentLines({}, "constructor")).toThrow(shellNames.join(", "));
});

it("sets what AWS's tools read, and takes away what would lead elsewhere", () => {
  const connection = {
    url: "http://127.0.0.1:4566",
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const set = {
    AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
  };
  expect(variablesFor(connection, {})).toEqual(set);
  expect(variablesFor(connection, { AWS_PROFILE: "work", AWS_SESSION_TOKEN: "old" })).toEqual({
    ...set,
    AWS_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
  });
  const session = { ...connection.credentials, sessionToken: "new" };
  expect(variablesFor({ ...connection, credentials: session }, { AWS_SESSION_TOKEN: "old" })).toEqual({
    ...set,
    AWS_SESSION_TOKEN: "new",
  });
  expect(Object.keys(unsetVariables())).toEqual(expect.arrayContaining(Object.keys(set)));
});
