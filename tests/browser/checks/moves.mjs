// Moving about: deep links, reload, back and forward; the keys of the frame; saving once.
import { Findings } from '../lib/report.mjs';
import { findOwn, findPeople, search } from '../lib/places.mjs';

const heading = page => page.locator('h1').innerText();

// The first child of the worklist that may be given something today, from the end of the list: the
// beginning belongs to the other checks.
async function lastChild(page) {
  await page.goto('/?programme=-');
  return page.locator('main [data-open]').last().getAttribute('href');
}

const dosesOn = async (page, card) => {
  await page.goto(card.replace('/immunisation', '?only=doses&all=1'));
  return page.locator('main table tbody tr').count();
};

export async function moves(report, station) {
  await report.check('moves: deep link, reload, back and forward show the same', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const at = { ...await findPeople(page), ...await findOwn(page) };
    const stops = [
      '/', '/?only=overdue', at.child, `${at.child}/immunisation`, at.mother, '/households', at.household, '/session',
      '/indicators?period=2026-11', '/indicators/TCDD?period=2026-11', '/plans', at.plan, '/units', at.unit, '/definitions',
    ];
    const seen = [];
    const posts = [];
    page.on('request', request => { if (request.method() !== 'GET' && !request.url().endsWith('/drafts/find')) posts.push(request.url()); });
    for (const stop of stops) {
      await page.goto(stop);
      const title = await heading(page);
      seen.push(title);
      await page.reload();
      findings.same(`${stop} after reload`, await heading(page), title);
    }
    for (let i = stops.length - 2; i >= 0; i--) {
      await page.goBack();
      findings.same(`back at ${stops[i]}`, await heading(page), seen[i]);
    }
    for (let i = 1; i < stops.length; i++) {
      await page.goForward();
      findings.same(`forward at ${stops[i]}`, await heading(page), seen[i]);
    }
    findings.same('nothing is sent by moving about', posts, []);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('moves: an address that only takes forms leads to their page', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const card = await lastChild(page);
    for (const [address, wanted] of [[`${card}/doses`, card], ['/session/dose', '/session'], ['/role', '/']]) {
      await page.goto(address);
      findings.same(address, new URL(page.url()).pathname, wanted);
    }
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('moves: back from a record shows the results again', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const hits = await search(page, 'hoang thi hoa');
    await page.click('main [data-open]');
    await page.waitForURL('**/people/ng-*');
    await page.goBack();
    await page.waitForURL('**/people/found');
    findings.same('results', await page.$$eval('main [data-open]', links => links.map(a => a.getAttribute('href'))), hits);
    await page.reload();
    findings.same('results after reload', await page.locator('main [data-open]').count(), hits.length);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('moves: the keys of the frame', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
    await page.goto('/');
    await page.keyboard.press('/');
    findings.same('“/” goes to the search box', await focused(), 'q');
    await page.keyboard.type('a/b?');
    findings.same('letters stay letters in a box', await page.inputValue('#q'), 'a/b?');
    await page.keyboard.press('ArrowDown');
    const row = () => page.evaluate(() => [...document.querySelectorAll('[data-rows] [data-open]')].indexOf(document.activeElement));
    findings.same('↓ from the box to the first row', await row(), 0);
    await page.keyboard.press('ArrowDown');
    findings.same('↓ to the next row', await row(), 1);
    await page.keyboard.press('Control+k');
    findings.same('Ctrl+K goes to the search box', await focused(), 'q');
    await Promise.all([page.waitForURL('**/people'), page.keyboard.press('Alt+2')]);
    await page.goto('/?programme=-');
    await page.keyboard.press('Control+k');
    await page.keyboard.press('ArrowDown');
    await Promise.all([page.waitForURL('**/immunisation#hoan'), page.keyboard.press('h')]);
    await page.goBack();
    await page.keyboard.press('?');
    findings.that('“?” shows the table of keys', await page.isVisible('#keys[open]'));
    await page.keyboard.press('Escape');
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('moves: pressing save twice saves once', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const card = await lastChild(page);
    const before = await dosesOn(page, card);
    await page.goto(card);
    const due = await page.locator('#ghi input[name=series]:checked').count();
    await page.fill('#temp', '36,7');
    await page.dblclick('#ghi .btn.main');
    await page.waitForURL('**done=dose');
    findings.same('doses on the record', await dosesOn(page, card), before + due);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('moves: the same form sent twice, without script, saves once', () => station.with('station_nurse', { javaScriptEnabled: false }, async page => {
    const findings = new Findings();
    const card = await lastChild(page);
    const before = await dosesOn(page, card);
    await page.goto(card);
    const due = await page.locator('#ghi input[name=series]:checked').count();
    const [request] = await Promise.all([
      page.waitForRequest(request => request.method() === 'POST'),
      page.waitForURL('**done=dose'),
      page.click('#ghi .btn.main'),
    ]);
    const again = await page.request.post(request.url(), {
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: station.demo.url }, data: request.postData(), maxRedirects: 0,
    });
    findings.same('the second answer', again.status(), 303);
    await page.goBack();
    await page.goForward();
    findings.same('doses on the record', await dosesOn(page, card), before + due);
    findings.push(...station.complaints());
    return findings;
  }));
}
