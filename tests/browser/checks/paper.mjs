// The worklist on paper: A4, every column whole, the heading on each sheet.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocumentProxy } from 'unpdf';
import { Findings } from '../lib/report.mjs';
import { search } from '../lib/places.mjs';

const A4 = { width: 595.3, height: 841.9 };
const plain = text => text.normalize('NFC').replace(/\s+/g, ' ').trim();

// The sheets of a PDF: size, text, and how far to the right anything stands.
async function sheets(bytes) {
  const file = await getDocumentProxy(new Uint8Array(bytes));
  const all = [];
  for (let at = 1; at <= file.numPages; at++) {
    const page = await file.getPage(at);
    const { width, height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    all.push({ width, height, text: plain(items.map(item => item.str).join(' ')), right: Math.max(...items.filter(item => item.str.trim()).map(item => item.transform[4] + item.width)) });
  }
  return all;
}

export async function paper(report, station, { shots }) {
  const prints = [
    ['worklist', 'station_nurse', '/?all=1', ['Hạn', 'Họ và tên', 'Tuổi', 'Việc cần làm', 'Mẹ hoặc người chăm sóc']],
    ['households', 'station_nurse', '/households', ['Số hộ', 'Chủ hộ', 'Số người']],
    ['indicators', 'centre_planner', '/indicators?period=2026-11&chapter=all', ['Chỉ tiêu', 'Giá trị', 'Nhận xét'], 'Việc gợi ý'],
    ['behind-number', 'station_nurse', '/indicators/TCDD/people?period=2026-11&side=numerator', ['Họ và tên', 'Ngày sinh', 'Thôn, bản']],
  ];
  for (const [name, role, address, columns, follows] of prints) {
    await report.check(`paper: ${name} on A4`, () => station.with(role, {}, async page => {
      const findings = new Findings();
      await page.goto(address);
      const names = await page.locator('main table tbody tr th').allInnerTexts();
      const bytes = await page.pdf({ preferCSSPageSize: true });
      if (shots) {
        mkdirSync(shots, { recursive: true });
        writeFileSync(join(shots, `paper-${name}.pdf`), bytes);
      }
      const found = await sheets(bytes);
      found.forEach((sheet, at) => {
        const [short, long] = [Math.min(sheet.width, sheet.height), Math.max(sheet.width, sheet.height)];
        findings.that(`sheet ${at + 1} is not A4: ${sheet.width} × ${sheet.height}`, Math.abs(short - A4.width) < 2 && Math.abs(long - A4.height) < 2);
        findings.that(`sheet ${at + 1}: text reaches ${sheet.right.toFixed(0)} of ${sheet.width.toFixed(0)} points`, sheet.right <= sheet.width - 20);
        // The last sheets may hold only what follows the table: another one, with a heading of its own.
        const rows = !(follows && sheet.text.includes(follows)) && names.some(text => text && sheet.text.includes(plain(text).split(' · ')[0]));
        for (const column of rows ? columns : []) findings.that(`sheet ${at + 1} has no heading “${column}”: ${sheet.text.slice(0, 120)}`, sheet.text.includes(column));
      });
      const all = plain(found.map(sheet => sheet.text).join(' '));
      const lost = names.map(text => plain(text.split('\n')[0])).filter(text => text && !all.includes(text));
      findings.that(`not on paper: ${lost.slice(0, 5).join('; ')}`, lost.length === 0);
      findings.that('the bar and the menu stay on the screen', !all.includes('Đăng xuất') && !all.includes('Phím tắt'));
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width: 692, height: 1000 }); // what the margins leave of A4, in CSS pixels
      const cut = await page.$$eval('main table :is(th, td)', cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth > 0).map(cell => cell.innerText.slice(0, 30)));
      findings.same('cells with cut text', cut.slice(0, 5), []);
      findings.push(...station.complaints());
      return findings;
    }));
  }

  // Every list: whose it is, what it is, when and by whom it was printed; numbered sheets; no menu.
  const lists = {
    station_nurse: ['/people/found', '/quality', '/stock', '/stock?all=1', '/stock/month?period=2026-10', '/cold', '/aefi', '/session', '/plans', '/units', '/definitions', '/calendar?year=2026', '/import'],
    station_head: ['/users', '/audit'],
  };
  for (const [role, addresses] of Object.entries(lists)) {
    await report.check(`paper: ${role}, every list says whose it is and who printed it`, () => station.with(role, {}, async page => {
      const findings = new Findings();
      if (role === 'station_nurse') await search(page, 'hoang thi');
      for (const address of addresses) {
        await page.goto(address);
        const who = (await page.locator('.pop.end div b').first().textContent()).trim();
        const unit = (await page.locator('.pop.at summary').first().textContent()).trim();
        const found = await sheets(await page.pdf({ preferCSSPageSize: true }));
        const all = plain(found.map(sheet => sheet.text).join(' '));
        for (const [what, text] of [['the unit', unit], ['who printed it', who], ['the day', '2026']]) findings.that(`${address}: ${what} is not on paper: ${all.slice(0, 160)}`, all.includes(plain(text)));
        findings.that(`${address}: the menu is on paper`, !all.includes('Đăng xuất') && !all.includes('Phím tắt'));
        found.forEach((sheet, at) => findings.that(`${address}: sheet ${at + 1} reaches ${sheet.right.toFixed(0)} of ${sheet.width.toFixed(0)} points`, sheet.right <= sheet.width - 20));
      }
      findings.push(...station.complaints());
      return findings;
    }));
  }
}
