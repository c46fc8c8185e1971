// Another language, or larger letters: every word of the program two fifths longer, and still nothing is cut off
// or pushed off the page.
import { geometry } from '../lib/audit.mjs';
import { Findings } from '../lib/report.mjs';
import { findOwn, findPeople, placesOf } from '../lib/places.mjs';

// Runs in the page: lengthens what the program says, word by word.
function lengthen() {
  const own = 'h1, h2, h3, label, legend, th, .btn, button, .hint, .note p, .menu a, .foot, .tabs a, dt, .mute, .sub, .msg span, option, summary, .crumbs a';
  for (const element of document.querySelectorAll(own)) {
    for (const node of element.childNodes) {
      if (node.nodeType !== 3 || !node.textContent.trim()) continue;
      node.textContent = node.textContent.replace(/\p{L}+/gu, word => word + 'ươ'.repeat(Math.ceil(word.length * 0.2)));
    }
  }
}

export async function longer(report, station) {
  for (const role of ['station_nurse', 'station_head', 'centre_planner', 'admin']) {
    await report.check(`longer: ${role}, words two fifths longer fit`, () => station.with(role, {}, async page => {
      const findings = new Findings();
      const people = role === 'station_nurse' ? await findPeople(page) : {};
      const seen = new Set();
      for (const [, address] of placesOf(role, { ...people, ...await findOwn(page) })) {
        if (seen.has(address)) continue;
        seen.add(address);
        await page.goto(address);
        await page.evaluate(lengthen);
        for (const width of [360, 1366]) {
          await page.setViewportSize({ width, height: 768 });
          const found = (await geometry(page)).filter(text => /sideways|cut off/.test(text));
          findings.push(...found.map(text => `${address} at ${width}: ${text}`));
        }
      }
      findings.push(...station.complaints());
      return findings;
    }));
  }
}
