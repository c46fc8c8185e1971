// The first day of a station: no people, no stock, no plan. Every page opens, no table stands there bare, and
// each empty list says what to do next.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Findings } from '../lib/report.mjs';
import { Station, signIn } from '../lib/browser.mjs';
import { lookAt } from './pages.mjs';

const PASSWORD = 'mot cau that dai';

// A fresh station with one account for each role that works there.
async function founded(binary, today) {
  const folder = mkdtempSync(join(tmpdir(), 'tram-blank-'));
  const common = ['--db', `sqlite:${join(folder, 'tram.db')}`, '--state', folder, '--today', today];
  const run = (words, input) => execFileSync(binary, [...words, ...common], { input, stdio: ['pipe', 'pipe', 'pipe'] });
  run(['init', 'station', '--commune', '04303', '--village', 'thôn Khe Pháo', '--village', 'bản Chang']);
  for (const role of ['station_nurse', 'station_head']) run(['user', 'add', `${role.slice(8)}.moi`, '--name', 'Nguyễn Thị Lan', '--role', role], `${PASSWORD}\n`);
  const child = spawn(binary, ['serve', ...common, '--json', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    const ended = new Promise(done => child.once('exit', done));
    child.kill('SIGTERM');
    await Promise.race([ended, new Promise(done => setTimeout(done, 5000).unref())]);
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const found = line.match(/http:\/\/[\d.:]+/);
    if (found) return { url: found[0], stop, logins: [] };
  }
  await stop();
  throw new Error('the empty station was not served');
}

const PAGES = {
  nurse: ['/', '/?only=overdue', '/people', '/people/new', '/households', '/households/new', '/session', '/stock', '/stock/receive', '/stock/count', '/stock/month', '/cold', '/cold/new', '/aefi', '/indicators', '/indicators/TCDD?period=2026-11', '/indicators/TCDD/people?period=2026-11&side=numerator', '/plans', '/import', '/quality', '/units', '/calendar', '/definitions', '/account', '/keys'],
  head: ['/', '/plans', '/plans/new', '/users', '/users/new', '/audit?who=nurse.moi&from=1/1/2026&to=2/1/2026', '/system'],
};

export async function blank(report, station, { binary, shots }) {
  await report.check('blank: a station on its first day says on every page what to do next', async () => {
    const findings = new Findings();
    const demo = await founded(binary, station.demo.today);
    try {
      const empty = new Station(station.browser, demo);
      for (const [who, addresses] of Object.entries(PAGES)) {
        const context = await empty.context();
        const page = await context.newPage();
        await signIn(page, `${who}.moi`, PASSWORD);
        for (const address of addresses) {
          const answer = await page.goto(address);
          if (answer.status() !== 200) { findings.push(`${address} answered ${answer.status()}`); continue; }
          const bare = await page.$$eval('main table', tables => tables.filter(table => !table.closest('dialog') && !table.querySelector('tbody tr')).map(table => table.closest('[aria-label]')?.getAttribute('aria-label') ?? 'a table'));
          findings.same(`${address}: tables with nothing in them`, bare, []);
          // What says that there is nothing says what to do: a sentence after the heading, or a way on.
          const mute = await page.$$eval('main .empty', boxes => boxes.filter(box => !box.querySelector('p')?.textContent.trim()).length);
          findings.same(`${address}: empty without advice`, mute, 0);
          findings.push(...await lookAt(page, `blank-${who}${address.replace(/[^\w-]+/g, '-')}`, shots));
          await page.setViewportSize({ width: 1366, height: 768 });
        }
        await context.close();
      }
      findings.push(...empty.complaints());
    } finally {
      await demo.stop();
    }
    return findings;
  });
}
