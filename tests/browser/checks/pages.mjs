// Every page, every role, three widths: readable by everybody, nothing sideways, nothing from elsewhere.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { axe, geometry } from '../lib/audit.mjs';
import { WIDTHS } from '../lib/browser.mjs';
import { Findings } from '../lib/report.mjs';
import { findOwn, findPeople, placesOf, routesInSource, search } from '../lib/places.mjs';

const ROLES = ['station_nurse', 'station_head', 'centre_planner', 'commune_leader', 'admin'];

// The page as it stands, at each width. `name` is the name of its pictures.
export async function lookAt(page, name, shots) {
  const findings = [];
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    const found = [...await geometry(page), ...await axe(page)];
    findings.push(...found.map(text => `${name} at ${width}: ${text}`));
    if (shots && width !== 768) {
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
    }
  }
  return findings;
}

const nameOf = (role, address) => {
  const plain = address.replace(/(ng|ho|kh|dv|tk|nut|nd|lo|tl)-[0-9a-f.]+/g, 'x').replace(/[^\w-]+/g, '-').replace(/^-|-$/g, '');
  return `${role}-${plain || 'home'}`;
};

export async function pages(report, station, { shots, root }) {
  const people = {};
  const of = async role => ({ ...people, ...await station.with(role, {}, findOwn) });
  const opened = new Set(['/import/{key}', '/import/{key}/columns', '/sign-in', '/people/{id}/link/{other}',
    '/people/{id}/part/{fact}', '/households/{id}/link/{other}', '/import/{key}/undo', '/sessions/new', '/sessions/{id}', '/sessions/{id}/papers', '/sessions/gaps/{pair}', '/campaigns/new', '/campaigns/{id}']); // opened by other checks
  await report.check('pages: people are found by following links', async () => {
    Object.assign(people, await station.with('station_nurse', {}, findPeople));
    return Object.entries(people).filter(([, to]) => !to).map(([what]) => `no ${what} in the demo`);
  });
  const look = async role => {
    await report.check(`pages: ${role} at ${WIDTHS.map(([width]) => width).join(', ')}`, async () => {
      const findings = [];
      const own = await of(role);
      await station.with(role, {}, async page => {
        if (role === 'station_nurse') await search(page, 'hoang thi');
        const seen = new Map();
        for (const [route, address] of placesOf(role, own)) {
          opened.add(route);
          const answer = await page.goto(address);
          if (answer.status() !== 200) { findings.push(`${address} answered ${answer.status()}`); continue; }
          let name = nameOf(role, address);
          seen.set(name, (seen.get(name) ?? 0) + 1);
          if (seen.get(name) > 1) name += `-${seen.get(name)}`;
          findings.push(...await lookAt(page, name, shots));
          findings.push(...station.complaints());
        }
      });
      return findings;
    });
  };
  // Two roles at a time: looking takes most of a run.
  const waiting = [...ROLES];
  const worker = async () => { while (waiting.length) await look(waiting.shift()); };
  await Promise.all([worker(), worker()]);
  await report.check('pages: signed out, refused, not there', () => station.with('commune_leader', {}, async page => {
    const findings = new Findings();
    for (const address of ['/', '/people', '/session', '/households', '/import', '/people/new', '/users', '/definitions', '/plans/new', '/audit']) {
      const status = (await page.goto(address)).status();
      findings.same(`${address} of another role`, status, address === '/' ? 200 : 403);
    }
    findings.push(...await lookAt(page, 'refused', shots));
    findings.same('no such page', (await page.goto('/khong-co')).status(), 404);
    findings.push(...await lookAt(page, 'not-found', shots));
    await page.context().clearCookies();
    findings.same('signed out', (await page.goto('/indicators')).status(), 401);
    findings.push(...await lookAt(page, 'signed-out', shots));
    await page.fill('#user', 'yta.khong');
    await page.fill('#password', 'sai');
    await Promise.all([page.waitForNavigation(), page.press('#password', 'Enter')]);
    findings.that('a wrong password is said in words', await page.isVisible('.errs'));
    findings.push(...await lookAt(page, 'sign-in-wrong', shots), ...station.complaints());
    return findings;
  }));
  await report.check('pages: what opens on a page is as good as the page', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const tried = async (what, within) => findings.push(...(await axe(page, within)).map(text => `${what}: ${text}`));
    await page.goto('/');
    await page.keyboard.press('?');
    findings.that('“?” opens the table of keys', await page.isVisible('#keys[open]'));
    await tried('table of keys');
    await page.keyboard.press('Escape');
    await page.click('.pop.end > summary');
    await tried('own menu', '.pop.end');
    await page.click('.pop.at > summary');
    await tried('roles', '.pop.at');
    await page.goto('/people/new');
    await page.click('x-combo input[role=combobox]');
    await page.keyboard.press('ArrowDown');
    findings.that('a list opens under its box', await page.isVisible('[role=listbox]:not([hidden])'));
    await tried('open list');
    await page.keyboard.press('Escape');
    await page.click('form[data-main] .btn.main');
    await page.waitForSelector('.errs');
    findings.that('the summary of errors has the focus', await page.evaluate(() => document.activeElement.matches('.errs, [data-errs]')));
    findings.push(...await lookAt(page, 'person-new-wrong', shots), ...station.complaints());
    return findings;
  }));
  await report.check('pages: every route of the source is looked at', () => {
    return routesInSource(root).filter(route => !opened.has(route)).map(route => `no check opens ${route}`);
  });
}
