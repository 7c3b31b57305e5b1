import { expect, it } from "vitest";
import { completionScript } from "./scripts.ts";

const commands = [{ name: "env", summary: "set the shell's variables", words: ["--shell", "--unset"] }];

it("has every command and flag", () => {
  expect(completionScript("bash", commands)).toContain('env) words="--shell --unset" ;;');
  expect(completionScript("zsh", commands)).toMatch(/^autoload .*bashcompinit/);
  expect(completionScript("fish", commands).split("\n")).toEqual([
    "complete -c millrace -n __fish_use_subcommand -a env -d 'set the shell\\'s variables'",
    "complete -c millrace -n '__fish_seen_subcommand_from env' -l shell",
    "complete -c millrace -n '__fish_seen_subcommand_from env' -l unset",
  ]);
});
