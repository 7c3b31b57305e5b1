import type { DelayWindow } from "./delays-application.ts";
import type { WarehouseParts } from "./demo-parts.ts";
import { count } from "./step-lines.ts";

/** One thing that the flights say. */
export interface Finding {
  readonly what: string;
  readonly answer: string;
}

/** A flight counts as late from here on, as for the Department of Transportation. */
const lateMinutes = 15;
/** Groups with fewer than one flight of this many say little. */
const leastShare = 1_000;

type Row = Readonly<Record<string, string | number | null>>;

/** Asks the warehouse, each question a query over all flights. */
export async function findings(parts: WarehouseParts): Promise<readonly Finding[]> {
  const { sql, names, flights } = parts;
  const least = Math.max(1, Math.floor(flights / leastShare));
  const first = async (query: string): Promise<Row> => {
    const { rows } = await sql.query<Row>(query);
    if (rows[0] === undefined) throw new Error(`There is no answer to: ${query}`);
    return rows[0];
  };
  const byHour = (order: string): Promise<Row> =>
    first(
      `select extract(hour from departed) as hour, avg(delay::float) as delay from ${names.table}
        group by 1 having count(*) >= ${least} order by 2 ${order} limit 1`,
    );
  const byAirport = (order: string): Promise<Row> =>
    first(
      `select origin, count(*) as flights, 100.0 * sum(case when delay < ${lateMinutes} then 1 else 0 end) / count(*) as share
        from ${names.table} group by 1 having count(*) >= ${least} order by 3 ${order}, 1 limit 1`,
    );
  const [best, worst] = [await byHour("asc"), await byHour("desc")];
  const [punctual, late] = [await byAirport("desc"), await byAirport("asc")];
  const day = await first(
    `select to_char(departed, 'YYYY-MM-DD') as day, avg(delay::float) as delay, count(*) as flights
      from ${names.table} group by 1 having count(*) >= ${least} order by 2 desc limit 1`,
  );
  const route = await first(
    `select origin, destination, count(*) as flights from ${names.table} group by 1, 2 order by 3 desc, 1, 2 limit 1`,
  );
  return [
    { what: "Least delayed hour", answer: `${hourOf(best)}, ${minutes(best["delay"])}` },
    { what: "Most delayed hour", answer: `${hourOf(worst)}, ${minutes(worst["delay"])}` },
    { what: "Most punctual airport", answer: punctuality(punctual) },
    { what: "Least punctual airport", answer: punctuality(late) },
    {
      what: "Most delayed day",
      answer: `${day["day"]}, ${minutes(day["delay"])} over ${amount(day)} flights`,
    },
    {
      what: "Busiest route",
      answer: `${route["origin"]} to ${route["destination"]}, ${amount(route)} flights`,
    },
  ];
}

/** What the streaming windows alone know: the worst hour of one airport. */
export function worstWindow({ origin, hour_end: end, flights, delay }: DelayWindow): Finding {
  return {
    what: "Worst hour somewhere",
    answer: `${origin}, the hour to ${end.slice(0, 16)}: ${minutes(delay / flights)} over ${count(flights)} flights`,
  };
}

function hourOf(row: Row): string {
  return `${String(row["hour"]).padStart(2, "0")}:00`;
}

function minutes(value: string | number | null | undefined): string {
  const mean = Number(value);
  const shown = Math.abs(mean).toFixed(1);
  return mean < 0 ? `${shown} minutes early on average` : `${shown} minutes late on average`;
}

function punctuality(row: Row): string {
  return `${row["origin"]}, ${Number(row["share"]).toFixed(1)} % of ${amount(row)} flights less than ${lateMinutes} minutes late`;
}

function amount(row: Row): string {
  return count(Number(row["flights"]));
}
