// The nurse's path: find a child without accents, open the card, record a dose, see the number move.
// Once with script and a keyboard, once without script at all.
import { signIn } from '../lib/browser.mjs';
import { Findings } from '../lib/report.mjs';

const NUMBER = '/indicators/TCDD?period=2026-11';
const BEHIND = '/indicators/TCDD/people?period=2026-11&side=numerator';

export const fold = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase();

// Children of the worklist whose only open dose is measles: giving it completes the first year.
async function nearlyComplete(page) {
  await page.goto('/?only=due&series=MEASLES');
  const rows = await page.$$eval('main table tbody tr', rows => rows.filter(row => row.querySelector('[data-open]')).map(row => ({
    name: row.querySelector('[data-open]').textContent.trim(),
    card: row.querySelector('[data-open]').getAttribute('href'),
    doses: row.querySelector('.what').textContent.trim(),
    old: row.querySelector('.num').textContent.trim(),
  })));
  return rows.filter(row => /^Sởi\s1$/.test(row.doses) && /^(9|10|11) tháng$/.test(row.old));
}

async function complete(page) {
  const shown = page.locator('.counts a[href*="side=numerator"] b');
  return Number((await shown.textContent()).replace('.', ''));
}

async function walk(station, { script }) {
  const findings = new Findings();
  const context = await station.context({ javaScriptEnabled: script });
  const page = await context.newPage();
  try {
    const { user, password } = station.login('station_nurse');
    await signIn(page, user, password);
    const children = await nearlyComplete(page);
    if (!children.length) return ['the demo has no child that one dose completes'];
    const child = children[0];
    await page.goto(NUMBER);
    const before = await complete(page);
    await page.goto(BEHIND);
    findings.same('the child is not counted yet', await page.getByRole('link', { name: child.name, exact: true }).count(), 0);

    if (script) {
      await page.keyboard.press('/');
      await page.keyboard.type(fold(child.name));
    } else {
      await page.fill('#q', fold(child.name));
    }
    await Promise.all([page.waitForURL('**/people/found'), page.locator('#q').press('Enter')]);
    const record = child.card.replace('/immunisation', '');
    const hits = await page.$$eval('main [data-open]', links => links.map(a => a.getAttribute('href')));
    findings.that(`“${fold(child.name)}” is among the first three`, hits.slice(0, 3).includes(record));
    findings.that('no name in the address', !decodeURIComponent(page.url()).includes(fold(child.name).split(' ')[0] + ' '));
    await page.click(`main [data-open][href="${record}"]`);
    await page.waitForURL(`**${record}`);
    await page.click('main a[href$="/immunisation"]');
    await page.waitForURL('**/immunisation');

    await page.fill('#temp', '36,8');
    if (script) await page.keyboard.press('Control+Enter'); else await page.click('#ghi .btn.main');
    await page.waitForURL('**/immunisation?done=dose');
    const saved = Date.now();
    findings.that('the page says it is saved', await page.isVisible('.note.ok'));
    await page.goto(NUMBER);
    const after = await complete(page);
    const took = Date.now() - saved;
    findings.same('children complete', after, before + 1);
    findings.that(`the number is there within a second (${took} ms)`, took <= 1000);
    await page.goto(BEHIND);
    findings.same('the child is now in the list behind the number', await page.getByRole('link', { name: child.name, exact: true }).count(), 1);
    findings.push(...station.complaints());
  } finally {
    await context.close();
  }
  return findings;
}

export async function child(report, station) {
  await report.check('child: found without accents, dose saved, number moves within 1 s', () => walk(station, { script: true }));
  await report.check('child: the same with script switched off', () => walk(station, { script: false }));
}
