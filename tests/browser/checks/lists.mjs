// A population list from Excel: looked at first, saved once, every planted error named by row and field.
import { readFileSync } from 'node:fs';
import { Findings } from '../lib/report.mjs';
import { fillTemplate } from '../lib/sheet.mjs';
import { search } from '../lib/places.mjs';
import { lookAt } from './pages.mjs';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const COLUMNS = ['stt', 'household', 'relation', 'name', 'sex', 'born', 'citizen', 'old', 'card', 'from', 'to', 'ethnicity', 'occupation', 'village'];
const row = cells => COLUMNS.map(name => cells[name] ?? '');

const family = village => [
  { household: '9001', relation: 'Chủ hộ', name: 'Vàng Thử Nghiệm', sex: 'Nam', born: '05/03/1985', citizen: '015085009001', ethnicity: 'Tày', village },
  { household: '9001', relation: 'Vợ/chồng', name: 'Quách Thử Nghiệm', sex: 'Nữ', born: '16/07/1988', citizen: '015188009002', village },
  { household: '9001', relation: 'Con đẻ/con nuôi', name: 'Vàng Thử Nghiệm Út', sex: 'Nữ', born: '11/09/2026', village },
];

// What is wrong, and the field the program must name.
const PLANTED = [
  [{ name: 'Đinh Ngày Lạ', sex: 'Nam', born: '31/02/1990' }, 'Ngày sinh'],
  [{ name: 'Đinh Thiếu Số', sex: 'Nữ', born: '01/01/1990', citizen: '01519000001' }, 'Số CCCD/định danh'],
  [{ sex: 'Nam', born: '02/01/1990' }, 'Họ và tên'],
  [{ name: 'Đinh Không Giới', sex: 'khác lạ', born: '03/01/1990' }, 'Giới tính'],
  [{ name: 'Đinh Tương Lai', sex: 'Nam', born: '01/01/2031' }, 'Ngày sinh'],
  [{ name: 'Đinh Thôn Lạ', sex: 'Nam', born: '04/01/1990', village: 'thôn Không Có' }, 'Thôn, bản'],
];

async function upload(page, name, mimeType, buffer) {
  await page.goto('/import');
  await page.setInputFiles('#file', { name, mimeType, buffer });
  await Promise.all([page.waitForURL(/\/import\/\d+/), page.click('form[data-main] .btn.main')]);
}

// The four numbers above the rows: new, known, warnings, errors.
const counts = page => page.locator('.counts b').allTextContents().then(all => all.map(text => Number(text.replace('.', ''))));

export async function lists(report, station, { shots }) {
  let village;
  let template;
  await report.check('import: the template knows the villages of the station', () => station.with('station_nurse', {}, async page => {
    await page.goto('/households');
    village = (await page.locator('select[name=area] option').first().textContent()).trim();
    await page.goto('/import');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href="/import/template.xlsx?kind=population"]')]);
    template = readFileSync(await download.path());
    return station.complaints();
  }));

  await report.check('import: a good list is looked at, then saved', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await upload(page, 'dan-cu.xlsx', XLSX, fillTemplate(template, family(village).map(row)));
    const [fresh, known, , wrong] = await counts(page);
    findings.same('new, known, wrong', [fresh, known, wrong], [3, 0, 0]);
    findings.push(...await lookAt(page, 'import-check', shots));
    await page.goto('/people');
    findings.same('nothing is saved by looking', (await search(page, 'vang thu nghiem')).length, 0);
    await page.goBack();
    await page.goto('/import');
    await page.click('main table [data-open]');
    await Promise.all([page.waitForNavigation(), page.click('form[action$="/apply"] .btn.main')]);
    findings.that('it says what was saved', /3/.test(await page.locator('.note.ok').first().innerText()));
    findings.push(...await lookAt(page, 'import-result', shots));
    findings.same('found by name without accents', (await search(page, 'vang thu nghiem')).length, 2);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('import: the same list again adds nobody', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await upload(page, 'dan-cu.xlsx', XLSX, fillTemplate(template, family(village).map(row)));
    findings.that('it says that this very file was here before', (await page.innerText('main')).includes('Đúng tệp này đã được nhập'));
    const [fresh, known, , wrong] = await counts(page);
    findings.same('new, known, wrong', [fresh, known, wrong], [0, 3, 0]);
    await Promise.all([page.waitForNavigation(), page.click('form[action$="/apply"] .btn.main')]);
    findings.same('still the same people', (await search(page, 'vang thu nghiem')).length, 2);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('import: doses of the past are asked about, looked at, and stand on the card', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const heads = ['Họ và tên', 'Ngày sinh', 'Thôn', 'Tên vắc xin', 'Ngày tiêm', 'Mũi số'];
    const cells = [
      ['Vàng Thử Nghiệm Út', '11/09/2026', village, 'BCG (IVAC)', '12/09/2026', '1'],
      ['Vàng Không Hồ Sơ', '11/09/2026', village, 'BCG (IVAC)', '12/09/2026', '1'],
    ];
    const csv = `\ufeff${[heads, ...cells].map(line => line.join(';')).join('\r\n')}\r\n`;
    await upload(page, 'mui-tiem.csv', 'text/csv', Buffer.from(csv));
    findings.that('nobody can tell day from month, so it is asked', page.url().endsWith('/columns') && await page.locator('#days').count() === 1);
    findings.push(...await lookAt(page, 'import-days', shots));
    await page.selectOption('#days', 'dmy');
    await Promise.all([page.waitForURL(/\/import\/\d+$/), page.click('form[data-main] .btn.main')]);
    const [fresh, known, , wrong] = await counts(page);
    findings.same('new, known, wrong', [fresh, known, wrong], [1, 0, 1]);
    findings.push(...await lookAt(page, 'import-doses', shots));
    await Promise.all([page.waitForNavigation(), page.click('form[action$="/apply"] .btn.main')]);
    findings.that('it says how many doses were saved', /1 mũi tiêm mới/.test(await page.innerText('main')));
    findings.push(...await lookAt(page, 'import-doses-result', shots), ...station.complaints());
    return findings;
  }));

  await report.check('import: a workbook in an old font is shown before and after', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const csv = `\ufeffHä vµ tªn;Giíi tÝnh;N¨m sinh;Th«n\r\nNguyÔn V¨n Phông;Nam;1960;${village}\r\n`;
    await upload(page, 'phong-cu.csv', 'text/csv', Buffer.from(csv));
    findings.that('the columns are shown first', page.url().endsWith('/columns'));
    findings.that('before and after stand side by side', (await page.innerText('main')).includes('NguyÔn V¨n Phông → Nguyễn Văn Phụng'));
    findings.push(...await lookAt(page, 'import-old-font', shots), ...station.complaints());
    return findings;
  }));

  await report.check('import: each planted error is named by row and field', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    const heads = ['Họ và tên', 'Giới tính', 'Ngày sinh', 'Số CCCD/định danh', 'Thôn/bản/tổ'];
    const cells = PLANTED.map(([cells]) => [cells.name, cells.sex, cells.born, cells.citizen, cells.village ?? village].map(text => text ?? ''));
    const csv = `\ufeff${[heads, ...cells, ['Đinh Không Lỗi', 'Nam', '05/01/1990', '', village]].map(line => line.join(';')).join('\r\n')}\r\n`;
    await upload(page, 'co-loi.csv', 'text/csv', Buffer.from(csv));
    if (page.url().endsWith('/columns')) {
      findings.push(...await lookAt(page, 'import-columns', shots));
      await Promise.all([page.waitForURL(/\/import\/\d+$/), page.click('form[data-main] .btn.main')]);
    }
    const said = await page.$$eval('main table tbody tr', rows => rows.map(row => [...row.children].map(cell => cell.innerText.trim())));
    PLANTED.forEach(([, field], at) => {
      findings.that(`row ${at + 2} is not reported for ${field}: ${JSON.stringify(said)}`, said.some(([level, line, name]) => /Lỗi/.test(level) && Number(line) === at + 2 && name === field));
    });
    const [fresh, , , wrong] = await counts(page);
    findings.same('new, wrong', [fresh, wrong], [1, PLANTED.length]);
    findings.push(...await lookAt(page, 'import-errors', shots));
    await Promise.all([page.waitForURL('**/import'), page.click('button[formaction$="/drop"]')]);
    findings.same('dropping the list saves nobody', (await search(page, 'dinh khong loi')).length, 0);
    findings.push(...station.complaints());
    return findings;
  }));

  await report.check('import: what is not a list is refused in words', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/import');
    await page.setInputFiles('#file', { name: 'anh.xlsx', mimeType: XLSX, buffer: Buffer.from('%PDF-1.7 không phải bảng tính') });
    await Promise.all([page.waitForNavigation(), page.click('form[data-main] .btn.main')]);
    findings.that('the page says PDF', /PDF/.test(await page.locator('.errs').innerText()));
    findings.push(...await lookAt(page, 'import-refused', shots), ...station.complaints());
    return findings;
  }));
}
