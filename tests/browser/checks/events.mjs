// What is written later about a reaction or a fridge: a form that cannot be saved keeps every word.
import { Findings } from '../lib/report.mjs';
import { lookAt } from './pages.mjs';

const TOLD = 'Bé đã hết sốt, ăn ngủ tốt';
const SHAKEN = 'Lắc thử, chưa đông băng';

export async function events(report, station, { shots }) {
  await report.check('events: the follow-up of a reaction keeps what was typed', () => station.with('station_head', {}, async page => {
    const findings = new Findings();
    await page.goto('/aefi');
    await Promise.all([page.waitForURL('**/aefi/*'), page.locator('main table a[href*="/aefi/"]').first().click()]);
    await page.fill('#follow_on', '31/02/2026');
    await page.fill('#follow_told', TOLD);
    await page.click('form[action$="/follow"] button');
    await page.waitForSelector('[data-errs]');
    findings.same('the note', await page.inputValue('#follow_told'), TOLD);
    findings.same('the day', await page.inputValue('#follow_on'), '31/02/2026');
    findings.push(...await lookAt(page, 'events-reaction-wrong', shots));
    await page.fill('#follow_on', '20/11/2026');
    await Promise.all([page.waitForURL('**done=aefi-followed'), page.click('form[action$="/follow"] button')]);
    findings.that('the note stands on the page', (await page.innerText('main')).includes(TOLD));
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('events: an incident of a fridge, and a decision that was not chosen', () => station.with('station_head', {}, async page => {
    const findings = new Findings();
    await page.goto('/cold');
    await page.locator('main section a[href^="/cold/"]', { hasText: 'Sự cố' }).first().click();
    await Promise.all([page.waitForURL('**/incident'), page.click('a[href$="/incident"]')]);
    await page.fill('#told', 'Mất điện từ đêm');
    await page.fill('#highest', '11,5');
    await Promise.all([page.waitForURL('**done=cold-incident'), page.click('form[data-main] .btn.main')]);
    const note = page.locator('[id^=decision_told]').last();
    await note.fill(SHAKEN);
    await page.locator('form[action$="/decision"] button').last().click();
    await page.waitForSelector('[data-errs]');
    findings.same('the note', await page.locator('[id^=decision_told]').last().inputValue(), SHAKEN);
    findings.push(...await lookAt(page, 'events-fridge-wrong', shots));
    await page.locator('select[id^=decision-]').last().selectOption({ index: 1 });
    await Promise.all([page.waitForURL('**done=cold-decided'), page.locator('form[action$="/decision"] button').last().click()]);
    findings.that('the note stands on the page', (await page.innerText('main')).includes(SHAKEN));
    findings.push(...station.complaints());
    return findings;
  }));
}
