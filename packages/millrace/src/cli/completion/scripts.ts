export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  /** Subcommands and flags. */
  readonly words: readonly string[];
}

export const completionShells: readonly string[] = ["bash", "zsh", "fish"];

/** What the shell has to read. */
export function completionScript(shell: string, commands: readonly CompletedCommand[]): string {
  if (shell === "fish") return fish(commands);
  // zsh runs bash's completions.
  return shell === "zsh" ? `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}` : bash(commands);
}

function bash(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name, words }) => `    ${name}) words="${words.join(" ")}" ;;`);
  return [
    "_millrace() {",
    '  local words=""',
    `  case "\${COMP_CWORD}:\${COMP_WORDS[1]}" in`,
    `    1:*) words="${commands.map(({ name }) => name).join(" ")} help" ;;`,
    "  esac",
    `  [ "$COMP_CWORD" -gt 1 ] && case "\${COMP_WORDS[1]}" in`,
    ...cases,
    "  esac",
    `  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    `  [ "\${#COMPREPLY[@]}" -eq 0 ] && COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))`,
    "  return 0",
    "}",
    "complete -F _millrace millrace",
  ].join("\n");
}

function fish(commands: readonly CompletedCommand[]): string {
  const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
  return commands
    .flatMap(({ name, summary, words }) => [
      `complete -c millrace -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...words.map((word) =>
        word.startsWith("--")
          ? `complete -c millrace -n '__fish_seen_subcommand_from ${name}' -l ${word.slice(2)}`
          : `complete -c millrace -n '__fish_seen_subcommand_from ${name}' -a ${word}`,
      ),
    ])
    .join("\n");
}
