// Trạm in a real browser. Builds a demo of its own, serves it, runs every check, leaves nothing behind.
//   node run.mjs --tram ../../target/release/tram [--only pages,plan] [--shots folder]
// TRAM_CHROMIUM names the browser (default /usr/bin/chromium). Last line: `N passed, M failed`.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { Station, launch } from './lib/browser.mjs';
import { startDemo } from './lib/demo.mjs';
import { Report } from './lib/report.mjs';
import { blank } from './checks/blank.mjs';
import { child } from './checks/child.mjs';
import { citizen } from './checks/citizen.mjs';
import { desk } from './checks/desk.mjs';
import { english } from './checks/english.mjs';
import { events } from './checks/events.mjs';
import { expiry } from './checks/expiry.mjs';
import { eyes } from './checks/eyes.mjs';
import { keys } from './checks/keys.mjs';
import { lists } from './checks/lists.mjs';
import { longer } from './checks/longer.mjs';
import { month } from './checks/month.mjs';
import { moves } from './checks/moves.mjs';
import { pages } from './checks/pages.mjs';
import { paper } from './checks/paper.mjs';
import { plan } from './checks/plan.mjs';
import { programmes } from './checks/programmes.mjs';
import { session } from './checks/session.mjs';
import { twice } from './checks/twice.mjs';
import { weight } from './checks/weight.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: { tram: { type: 'string' }, only: { type: 'string' }, shots: { type: 'string' } },
});
const binary = resolve(values.tram ?? process.env.TRAM_BINARY ?? `${root}/target/release/tram`);
const settings = { root, binary, shots: values.shots && resolve(values.shots) };

// In this order: looking before writing.
const subjects = { eyes, weight, pages, longer, paper, moves, citizen, child, session, programmes, lists, twice, events, month, plan, keys, desk, blank, english, expiry };
const wanted = values.only?.split(',') ?? Object.keys(subjects);
const report = new Report();
const browser = await launch();
const demo = await startDemo(binary);
const close = async () => { await browser.close(); await demo.stop(); };
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => close().then(() => process.exit(1)));
try {
  const station = new Station(browser, demo);
  for (const name of wanted) await subjects[name](report, station, settings);
  await report.check('log: the program had nothing to complain about', () => demo.log().split('\n').filter(line => line && !/^\s/.test(line)).slice(0, 20));
} finally {
  await close();
}
console.log(`${report.passed} passed, ${report.failed} failed`);
process.exitCode = report.failed ? 1 : 0;
