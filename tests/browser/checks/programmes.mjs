// A programme at work: the register, a visit as last time, what cannot be, a correction, letting go; and that
// whoever has no compartment open finds no trace of what lies there.
import { Findings } from '../lib/report.mjs';
import { lookAt } from './pages.mjs';

const saved = (page, code) => page.waitForURL(`**done=${code}**`);
const main = page => page.innerText('main');

export async function programmes(report, station, { shots }) {
  await report.check('programmes: a visit, refused, warned, saved, corrected', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/programmes/hypertension?only=due');
    findings.push(...await lookAt(page, 'programme-due', shots));
    const patient = await page.getAttribute('main [data-open]', 'href');
    await page.goto(patient);
    findings.push(...await lookAt(page, 'programme-person', shots));
    await Promise.all([page.waitForURL('**/forms/hypertension_visit**last=1'), page.keyboard.press('l')]);
    findings.push(...await lookAt(page, 'programme-form', shots));
    findings.same('the first box has the focus', await page.evaluate(() => document.activeElement.id), 'a_sbp');

    // Reversed numbers: said at the box, nothing typed is lost.
    await page.fill('#a_sbp', '85');
    await page.fill('#a_dbp', '132');
    await page.fill('#a_note', 'Đo tay trái');
    await page.check('input[name=a_plan][value=continue]');
    await page.press('#a_sbp', 'Control+Enter');
    await page.waitForSelector('[data-errs]');
    findings.push(...await lookAt(page, 'programme-form-wrong', shots));
    findings.same('the note is still there', await page.inputValue('#a_note'), 'Đo tay trái');
    findings.that('the message stands at its box', (await page.innerText('.field:has(#a_dbp)')).includes('đảo hai số'));

    // Unusual, and the ambiguous dot: asked, then saved.
    await page.fill('#a_sbp', '185');
    await page.fill('#a_dbp', '112');
    await page.fill('#a_weight', '3.250');
    await page.check('input[name=a_signs][value=headache]');
    await page.press('#a_sbp', 'Control+Enter');
    await page.waitForSelector('.note.warn');
    findings.that('3.250 is read as kilograms', (await page.innerText('.note.warn')).includes('3,25'));
    findings.push(...await lookAt(page, 'programme-form-warned', shots));
    await page.fill('#a_weight', '52,5');
    await Promise.all([saved(page, 'entry'), page.click('.note.warn button')]);
    findings.that('what must be done is said', (await main(page)).includes('chuyển tuyến ngay'));
    findings.push(...await lookAt(page, 'programme-saved', shots));

    // The entry is corrected; the record tells both, and that one replaces the other.
    await Promise.all([page.waitForURL('**replaces=**'), page.click('tbody tr:first-child .acts a')]);
    findings.same('the answers stand in the boxes', await page.inputValue('#a_sbp'), '185');
    await page.fill('#a_sbp', '182');
    await page.press('#a_sbp', 'Control+Enter');
    await page.waitForSelector('.note.warn');
    await Promise.all([saved(page, 'entry'), page.click('.note.warn button')]);
    findings.that('the corrected number stands', (await page.innerText('tbody tr:first-child')).includes('182'));
    await page.goto(patient.replace('/programmes/hypertension', '?only=care'));
    findings.that('the record tells the correction', (await main(page)).includes('sửa phiếu trước'));

    // Letting go, without saying how: asked.
    await page.goto(`${patient}/leave`);
    await page.click('.form-end .btn.main');
    await page.waitForSelector('[data-errs]');
    await page.check('input[name=ending][value=referred]');
    await Promise.all([saved(page, 'left'), page.click('.form-end .btn.main')]);
    findings.that('taken in again is offered', await page.isVisible('a[href$="/enrol"]'));
    return findings;
  }));

  await report.check('programmes: without script', () => station.with('station_nurse', { javaScriptEnabled: false }, async page => {
    const findings = new Findings();
    await page.goto('/programmes/hypertension');
    await page.goto(await page.getAttribute('main [data-open] >> nth=3', 'href'));
    await page.click('.head a[href*="/forms/hypertension_visit"]');
    await page.fill('#a_sbp', '128');
    await page.fill('#a_dbp', '76');
    await page.check('input[name=a_plan][value=continue]');
    await page.click('.form-end .btn.main');
    findings.that('saved', page.url().includes('done=entry'));
    return findings;
  }));

  await report.check('programmes: a closed compartment leaves no trace', async () => {
    const findings = new Findings();
    let patient;
    await station.with('station_head', {}, async page => {
      await page.goto('/programmes');
      findings.that('the head sees tuberculosis', (await main(page)).includes('Lao'));
      await page.goto('/programmes/tuberculosis?only=');
      for (const to of ['tuberculosis', 'mental_health', 'hiv'].flatMap(code => [`${code}?only=`, `${code}?only=ended`])) {
        await page.goto(`/programmes/${to}`);
        const first = page.locator('main [data-open]');
        if (!patient && await first.count()) patient = await first.first().getAttribute('href');
      }
      findings.that('somebody is in a closed programme', !!patient);
    });
    await station.with('station_nurse', {}, async page => {
      await page.goto('/programmes');
      findings.that('no programme of it', !/\bLao\b|HIV|tâm thần|methadone/i.test(await main(page)));
      const record = patient.replace(/\/programmes.*/, '');
      for (const to of ['/programmes/tuberculosis', '/programmes/tuberculosis/register.xlsx', patient, `${patient}/enrol`, `${patient}/leave`, `${record}/forms/tb_visit`, '/indicators/LAO_BO?period=2026', '/indicators/LAO_BO/people?period=2026']) {
        const answer = await page.request.get(to);
        findings.same(to, answer.status(), 404);
      }
      for (const to of [record, `${record}?only=care&all=1`, `${record}/audit`, '/indicators?period=2026&chapter=all']) {
        await page.goto(to);
        // That every woman with child is offered a test tells of nobody.
        const said = (await main(page)).replace(/xét nghiệm[^.\n]*HIV|XN_HIV_MT|HIV, (viêm gan|HBV|giang mai)/gi, '');
        findings.that(`nothing of it on ${to.replace(record, 'the record')}`, !/\bLao\b(?! động)|lao phổi|Khám lao|HIV|methadone|tâm thần/i.test(said));
      }
    });
    return findings;
  });
}
