import { describe, expect, it } from "vitest";
import { SqlError } from "../../sql-error.ts";
import { RandomSql } from "../format/test-random-sql.ts";
import { parseScript } from "./redshift-parser.ts";

const SEEDS = 40;
const TEXTS_PER_SEED = 100;

const WORDS =
  `select from where group by having qualify order limit offset top distinct all as on using join left
  cross natural union intersect except with recursive case when then else end and or not in is null like escape
  between exists any interval cast convert extract trim position over partition rows within ignore nulls pivot unpivot
  for exclude connect start prior update set insert into values default delete merge matched remove duplicates array
  ( ) [ ] , ; . :: : = < <= <> + - * / % ^ || | & # ~ ! @ (+) $1 1 1.5 'x' E'\\x' "A" #t a b $$ ' " /* -- \\ { é 😀`
    .trim()
    .split(/\s+/);

/** A statement with some of its tokens lost, doubled, swapped and strange. */
function damaged(random: RandomSql): string {
  const tokens = statement(random).split(/\s+|(?<=[(),])|(?=[(),])/);
  for (let i = random.integer(6); i >= 0; i--) {
    const at = random.integer(tokens.length);
    const word = WORDS[random.integer(WORDS.length)] ?? "";
    const token = tokens[random.integer(tokens.length)] ?? "";
    tokens.splice(at, random.integer(3), ...random.pick([], [word], [token], [word, token]));
  }
  return tokens.join(random.pick(" ", " ", "\n", ""));
}

function statement(random: RandomSql): string {
  return random.pick(
    random.query(2),
    `insert into t (a) ${random.query(1)}`,
    `insert into t values (${random.expression(2)}, default), (1, 2)`,
    `update t set a = ${random.expression(2)}, b = default from ${random.from(1)} where ${random.expression(1)}`,
    `delete from t using ${random.from(1)} where ${random.expression(2)}`,
    `merge into t using s on ${random.expression(1)} when matched then update set a = 1 when not matched then insert values (${random.expression(1)})`,
    Array.from({ length: 1 + random.integer(30) }, () => WORDS[random.integer(WORDS.length)]).join(" "),
  );
}

describe("damaged statements", () => {
  it.each(Array.from({ length: SEEDS }, (_, seed) => seed))(
    "parse or give an error of SQL, seed %i",
    (seed) => {
      const random = new RandomSql(1_000 + seed);
      let refused = 0;
      for (let i = 0; i < TEXTS_PER_SEED; i++) {
        const text = damaged(random);
        try {
          parseScript(text);
        } catch (error) {
          refused++;
          expect(error, text).toBeInstanceOf(SqlError);
          const position = error instanceof SqlError ? (error.position ?? -1) : -1;
          expect(position >= 0 && position <= text.length, `${position} in ${text}`).toBe(true);
        }
      }
      expect(refused).toBeGreaterThan(TEXTS_PER_SEED / 4);
    },
  );
});
