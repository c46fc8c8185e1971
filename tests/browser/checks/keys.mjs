// The keyboard: the table of keys tells the truth, common work is counted in keys, Vietnamese typing is left alone.
import { Findings } from '../lib/report.mjs';
import { Fingers, firstOf, unikey } from '../lib/fingers.mjs';
import { findPeople, placesOf, findOwn } from '../lib/places.mjs';
import { fold } from './child.mjs';

const KLM = { key: 0.28, think: 1.2 };

// Name of the work, most keys it may take, and how it is done.
const WORK = [
  ['Tìm một người và mở hồ sơ', 20, async (page, f, at) => {
    await page.goto('/');
    await f.press('/');
    const name = fold(at.motherName).split(' ');
    await f.type(name.slice(-2).join(' ') + (at.motherYear ? ` ${at.motherYear}` : ''));
    await f.go('Enter', '**/people/found');
    await f.press('ArrowDown');
    await f.go('Enter', '**/people/ng-*');
  }],
  ['Đăng ký một người mới', 75, async (page, f) => {
    await page.goto('/people');
    await f.go('Control+i', '**/people/new*');
    await f.type('Lò Thị Đếm Phím');
    await f.press('Tab', 'Space');
    await f.tabTo('[name=born]');
    await f.type('12/3/1990');
    await f.tabTo('[name=citizen]');
    await f.type('015190007788');
    await f.tabTo('[name=area_text]');
    f.keys += await firstOf(page, 'area_text');
    await f.go('Control+Enter', '**done=registered');
  }],
  ['Ghi các mũi đến hạn của một trẻ, từ Hôm nay', 12, async (page, f) => {
    await page.goto('/?programme=-');
    await f.press('ArrowDown');
    await f.go('t', '**/immunisation#ghi');
    await f.tabTo('#temp');
    await f.type('36,8');
    await f.go('Control+Enter', '**done=dose');
  }],
  ['Tái khám tăng huyết áp như lần trước, từ sổ', 20, async (page, f) => {
    // Who was just taken in has no last time, and who was seen today is not seen again: the first of the others.
    await page.goto('/');
    const today = (await page.locator('h1').innerText()).match(/\d\d\/\d\d\/\d{4}/)[0];
    const list = '/programmes/hypertension?only=due';
    await page.goto(list);
    const people = await page.$$eval('main [data-open]', links => links.map(a => a.getAttribute('href')));
    let at = 0;
    for (; at < people.length; at++) {
      await page.goto(people[at]);
      const seen = (await page.locator('main table tbody').first().innerText()).includes(today);
      if (!seen && await page.locator('[data-key=L]').count()) break;
    }
    await page.goto(list);
    for (let row = 0; row <= at; row++) await f.press('ArrowDown');
    await f.go('Enter', '**/programmes/hypertension');
    await f.go('l', '**last=1');
    await f.type('134');
    await f.press('Tab');
    await f.type('82');
    await f.go('Control+Enter', '**done=entry**');
  }],
  ['Báo một phản ứng nặng sau tiêm, từ thẻ của trẻ', 24, async (page, f, at) => {
    await page.goto(`${at.vaccinated}/immunisation`);
    await f.go('p', '**/aefi');
    await f.tabTo('[name=severity]');
    await f.press('ArrowDown');
    await f.tabTo('[name=signs]');
    await f.press('Space');
    await f.go('Control+Enter', '**/aefi/**');
  }],
  ['Hoàn tác mục vừa ghi', 1, async (page, f) => {
    await page.evaluate(() => document.activeElement.blur());
    await f.go('u', '**undone=1');
  }],
  ['Chuyển đi', 20, async (page, f, at) => {
    await page.goto(at.mother);
    await f.go('d', '**/move-out');
    await f.tabTo('[name=left_on]');
    await f.type('18/11');
    await f.tabTo('select[name=move_reason]');
    await f.press('ArrowDown');
    await f.go('Control+Enter', '**done=*');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('u'); // the others need her here
    await page.waitForURL('**undone=1');
  }],
  ['Sinh con, từ hồ sơ của mẹ', 45, async (page, f, at) => {
    await page.goto(at.mother);
    await f.go('b', '**/birth');
    await f.tabTo('[name=name]');
    await f.type('Lò Văn Út');
    await f.tabTo('[name=sex]');
    await f.press('Space');
    await f.tabTo('[name=born]');
    await f.type('19/11');
    await f.press('Control+Enter');
    await page.waitForLoadState();
    if (await page.locator('[name=accept]').count()) await f.press('Control+Enter');
    await page.waitForURL('**done=born');
  }],
  ['Nhập kho một lô', 46, async (page, f) => {
    await page.goto('/stock');
    await f.go('n', '**/stock/receive*');
    await f.tabTo('select[name^=item]');
    await f.press('ArrowDown');
    await f.tabTo('input[name^=lot]');
    await f.type('KP2611');
    await f.tabTo('input[name^=expires]');
    await f.type('12/2027');
    await f.tabTo('input[name^=packs]');
    await f.type('20');
    await f.press('Control+Enter');
    await page.waitForTimeout(1000);
    if (await page.locator('[name=accept]').count()) await f.press('Control+Enter');
    await page.waitForURL('**done=stock-received*');
  }],
  ['Đổi người dùng (không kể mật khẩu)', 6, async (page, f) => {
    await page.goto('/');
    await f.go('Alt+0', '**/switch');
    await f.tabTo('#password');
  }],
];

async function whom(page) {
  const at = await findPeople(page);
  await page.goto('/indicators/TCDD/people?period=2026-11&side=numerator');
  const vaccinated = (await page.locator('main [data-open]').first().getAttribute('href')).replace(/#.*|\/immunisation/g, '');
  await page.goto(at.mother);
  const title = await page.locator('h1').evaluate(h => h.childNodes[0].textContent.trim());
  const year = (await page.locator('h1').innerText()).match(/\b(19|20)\d\d\b/)?.[0] ?? '';
  return { ...at, vaccinated, motherName: title, motherYear: year };
}

export async function keys(report, station) {
  await report.check('keys: common work, counted', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const at = await whom(page);
    for (const [name, most, work] of WORK) {
      const fingers = new Fingers(page);
      try {
        await work(page, fingers, at);
      } catch (error) {
        findings.push(`${name}: ${String(error.message).split('\n')[0]} at ${page.url()}: ${(await page.locator('.errs').allInnerTexts()).join(' ')}`);
        continue;
      }
      const seconds = (fingers.keys * KLM.key + 2 * KLM.think).toFixed(0);
      console.log(`       ${name}: ${fingers.keys} phím, khoảng ${seconds} giây`);
      findings.that(`${name}: ${fingers.keys} keys, at most ${most}`, fingers.keys <= most);
    }
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('keys: “?” lists exactly what the page has, each letter once', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const at = { ...await findPeople(page), ...await findOwn(page) };
    const seen = new Set();
    for (const [, address] of placesOf('station_nurse', at)) {
      if (seen.has(address)) continue;
      seen.add(address);
      await page.goto(address);
      const twice = await page.evaluate(() => {
        const keys = [...document.querySelectorAll('[data-key]')].filter(e => !e.closest('[data-rows] > *')).map(e => e.dataset.key);
        return keys.filter((key, n) => keys.indexOf(key) !== n && key !== 'K');
      });
      findings.same(`${address}: letters of two buttons`, twice, []);
      await page.evaluate(() => document.activeElement?.blur());
      await page.keyboard.press('Shift+?');
      if (!(await page.isVisible('#keys[open]'))) { if (!/\/switch$/.test(address)) findings.push(`${address}: “?” opens nothing`); continue; }
      const listed = await page.$$eval('#keys [data-own] th', cells => cells.map(cell => cell.innerText.split(' ')[0]));
      const there = await page.evaluate(() => [...new Set([...document.querySelectorAll('[data-key]')].filter(e => {
        const row = e.closest('[data-rows] > *');
        return !row || row === document.querySelector('main [data-rows] > *');
      }).map(e => e.dataset.key))]);
      findings.same(`${address}: letters`, listed.sort(), there.sort());
      const lies = await page.$$eval('#keys [data-on]:not([hidden])', rows => rows.filter(row => !document.querySelector(row.dataset.on)).length);
      findings.same(`${address}: keys of what is not there`, lies, 0);
    }
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('keys: J and K walk, G and a number goes, Esc leaves step by step', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/');
    const row = () => page.evaluate(() => [...document.querySelectorAll('main [data-rows] [data-open]')].indexOf(document.activeElement));
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    findings.same('J twice', await row(), 1);
    await page.keyboard.press('k');
    findings.same('K back', await row(), 0);
    await page.keyboard.press('g');
    await Promise.all([page.waitForURL('**/people'), page.keyboard.press('2')]);
    await page.goto('/people/new');
    await page.focus('input[name=name]');
    await page.keyboard.type('njk?/u');
    findings.same('letters stay letters in a box', await page.inputValue('input[name=name]'), 'njk?/u');
    await page.keyboard.press('Escape');
    findings.that('Esc leaves the box', await page.evaluate(() => document.activeElement === document.body));
    await Promise.all([page.waitForURL('**/people'), page.keyboard.press('Escape')]);
    await page.goto('/people/new');
    await page.click('.note.draft .btn >> nth=1');
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('keys: Unikey, Telex and VNI, in every text field of the main forms', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const at = await findPeople(page);
    const forms = ['/people/new', `${at.mother}/edit`, `${at.mother}/move-out`, `${at.mother}/birth`, `${at.mother}/death`, '/households/new', `${at.child}/aefi`, '/stock/receive', `${at.lot}/lose`, '/people'];
    let posts = 0;
    page.on('request', request => { if (request.method() === 'POST' && !/\/(drafts|find|people$)/.test(new URL(request.url()).pathname)) posts++; });
    let tried = 0;
    for (const form of forms) {
      await page.goto(form);
      await page.waitForLoadState('networkidle');
      const boxes = await page.$$('main form input[type=text], main form input[type=search], main form input:not([type]), main form textarea');
      for (const [n, box] of boxes.slice(0, 12).entries()) {
        if (!(await box.isVisible()) || await box.isDisabled()) continue;
        const method = n % 2 ? 'vni' : 'telex';
        const name = await box.getAttribute('name');
        await box.focus();
        await box.evaluate(e => { e.value = ''; });
        await unikey(page, 'Nguyễn Thị Hường Đặng', method);
        findings.same(`${form} ${name}, ${method}`, await box.inputValue(), 'Nguyễn Thị Hường Đặng');
        tried++;
        await page.keyboard.press('Escape');
        if (await box.evaluate(e => !e.isConnected).catch(() => true)) break;
      }
    }
    findings.that(`only ${tried} boxes were tried`, tried >= 25);
    findings.same('nothing was sent by typing', posts, 0);
    // Enter that ends a composition belongs to the input method, not to the form.
    await page.goto('/people/new');
    await page.waitForLoadState('networkidle');
    await page.focus('input[name=name]');
    await page.evaluate(() => {
      for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
        const e = new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true, ...init });
        if (init.keyCode) Object.defineProperty(e, 'keyCode', { value: 229 });
        document.activeElement.dispatchEvent(e);
      }
    });
    await page.waitForTimeout(200);
    findings.same('sent while composing', posts, 0);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('keys: the phrases people type find the person among the first three', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/indicators/DAN_SO/people?period=2026&side=numerator');
    const rows = await page.$$eval('main table tbody tr', rows => rows.map(row => ({
      name: row.querySelector('[data-open]')?.textContent.trim(),
      id: row.querySelector('[data-open]')?.getAttribute('href'),
      year: row.innerText.match(/\b(19|20)\d\d\b/)?.[0],
      tail: row.innerText.match(/CCCD …(\d+)/)?.[1],
    })).filter(row => row.name));
    const step = Math.max(1, Math.floor(rows.length / 8));
    const tried = rows.filter((_, n) => n % step === 0).slice(0, 8);
    findings.that('there are people to look for', tried.length >= 5);
    let slow = 0;
    for (const who of tried) {
      const words = fold(who.name).split(' ');
      const initials = words.slice(0, -1).map(word => word[0]).join('');
      const phrases = [`${words.join(' ')} ${who.year}`, `${who.name} ${who.year}`, `${words.at(-1)} ${initials} ${who.year}`];
      if (who.tail) phrases.push(`${words.at(-1)} ${who.tail}`);
      for (const phrase of phrases) {
        const from = Date.now();
        await page.goto('/people');
        await page.fill('#q', phrase);
        await Promise.all([page.waitForURL('**/people/found'), page.press('#q', 'Enter')]);
        slow = Math.max(slow, Date.now() - from);
        const hits = await page.$$eval('main [data-open]', links => links.slice(0, 3).map(a => a.getAttribute('href')));
        findings.that(`“${phrase}” does not find ${who.name} among the first three`, hits.includes(who.id));
      }
    }
    findings.push(...station.complaints());
    return findings;
  }));

}
