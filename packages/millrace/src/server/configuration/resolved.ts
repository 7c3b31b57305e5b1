import { ConfigurationError } from "./configuration.ts";
import { type Flag, type SettingTexts, settings, variableOf } from "./settings.ts";

/** Where a setting's value was found. */
export type SettingSource =
  | { readonly kind: "default" }
  /** `name` is `port`, or `port in millrace.config.ts`. */
  | { readonly kind: "file" | "object" | "environment" | "flag"; readonly name: string };

/** Texts of settings from one place, with the place. */
export interface Layer {
  readonly texts: Readonly<Partial<Record<Flag, string>>>;
  /** How an error or a list names a setting of this place. */
  readonly source: (flag: Flag) => SettingSource;
}

/** Every setting's text and where it comes from. */
export class ResolvedSettings {
  readonly texts: SettingTexts;
  readonly #sources: ReadonlyMap<Flag, SettingSource>;

  /** @param layers The last one that has a setting decides. */
  constructor(layers: readonly Layer[]) {
    const texts: Partial<Record<Flag, string>> = {};
    const sources = new Map<Flag, SettingSource>();
    for (const { flag, fallback } of settings) {
      const layer = layers.findLast((candidate) => candidate.texts[flag] !== undefined);
      texts[flag] = layer?.texts[flag] ?? fallback;
      sources.set(flag, layer?.source(flag) ?? { kind: "default" });
    }
    this.texts = texts as SettingTexts;
    this.#sources = sources;
  }

  sourceOf(flag: Flag): SettingSource {
    return this.#sources.get(flag) ?? { kind: "default" };
  }

  /** How an error names the setting: by the place where it was found. */
  nameOf(flag: Flag): string {
    const source = this.sourceOf(flag);
    return source.kind === "default" ? `--${flag} (${variableOf(flag)})` : source.name;
  }

  /** @throws ConfigurationError `--port "http" must be a whole number from 0 to 65535.` */
  fail(flag: Flag, expected: string, shown: string = this.texts[flag]): never {
    throw new ConfigurationError(
      `${this.nameOf(flag)} ${shortened(JSON.stringify(shown))} must be ${expected}.`,
    );
  }
}

const maxShownLength = 200;

/** What is shown of a value, on one line of an error or a list. */
export function shortened(text: string): string {
  return text.length > maxShownLength ? `${text.slice(0, maxShownLength)}...` : text;
}
