// English: the words of every page are English. What stays Vietnamese is data: names of people, places, units,
// roles, entries of lists and of the definitions.
import { mkdirSync } from 'node:fs';
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
    return vietnamese.test(text) ? [`${element.tagName.toLowerCase()} “${text.slice(0, 70)}”`] : [];
  });
}

// Names that are shown as they are.
const DATA = /(Trạm|Tiếng Việt|Tết|thôn|bản|tổ |xã |UBND|Hộ |TTYT|Trung tâm|Sở |[A-ZĐÀ-Ỹ][\p{L}]*( [A-ZĐÀ-Ỹ][\p{L}]*)+)/u;

export async function english(report, station, { shots }) {
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
          const found = (await page.evaluate(said, VIETNAMESE.source)).filter(text => !DATA.test(text));
          findings.push(...[...new Set(found)].map(text => `${address}: ${text}`));
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
