// English: the words of every page are English. What stays Vietnamese is data: names of people, places, units,
// roles, entries of lists and of the definitions.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Findings } from '../lib/report.mjs';
import { findOwn, findPeople, placesOf } from '../lib/places.mjs';

const VIETNAMESE = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;

// Runs in the page: the words the program itself says, those of labels, headings, buttons, hints.
function said(letters) {
  const vietnamese = new RegExp(letters, 'i');
  const own = 'main h1, main h2, main label, main legend, main th[scope=col], main .btn, main .hint, main .empty, main .note > div > p, .menu a, .foot, .pop summary + div li, main .mute.sm, main .tabs a, main dt';
  return [...document.querySelectorAll(own)].flatMap(element => {
    if (!element.getClientRects().length) return [];
    const text = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.textContent).join(' ').replace(/\s+/g, ' ').trim();
    return vietnamese.test(text) ? [`${element.tagName.toLowerCase()} “${text}”`] : [];
  });
}

// Names that are shown as they are: of this program, units, villages, people; what a station called its fridge.
const NAMES = [
  /(Trạm Y tế|Trung tâm Y tế|Trung tâm Kiểm soát|Ủy ban nhân dân|UBND|Sở Y tế|Hộ )[^.;:()]*/gu,
  /\b(thôn|bản|tổ|khu|xã|phường|tỉnh) (\p{Lu}\p{L}*|\d+)( \p{Lu}\p{L}*)*/gu,
  /\p{Lu}\p{L}*( \p{Lu}\p{L}*)+/gu, /Trạm|Tiếng Việt|Tết|Tủ lạnh vắc xin/gu, /năm \d{4}( \(dự kiến\))?/gu,
];

// Entries of lists and definitions, the longest first: they are shown in the language of the law.
function definitions(root) {
  const files = ['definitions', 'examples/plans'].flatMap(folder => readdirSync(join(root, folder), { recursive: true })
    .filter(name => /\.(csv|toml)$/.test(name)).map(name => join(root, folder, name)));
  const texts = files.flatMap(name => {
    const text = readFileSync(name, 'utf8').replaceAll('\\"', '”');
    return name.endsWith('.csv') ? text.split(/[\n,;]/) : [...text.matchAll(/"([^"]+)"/g)].map(found => found[1]);
  });
  const short = [...texts, ...texts.flatMap(text => [text, ...text.split(/ [(–] ?|\. |, /)]).map(text => text.replace(/[")]/g, '').trim())];
  return [...new Set(short)].filter(text => text.length > 2 && VIETNAMESE.test(text)).sort((x, y) => y.length - x.length);
}

export async function english(report, station, { root, shots }) {
  const entries = definitions(root);
  const named = text => NAMES.reduce((left, name) => left.replace(name, ''), text);
  const listed = text => entries.reduce((left, entry) => left.replaceAll(entry, ''), text);
  // A name may hold an entry, and an entry a name: either way round may take the whole of it.
  const isVietnamese = text => [named(listed(text)), listed(named(text))].every(left => VIETNAMESE.test(left));
  for (const role of ['station_nurse', 'centre_planner', 'admin']) {
    await report.check(`english: ${role} reads no Vietnamese but data`, () => station.with(role, { locale: 'en-US' }, async page => {
      const findings = new Findings();
      const people = role === 'station_nurse' ? await findPeople(page) : {};
      const own = { ...people, ...await findOwn(page) };
      await page.goto('/account');
      const form = { csrf: await page.locator('[name=csrf]').first().inputValue(), language: 'en', back: '/' };
      const headers = { origin: station.demo.url };
      await page.request.post('/language', { form, headers });
      try {
        for (const [, address] of placesOf(role, own)) {
          await page.goto(address);
          findings.same(`${address}: language of the page`, await page.getAttribute('html', 'lang'), 'en');
          const found = (await page.evaluate(said, VIETNAMESE.source)).filter(isVietnamese);
          findings.push(...[...new Set(found)].map(text => `${address}: ${text.slice(0, 160)}`));
          if (shots) {
            mkdirSync(shots, { recursive: true });
            await page.screenshot({ path: join(shots, `en-${role}${address.replace(/(ng|ho|kh|dv|lo|tl|nd)-[0-9a-f.]+/g, 'x').replace(/[^\w-]+/g, '-')}.png`), fullPage: true });
          }
        }
      } finally {
        await page.request.post('/language', { form: { ...form, language: 'vi' }, headers });
      }
      findings.push(...station.complaints());
      return findings;
    }));
  }
}
