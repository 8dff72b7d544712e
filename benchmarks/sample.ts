import { findArea, findScenario } from "./areas.ts";

// One measurement in a process of its own, so that nobody runs on code that another one has warmed up. Prints its values as JSON.

const [area = "", scenario = "", contestant = "", windowMs = ""] = process.argv.slice(2);
const values = await findScenario(findArea(area), scenario).measure(contestant, Number(windowMs));
// Exits in the callback: what is measured may keep the process alive.
process.stdout.write(`${JSON.stringify(values)}\n`, () => process.exit(0));
