// A month of an immunisation team, as one goes through it: a day is planned and people are asked to come, two
// children are vaccinated, one dose was the wrong child's, one child reacts, the lot is blocked, the stock is counted,
// the day is closed, the month adds up. Then a campaign, and a pregnant woman.
import { Findings } from '../lib/report.mjs';
import { findPeople } from '../lib/places.mjs';
import { lookAt } from './pages.mjs';

const SERIES = 'DPT_HB_HIB';
const numbers = text => (text.match(/\d+/g) ?? []).map(Number);

// Doses of a series in the report of the month, all numbers together.
async function given(page, short) {
  await page.goto('/sessions/month');
  const rows = await page.locator('main table').first().locator('tbody tr').all();
  let sum = 0;
  for (const row of rows) {
    if ((await row.locator('th').innerText()).startsWith(short)) sum += Number((await row.locator('td').first().innerText()).replace(/\D/g, ''));
  }
  return sum;
}

async function plan(page, findings, shots) {
  await page.goto('/sessions/new');
  findings.push(...await lookAt(page, 'month-plan', shots));
  await page.fill('#session_on', '+0');
  for (const box of await page.locator('input[name=series]').all()) await box.setChecked(await box.getAttribute('value') === SERIES);
  await page.fill('#session_point', 'Nhà văn hóa thôn');
  await page.click('.form-end .btn.main');
  // A day off is asked about once.
  if (!page.url().includes('done=session-plan')) await Promise.all([page.waitForURL('**done=session-plan'), page.click('.form-end .btn.main')]);
  return page.url().replace(/\?.*/, '');
}

async function record(page, findings) {
  await page.fill('#lot', 'SII-THANG');
  const names = [];
  for (let at = 0; at < 2; at++) {
    const row = page.locator('[data-session] [data-child]:not([data-done])').first();
    names.push(await row.locator('th a').getAttribute('href'));
    const id = await row.getAttribute('id');
    await row.locator('[data-first]').focus();
    for (const key of ['3', '6', '8', 'Enter']) await page.keyboard.press(key);
    await page.waitForSelector(`#${id}[data-done]`).catch(() => findings.push(`row ${id} was not saved`));
  }
  return names.map(to => to.replace('/immunisation', ''));
}

async function takeBack(page, child) {
  await page.goto(`${child}?only=doses`);
  await Promise.all([page.waitForURL('**/facts/**'), page.locator('main a[href*="/facts/"]').first().click()]);
  const form = page.locator('form[action*="/facts/"]');
  await form.locator('#reason').fill('ghi nhầm sang trẻ khác');
  await Promise.all([page.waitForURL(url => !url.pathname.includes('/facts/')), form.locator('button').first().click()]);
}

async function reaction(page, child) {
  await page.goto(`${child}/aefi`);
  await page.check('input[name=severity][value=severe]');
  await page.fill('#began_on', '+0');
  await page.fill('#noticed_on', '+0');
  const dose = page.locator('input[name=doses]').first();
  await dose.check();
  await page.locator('input[name=signs][value=convulsion]').check();
  await Promise.all([page.waitForURL('**/aefi/**'), page.click('.form-end .btn.main')]);
}

export async function month(report, station, { shots }) {
  await report.check('month: plan, invite, session, wrong dose, reaction, blocked lot, count, report', () => station.with('station_head', {}, async page => {
    const findings = new Findings();
    const before = await given(page, 'DPT-VGB-Hib');
    const session = await plan(page, findings, shots);
    const expected = numbers(await page.locator('main section h2', { hasText: 'Danh sách (' }).innerText())[0] ?? 0;
    findings.that(`somebody is expected (${expected})`, expected >= 2);
    findings.push(...await lookAt(page, 'month-session', shots));
    await Promise.all([page.waitForURL('**done=session-invite'), page.click('form[action$="/invite"] button')]);
    await page.goto(`${session}/papers`);
    findings.same('one slip each', await page.locator('.slip').count(), expected);
    findings.push(...await lookAt(page, 'month-papers', shots));
    const list = await page.request.get(`${session}/list.xlsx`);
    findings.same('the list opens in Excel', list.status(), 200);

    await page.goto(session);
    await Promise.all([page.waitForURL('**/session?**'), page.locator('a[href^="/session?"]').first().click()]);
    const [one, other] = await record(page, findings);
    await takeBack(page, other);
    await reaction(page, one);
    findings.push(...await lookAt(page, 'month-reaction', shots));
    await page.goto('/stock?all=1');
    findings.that('the lot is blocked', (await page.locator('main tr', { hasText: 'SII-THANG' }).innerText()).includes('khóa'));

    await page.goto('/stock/count');
    const line = page.locator('main tr', { hasText: 'SII-THANG' });
    await line.locator('input').first().fill('7');
    await line.locator('input').nth(1).fill('Kiểm kê cuối tháng');
    await Promise.all([page.waitForURL('**done=**'), page.click('form[data-main] .btn.main')]);

    await page.goto(session);
    const row = page.locator('main tr', { has: page.locator(`a[href="${one}/immunisation"]`) });
    findings.that('who came is known', (await row.innerText()).includes('Đã tiêm'));
    await page.check('input[name=how][value=held]');
    await Promise.all([page.waitForURL('**done=session-end'), page.click('form[action$="/end"] .btn')]);
    findings.push(...await lookAt(page, 'month-held', shots));
    findings.same('one dose more in the month', await given(page, 'DPT-VGB-Hib'), before + 1);
    findings.push(...await lookAt(page, 'month-report', shots));
    const excel = await page.request.get('/sessions/month.xlsx');
    findings.same('the report opens in Excel', excel.status(), 200);
    await page.goto('/sessions/gaps');
    findings.push(...await lookAt(page, 'month-gaps', shots));
    const pair = page.locator('main a[href^="/sessions/gaps/"]').first();
    if (await pair.count()) {
      await pair.click();
      findings.push(...await lookAt(page, 'month-gaps-people', shots));
    }
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('month: a campaign counts whoever has had the vaccine in its days', () => station.with('station_head', {}, async page => {
    const findings = new Findings();
    await page.goto('/campaigns/new');
    findings.push(...await lookAt(page, 'month-campaign-new', shots));
    await page.fill('#camp_name', 'Sởi - rubella bổ sung');
    await page.evaluate(() => { document.querySelector('select[name=camp_series]').value = 'MR'; });
    await page.fill('#camp_born_from', '1/1/2020');
    await page.fill('#camp_born_to', '31/12/2024');
    await page.fill('#camp_first', '+0');
    await page.fill('#camp_last', '31/02/2027');
    await page.click('.form-end .btn.main');
    await page.waitForSelector('[data-errs]');
    findings.same('the name stays', await page.inputValue('#camp_name'), 'Sởi - rubella bổ sung');
    await page.fill('#camp_last', '+10');
    await Promise.all([page.waitForURL('**done=campaign-plan'), page.click('.form-end .btn.main')]);
    const campaign = page.url().replace(/\?.*/, '');
    const left = async () => numbers(await page.locator('h2', { hasText: 'Chưa tiêm' }).innerText())[0];
    const before = await left();
    findings.push(...await lookAt(page, 'month-campaign', shots));
    await Promise.all([page.waitForURL('**/session?campaign=**'), page.locator('a[href^="/session?campaign="]').first().click()]);
    await page.fill('#lot', 'MR-CD');
    const row = page.locator('[data-session] [data-child]:not([data-done])').first();
    const id = await row.getAttribute('id');
    await row.locator('[data-first]').focus();
    for (const key of ['3', '6', '8', 'Enter']) await page.keyboard.press(key);
    await page.waitForSelector(`#${id}[data-done]`);
    await page.goto(campaign);
    findings.same('one fewer is missing', await left(), before - 1);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('month: what a woman had before decides her next tetanus dose', () => station.with('station_head', {}, async page => {
    const findings = new Findings();
    const { mother } = await findPeople(page);
    await page.goto(`${mother}/immunisation`);
    await page.locator('summary', { hasText: 'Tiền sử tiêm uốn ván' }).click();
    await page.fill('#tt-doses', '4');
    await page.fill('#tt-last', '31/02/2020');
    await page.click('form[action$="/tetanus"] button');
    await page.waitForSelector('[data-errs]');
    findings.same('the number stays', await page.inputValue('#tt-doses'), '4');
    await page.fill('#tt-last', '1/6/2020');
    await Promise.all([page.waitForURL('**done=tetanus'), page.click('form[action$="/tetanus"] button')]);
    const said = await page.innerText('main');
    findings.that('four are told of, the fifth is next', (said.match(/theo lời khai/g) ?? []).length >= 4);
    findings.push(...await lookAt(page, 'month-woman', shots));
    findings.push(...station.complaints());
    return findings;
  }));
}
