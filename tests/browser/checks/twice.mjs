// Somebody registered twice: asked about at registration, shown in the inbox, compared, linked, parted.
import { Findings } from '../lib/report.mjs';
import { lookAt } from './pages.mjs';
import { search } from '../lib/places.mjs';

const NAME = 'Triệu Thị Gấm Hoa';
const TURNED = 'Hoa Triệu Thị Gấm';

async function register(page, name, born, phone) {
  await page.goto('/people/new');
  await page.fill('#name', name);
  await page.fill('#born', born);
  await page.check('input[name=sex][value=f]');
  await page.fill('#phone', phone);
  await page.click('#area');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.press('#name', 'Control+Enter');
}

const saved = page => page.waitForURL('**done=registered');

export async function twice(report, station, { shots }) {
  await report.check('twice: asked, compared, linked, parted', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await Promise.all([saved(page), register(page, NAME, '03/05/1985', '0912 645 013')]);
    const first = new URL(page.url()).pathname;
    await register(page, TURNED, '05/03/1985', '0912 645 013');
    await page.waitForSelector('.note.warn');
    findings.that('the warning names the record that is there', (await page.innerText('main')).includes(NAME));
    await Promise.all([saved(page), page.click('button[name=accept], .note.warn button')]);
    const second = new URL(page.url()).pathname;
    findings.that('two records', first !== second);

    await page.goto('/quality');
    findings.push(...await lookAt(page, 'twice-inbox', shots));
    const row = page.locator('tr', { hasText: TURNED }).filter({ has: page.locator('a[href*="/link/"]') });
    findings.same('one pair of the two', await row.count(), 1);
    await Promise.all([page.waitForURL('**/link/**'), row.locator('a[href*="/link/"]').click()]);
    findings.push(...await lookAt(page, 'twice-compare', shots));
    findings.same('the older record is kept', new URL(page.url()).pathname.split('/')[2], first.split('/')[2]);
    await page.check('input[name=take-born][value=other]');
    await Promise.all([page.waitForURL('**done=linked'), page.click('button[value=link]')]);
    findings.push(...await lookAt(page, 'twice-linked', shots));
    findings.same('the other address leads here', await page.goto(second).then(() => new URL(page.url()).pathname), first);
    findings.that('the chosen birth date stands', (await page.innerText('.strip')).includes('05/03/1985'));
    findings.same('found once', (await search(page, 'trieu gam hoa')).length, 1);

    await page.goto(`${first}?only=record&all=1`);
    await page.locator('tr', { hasText: 'Gộp hồ sơ' }).locator('a[data-open]').click();
    await page.waitForURL('**/facts/**');
    await Promise.all([page.waitForURL('**/part/**'), page.click('a[href*="/part/"]')]);
    findings.push(...await lookAt(page, 'twice-part', shots));
    await page.click('.form-end .btn.main');
    await page.waitForSelector('[data-errs]');
    await page.fill('#reason', 'Hai người, đã hỏi gia đình');
    await Promise.all([page.waitForURL('**done=parted'), page.click('.form-end .btn.main')]);
    findings.same('found twice again', (await search(page, 'trieu gam hoa')).length, 2);

    await page.goto('/quality');
    const again = page.locator('tr', { hasText: TURNED }).filter({ has: page.locator('a[href*="/link/"]') });
    await Promise.all([page.waitForURL('**done=apart'), again.locator('button').click()]);
    findings.same('said to be two people: not asked again', await again.count(), 0);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('twice: households with nobody alike say so', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/households');
    const all = await page.$$eval('main table a[href^="/households/"]', links => links.map(a => a.getAttribute('href')));
    const [one, other] = [...new Set(all)];
    await page.goto(`${one}/link/${other.split('/')[2]}`);
    findings.that('said in words', (await page.innerText('main')).includes('không có ai giống nhau'));
    findings.push(...await lookAt(page, 'twice-households', shots), ...station.complaints());
    return findings;
  }));
}
