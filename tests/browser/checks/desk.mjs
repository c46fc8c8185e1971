// The desk of one user: drafts that survive, a save that is taken back, the next person at the same computer.
import { signIn } from '../lib/browser.mjs';
import { Findings } from '../lib/report.mjs';
import { firstOf } from '../lib/fingers.mjs';
import { search } from '../lib/places.mjs';
import { lookAt } from './pages.mjs';

const NAME = 'Lò Thị Bản Nháp';

async function kept(page) {
  await page.waitForFunction(() => /\d\d:\d\d/.test(document.querySelector('[data-draft-state]')?.textContent ?? ''), null, { timeout: 15000 });
}

async function village(page) {
  await page.focus('input[name=area_text]');
  await firstOf(page, 'area_text');
}

// Signed in in a browser of its own, so that its session may be ended.
async function enter(station, who, options = {}) {
  const { user, password } = station.login(who);
  const context = await station.context(options);
  const page = await context.newPage();
  await signIn(page, user, password);
  return { page, context, user, password };
}

export async function desk(report, station, { shots }) {
  await report.check('desk: a draft survives a closed browser, belongs to its user alone, goes when it is saved', async () => {
    const findings = new Findings();
    const first = await enter(station, 'station_nurse');
    await first.page.goto('/people/new');
    await first.page.fill('input[name=name]', NAME);
    await first.page.check('input[name=sex][value=f]');
    await first.page.fill('input[name=born]', '1990');
    await kept(first.page);
    findings.same('nothing of it stays on the computer', await first.page.evaluate(name => JSON.stringify(localStorage).includes(name), NAME), false);
    await first.context.close();

    const other = await enter(station, 'station_head');
    await other.page.goto('/people/new');
    await other.page.waitForTimeout(700);
    findings.same('nobody else is offered it', await other.page.locator('.note.draft').count(), 0);
    await other.context.close();

    const again = await enter(station, 'station_nurse');
    const page = again.page;
    await page.goto('/people/new');
    await page.waitForSelector('.note.draft');
    findings.that('the offer says when', /Bản nháp lúc \d\d:\d\d/.test(await page.innerText('.note.draft')));
    findings.push(...await lookAt(page, 'draft-offered', shots));
    await page.click('.note.draft .btn >> nth=0');
    findings.same('the name', await page.inputValue('input[name=name]'), NAME);
    findings.same('the birth', await page.inputValue('input[name=born]'), '1990');
    findings.that('the sex', await page.isChecked('input[name=sex][value=f]'));
    await village(page);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/people/ng-*?done=registered');
    await page.goto('/people/new');
    await page.waitForTimeout(700);
    findings.same('saved, so no draft is left', await page.locator('.note.draft').count(), 0);
    await again.context.close();
    findings.push(...station.complaints());
    return findings;
  });

  await report.check('desk: a draft that is discarded does not come back', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/households/new');
    const box = page.locator('form[data-draft] input[name=address], form[data-draft] input[name=code]').first();
    await box.fill('Đầu bản');
    await kept(page);
    await page.reload();
    await page.click('.note.draft .btn >> nth=1');
    await page.waitForTimeout(300);
    await page.reload();
    await page.waitForTimeout(700);
    findings.same('offers', await page.locator('.note.draft').count(), 0);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('desk: what was just saved is taken back with one key', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/people/new');
    await page.fill('input[name=name]', 'Vàng Văn Hoàn Tác');
    await page.check('input[name=sex][value=m]');
    await page.fill('input[name=born]', '12/3/1988');
    await village(page);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL('**/people/ng-*?done=registered');
    findings.push(...await lookAt(page, 'undo-offered', shots));
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.evaluate(() => document.activeElement.blur());
    await Promise.all([page.waitForURL('**/people?undone=1'), page.keyboard.press('u')]);
    findings.that('it says so', (await page.innerText('.note.ok')).includes('Đã hoàn tác'));
    findings.same('nobody of that name is found', (await search(page, 'vang van hoan tac')).length, 0);

    await page.goto('/session');
    const row = page.locator('[data-session] [data-child]:not([data-done])').last();
    const id = await row.getAttribute('id');
    const name = await row.locator('th a').innerText();
    await page.fill('#lot', 'HT2611');
    await row.locator('[data-first]').fill('36,6');
    await row.locator('[data-first]').press('Enter');
    await page.waitForSelector(`#${id}[data-done]`);
    await Promise.all([page.waitForURL('**undone=1'), page.click(`#${id} form[action="/undo"] button`)]);
    const rows = page.locator('[data-session] [data-child]:not([data-done])', { hasText: name });
    findings.that('the child waits again', await rows.count() > 0);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('desk: a save is taken back without script', () => station.with('station_nurse', { javaScriptEnabled: false }, async page => {
    const findings = new Findings();
    await page.goto('/?programme=-');
    const card = await page.locator('main [data-open]').last().getAttribute('href');
    await page.goto(`${card.replace('/immunisation', '')}/identifier`);
    await page.goto(card);
    await page.fill('#temp', '36,7');
    await Promise.all([page.waitForURL('**done=dose'), page.click('#ghi .btn.main')]);
    await Promise.all([page.waitForURL('**undone=1'), page.click('form[action="/undo"] button')]);
    findings.that('it says so', (await page.innerText('.note.ok')).includes('Đã hoàn tác'));
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('desk: the next person takes over in a few keys, and sees nothing of the one before', async () => {
    const findings = new Findings();
    const { page, context, user } = await enter(station, 'station_nurse');
    await page.goto('/switch');
    findings.same('a stranger to this computer is not named', await page.locator('input[name=known]').count(), 0);
    const head = station.login('station_head');
    await page.fill('#user', head.user);
    await page.fill('#password', head.password);
    await Promise.all([page.waitForURL(url => url.pathname !== '/switch'), page.press('#password', 'Enter')]);
    findings.that('the other is at work', (await page.innerText('.pop.end')).length > 0);

    await page.goto('/people/new');
    await page.fill('input[name=name]', 'Tên Đang Gõ');
    await kept(page);
    let keys = 0;
    const press = key => { keys++; return page.keyboard.press(key); };
    await Promise.all([page.waitForURL('**/switch'), press('Alt+0')]);
    findings.that('the page before is not shown', !(await page.innerText('body')).includes('Tên Đang Gõ'));
    findings.same('who was here lately is offered', await page.locator(`input[name=known][value="${user}"]`).isChecked(), true);
    findings.push(...await lookAt(page, 'switch', shots));
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.focus(`input[name=known][value="${user}"]`);
    await press('Tab'); await press('Tab');
    findings.that('two tabs to the password', await page.evaluate(() => document.activeElement.id === 'password'));
    await page.keyboard.insertText('sai mật khẩu');
    await Promise.all([page.waitForNavigation(), press('Enter')]);
    findings.that('a wrong password is said in words', await page.isVisible('.errs'));
    await page.fill('#password', station.login('station_nurse').password);
    await Promise.all([page.waitForURL(url => url.pathname === '/'), page.press('#password', 'Enter')]);
    console.log(`       đổi người dùng: ${keys} phím và mật khẩu`);
    await page.goto('/people/new');
    await page.waitForTimeout(700);
    findings.same('no draft of the one before', await page.locator('.note.draft').count(), 0);
    await context.close();
    // A browser that never was here, with its own cookies: no names at all.
    const stranger = await enter(station, 'admin');
    await stranger.page.goto('/switch');
    findings.same('names told to another computer', await stranger.page.locator('input[name=known]').count(), 0);
    await stranger.context.close();
    findings.push(...station.complaints());
    return findings;
  });
}
