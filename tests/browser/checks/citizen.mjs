// A record card is scanned and opens its record; a person opens their own record with the code from the station,
// once, and sees nothing that belongs to somebody else.
import { axe, geometry } from '../lib/audit.mjs';
import { Findings } from '../lib/report.mjs';
import { findPeople } from '../lib/places.mjs';

// Digits of a card for the id in an address: what its QR code says.
function cardOf(address) {
  const number = BigInt(`0x${address.split('-').pop()}`);
  return `1${number.toString().padStart(39, '0')}`;
}

export async function citizen(report, station) {
  await report.check('citizen: a scanned card opens its record from any page', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const { mother } = await findPeople(page);
    await page.goto('/');
    await page.fill('#q', cardOf(mother));
    await Promise.all([page.waitForURL(`**${mother}`), page.press('#q', 'Enter')]);
    findings.same('record', new URL(page.url()).pathname, mother);
    await page.goto(`${mother}/card`);
    findings.same('a drawing on the card', await page.locator('.id-card svg.qr path').count(), 1);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('citizen: their own record opens once with code and year of birth, and closes', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const { mother } = await findPeople(page);
    await page.goto(mother);
    const name = (await page.locator('main .strip h1, main .strip h2').first().innerText()).trim().split('\n')[0];
    const year = (await page.locator('main .strip').innerText()).match(/\b(19|20)\d\d\b/)[0];
    await page.goto(`${mother}/card`);
    await Promise.all([page.waitForLoadState('load'), page.click('main form button.main')]);
    const code = (await page.locator('.slip-code .code').innerText()).replace(/\D/g, '');
    findings.same('digits of the code', code.length, 12);
    const theirs = await station.context({ viewport: { width: 360, height: 740 } });
    try {
      const phone = await theirs.newPage();
      await phone.goto(`/my-record#${code}`);
      findings.same('code taken from the address', (await phone.inputValue('#code')).replace(/\D/g, ''), code);
      findings.push(...[...await axe(phone), ...await geometry(phone)].map(found => `code: ${found}`));
      findings.same('nothing left in the address', new URL(phone.url()).hash, '');
      await phone.fill('#year', '1901');
      await Promise.all([phone.waitForLoadState('load'), phone.press('#year', 'Enter')]);
      await phone.waitForSelector('main [role=alert], main .errs');
      findings.same('what was typed is kept', (await phone.inputValue('#code')).replace(/\D/g, ''), code);
      await phone.fill('#year', year);
      await Promise.all([phone.waitForURL('**/my-record/sheet'), phone.press('#year', 'Enter')]);
      const text = await phone.locator('main').innerText();
      if (!text.includes(name)) findings.push('the sheet does not say whose it is');
      const links = await phone.$$eval('main a', all => all.map(a => a.getAttribute('href')));
      findings.same('links to records', links.filter(to => /people|households/.test(to)), []);
      findings.push(...[...await axe(phone), ...await geometry(phone)].map(found => `sheet: ${found}`));
      for (const other of [mother, '/people', '/', '/indicators']) {
        await phone.goto(other);
        const place = await phone.locator('#password').count();
        findings.same(`${other} asks to sign in`, place, 1);
      }
      await phone.goto('/my-record');
      findings.same('still open', new URL(phone.url()).pathname, '/my-record/sheet');
      await Promise.all([phone.waitForURL('**/my-record'), phone.click('main form button')]);
      await phone.goto('/my-record/sheet');
      findings.same('closed', new URL(phone.url()).pathname, '/my-record');
      await phone.fill('#code', code);
      await phone.fill('#year', year);
      await Promise.all([phone.waitForLoadState('load'), phone.press('#year', 'Enter')]);
      await phone.waitForSelector('main [role=alert], main .errs');
      findings.same('a spent code opens nothing', new URL(phone.url()).pathname, '/my-record');
    } finally {
      await theirs.close();
    }
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('citizen: an emergency is for who may say so, with a reason, and shows at the top', async () => {
    const findings = new Findings();
    const mother = await station.with('station_nurse', {}, async page => {
      const found = await findPeople(page);
      await page.goto(found.mother);
      findings.same('links for a nurse', await page.locator('a[href$="/emergency"]').count(), 0);
      findings.same('page for a nurse', (await page.goto(`${found.mother}/emergency`)).status(), 403);
      return found.mother;
    });
    await station.with('station_head', {}, async page => {
      await page.goto(mother);
      await Promise.all([page.waitForURL('**/emergency'), page.click('a[href$="/emergency"]')]);
      findings.push(...[...await axe(page), ...await geometry(page)].map(found => `emergency: ${found}`));
      await page.fill('#reason', 'gấp');
      await page.keyboard.press('Control+Enter');
      await page.waitForSelector('.errs');
      findings.same('what was typed is kept', await page.inputValue('#reason'), 'gấp');
      await page.fill('#reason', 'Co giật, cần biết thuốc đang dùng');
      await Promise.all([page.waitForURL('**/people/ng-*'), page.keyboard.press('Control+Enter')]);
      const strip = await page.locator('main .strip').innerText();
      if (!strip.includes('Co giật')) findings.push('the record does not say that it is open');
      await page.goto('/audit?action=compartment.break');
      const lines = await page.locator('main').innerText();
      if (!lines.includes('Co giật')) findings.push('the audit does not say why');
    });
    findings.push(...station.complaints());
    return findings;
  });
}
