// An immunisation session by keyboard alone: twenty children, one lot, keys counted.
import { Findings } from '../lib/report.mjs';

const CHILDREN = 20;
const KEYS = 6;

// The vaccine most children wait for, chosen by the page itself.
async function open(page) {
  await page.goto('/session');
  await page.fill('#lot', 'JE2611');
  await page.selectOption('#site', { index: 0 });
}

const done = page => page.locator('[data-done-count]').textContent().then(Number);

export async function session(report, station) {
  await report.check(`session: ${CHILDREN} children, at most ${KEYS} keys each`, () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    let posts = 0;
    page.on('request', request => { if (request.method() === 'POST' && request.url().endsWith('/session/dose')) posts++; });
    await open(page);
    const before = await done(page);
    const waiting = await page.locator('[data-session] [data-child]:not([data-done])').count();
    findings.that(`at least ${CHILDREN} children wait (${waiting})`, waiting >= CHILDREN);
    let keys = 0;
    const press = key => { keys++; return page.keyboard.press(key); };
    // The first child: from the lot, by Tab, to its first box.
    await page.focus('[data-session] [data-first]');
    for (let at = 1; at <= CHILDREN; at++) {
      if (at === 2) keys = 0;
      for (const key of ['3', '6', '8', 'Enter']) await press(key);
    }
    await page.waitForFunction(n => document.querySelector('[data-done-count]').textContent === String(n), before + CHILDREN)
      .catch(async () => findings.push(`only ${await done(page) - before} of ${CHILDREN} were saved: ${(await page.locator('tr.fail .msg').allTextContents()).join(' | ')}`));
    findings.that(`${(keys / (CHILDREN - 1)).toFixed(1)} keys a child`, keys / (CHILDREN - 1) <= KEYS);
    findings.same('one request a child', posts, CHILDREN);
    await page.reload();
    findings.same('counted by the server', await done(page), before + CHILDREN);
    const card = await page.locator('tr[data-done] a[href$="/immunisation"]').first().getAttribute('href');
    await page.goto(card.replace('/immunisation', '?only=doses'));
    findings.that('the lot typed once stands on each record', (await page.innerText('main')).includes('JE2611'));
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('session: fever stops once, then puts the child off', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await open(page);
    const row = page.locator('[data-session] [data-child]:not([data-done])').first();
    const id = await row.getAttribute('id');
    await row.locator('[data-first]').focus();
    for (const key of ['3', '8', '2', 'Enter']) await page.keyboard.press(key);
    findings.that('the reading is said back', (await row.locator('[data-msg]').textContent()).startsWith('38,2'));
    findings.that('the focus is on the verdict', await page.evaluate(() => document.activeElement.name === 'verdict'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`#${id}.off`);
    findings.that('the row says until when', /\d\d\/\d\d\/\d{4}/.test(await page.locator(`#${id}`).innerText()));
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('session: a lost answer keeps the row and is not saved twice', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/session?series=TD7');
    await page.fill('#lot', 'TD2611');
    const before = await done(page);
    const row = page.locator('[data-session] [data-child]:not([data-done])').first();
    const id = await row.getAttribute('id');
    // The server saves, the answer never comes back.
    await page.route('**/session/dose', async route => { await route.fetch(); await route.abort(); });
    await row.locator('[data-first]').focus();
    for (const key of ['3', '6', '8', 'Enter']) await page.keyboard.press(key);
    await page.waitForSelector(`#${id}.fail`);
    findings.that('the row says that it was not sent', (await page.locator(`#${id} [data-msg]`).textContent()).length > 0);
    await page.unroute('**/session/dose');
    await page.focus(`#${id} [data-first]`);
    await page.keyboard.press('Enter');
    await page.waitForSelector(`#${id}[data-done]`);
    await page.reload();
    findings.same('saved once', await done(page), before + 1);
    return findings.concat(station.complaints().filter(text => !/ERR_FAILED|htmx:error|Failed to fetch/.test(text)));
  }));
}
