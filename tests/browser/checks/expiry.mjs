// A session that ends in the middle of a form: sign in again, and what was typed is still there.
import { Findings } from '../lib/report.mjs';
import { lookAt } from './pages.mjs';

async function again(page, station, role = 'station_nurse') {
  const { user, password } = station.login(role);
  await page.fill('#user', user);
  await page.fill('#password', password);
  await page.press('#password', 'Enter');
}

export async function expiry(report, station, { shots }) {
  await report.check('expiry: a typed form comes back after signing in', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/people/new');
    await page.fill('input[name=name]', 'Lò Thị Gõ Dở');
    await page.context().clearCookies();
    await Promise.all([page.waitForNavigation(), page.click('form[data-main] .btn.main')]);
    findings.that('asked to sign in', await page.isVisible('#password'));
    await again(page, station);
    await page.waitForSelector('form[data-main] input[name=name]', { state: 'attached' });
    findings.that('it is not saved yet', (await page.innerText('main')).includes('chưa được lưu'));
    findings.push(...await lookAt(page, 'resume', shots));
    await page.setViewportSize({ width: 1366, height: 768 });
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    findings.same('sent on to the form', new URL(page.url()).pathname, '/people/new');
    findings.same('what was typed', await page.inputValue('input[name=name]'), 'Lò Thị Gõ Dở');
    findings.that('what is missing is said', await page.isVisible('.errs'));
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('expiry: a form goes on without script, and not in the name of somebody else', () => station.with('station_nurse', { javaScriptEnabled: false }, async page => {
    const findings = new Findings();
    for (const role of ['station_nurse', 'station_head']) {
      await page.context().clearCookies();
      await page.goto('/sign-in');
      await again(page, station);
      await page.waitForURL(url => url.pathname === '/');
      await page.goto('/people/new');
      await page.fill('input[name=name]', 'Lò Thị Không Kịch Bản');
      await page.context().clearCookies();
      await Promise.all([page.waitForNavigation(), page.click('form[data-main] .btn.main')]);
      await again(page, station, role);
      await page.waitForLoadState();
      const body = await page.content();
      findings.same(`${role} gets the form`, body.includes('Không Kịch Bản'), role === 'station_nurse');
    }
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('expiry: a link leads on after signing in', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.context().clearCookies();
    await page.goto('/indicators/TCDD?period=2026-11');
    await Promise.all([page.waitForURL('**/indicators/TCDD?period=2026-11'), again(page, station)]);
    await page.waitForSelector('.menu');
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('expiry: a row of a session leads to signing in and back to the session', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/session');
    const address = page.url();
    const row = page.locator('[data-session] [data-child]:not([data-done])').last();
    const id = await row.getAttribute('id');
    const rows = await page.locator('[data-session] [data-child]').count();
    await row.locator('[data-first]').fill('36,6');
    await page.context().clearCookies();
    await row.locator('[data-first]').press('Enter');
    await page.waitForSelector('#password');
    findings.same('no sign-in page inside the table', await page.locator('table #password').count(), 0);
    await Promise.all([page.waitForSelector('[data-session]'), again(page, station)]);
    findings.same('the same session', page.url(), address);
    findings.same('rows', await page.locator('[data-session] [data-child]').count(), rows);
    findings.that('the child is not saved', await page.locator(`#${id} [data-first]`).isVisible());
    findings.push(...station.complaints());
    return findings;
  }));
}
