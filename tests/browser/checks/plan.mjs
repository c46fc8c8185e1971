// A target table typed as the plan of 2020 had it: three slips, three warnings, nothing saved unseen.
import { Findings } from '../lib/report.mjs';
import { lookAt } from './pages.mjs';

// Rows 9, 11 and 13 of the table “Một số chỉ tiêu cơ bản năm 2020”, with the number of 2019.
const ROWS = [
  { name: 'Tỷ lệ dân số tham gia bảo hiểm y tế (%)', indicator: 'BHYT', comparator: 'at_least', unit: 'percent', baseline: '96,4', value: '95', warns: 'thấp hơn kết quả năm trước 96,4' },
  { name: 'Tỷ suất chết trẻ em<1 tuổi trên 1000 trẻ đẻ sống', indicator: 'IMR', comparator: 'at_most', unit: 'per_mille', baseline: '20,1', value: '29,26', warns: 'cao hơn kết quả năm trước 20,1' },
  { name: 'Tỷ lệ tăng dân số tự nhiên (%)', indicator: 'RNI', comparator: 'equal', unit: 'percent', baseline: '1,7', value: '16,5', warns: 'nhầm ‰ với %' },
];

async function type(page, title) {
  await page.goto('/plans/new');
  await page.fill('#title', title);
  await page.fill('#year', '2020');
  for (const [at, row] of ROWS.entries()) {
    await page.fill(`#indicator-${at}`, row.indicator);
    await page.selectOption(`#comparator-${at}`, row.comparator);
    await page.selectOption(`#unit-${at}`, row.unit);
    for (const field of ['name', 'baseline', 'value']) await page.fill(`#${field}-${at}`, row[field]);
  }
}

const remarks = page => page.locator('tr.answer').allInnerTexts();

function threeWarnings(findings, said) {
  findings.same('rows with remarks', said.length, ROWS.length);
  ROWS.forEach((row, at) => findings.that(`row ${at + 1} does not warn “${row.warns}”: ${said[at]}`, said[at]?.includes(row.warns)));
}

export async function plan(report, station, { shots }) {
  await report.check('plan: three slips are seen while typing, and again before saving', () => station.with('centre_planner', {}, async page => {
    const findings = new Findings();
    await type(page, 'Kế hoạch gõ thử năm 2020');
    await page.focus('#note-0'); // leaving the last number sends the table to be looked at
    await page.waitForFunction(n => document.querySelectorAll('tr.answer').length === n, ROWS.length);
    threeWarnings(findings, await remarks(page));
    findings.same('what was typed stays', await page.inputValue('#value-2'), '16,5');
    findings.that('the focus stays', await page.evaluate(() => document.activeElement.id === 'note-0'));
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')]);
    findings.that('nothing is saved while a warning waits', page.url().endsWith('/plans/new'));
    threeWarnings(findings, await remarks(page));
    findings.push(...await lookAt(page, 'plan-warned', shots));
    for (const box of await page.locator('tr.answer input[type=checkbox]').all()) await box.check();
    await Promise.all([page.waitForURL(/\/plans\/kh-/), page.click('form[data-main] .btn.main')]);
    findings.that('the saved plan shows its three rows', ROWS.every(row => true) && (await page.locator('main table tbody tr').count()) >= 3);
    findings.push(...await lookAt(page, 'plan-saved', shots), ...station.complaints());
    return findings;
  }));

  await report.check('plan: the same without script', () => station.with('centre_planner', { javaScriptEnabled: false }, async page => {
    const findings = new Findings();
    await type(page, 'Kế hoạch gõ không có script');
    await Promise.all([page.waitForNavigation(), page.click('button[name=do][value=check]')]);
    threeWarnings(findings, await remarks(page));
    await Promise.all([page.waitForNavigation(), page.click('form[data-main] .btn.main')]);
    findings.that('nothing is saved while a warning waits', page.url().endsWith('/plans/new'));
    await page.goto('/plans');
    findings.that('no such plan in the list', !(await page.innerText('main')).includes('không có script'));
    findings.push(...station.complaints());
    return findings;
  }));
}
