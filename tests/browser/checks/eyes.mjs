// The checks themselves are tried: a planted fault of each kind must be seen.
import { axe, geometry } from '../lib/audit.mjs';
import { Findings } from '../lib/report.mjs';

export async function eyes(report, station) {
  await report.check('eyes: planted faults are seen', () => station.with('station_nurse', {}, async page => {
    const findings = new Findings();
    await page.goto('/');
    const plant = html => page.evaluate(html => document.querySelector('main').insertAdjacentHTML('beforeend', html), html);
    await plant('<img src="/assets/none.png"><p>menu-today</p><div id="wide"></div><a id="low" class="btn" href="/">x</a>');
    await page.evaluate(() => {
      Object.assign(document.querySelector('#wide').style, { width: '4000px', height: '1px' });
      Object.assign(document.querySelector('#low').style, { height: '10px', minHeight: '0', padding: '0' });
    });
    const seen = [...await axe(page), ...await geometry(page)].join('\n');
    for (const fault of ['axe image-alt', 'codes instead of words: menu-today', 'scrolls sideways', 'too small to hit']) {
      findings.that(`not seen: ${fault}`, seen.includes(fault));
    }
    await page.evaluate(() => document.body.setAttribute('onclick', 'void 0'));
    await page.evaluate(() => { const script = document.createElement('script'); script.textContent = 'window.planted = 1'; document.body.append(script); });
    findings.that('an inline script ran', !(await page.evaluate(() => window.planted)));
    await page.goto('http://127.0.0.1:9/').catch(() => {}); // nobody answers there
    const heard = station.complaints().join('\n');
    for (const fault of ['Content Security Policy', 'a request left this server']) {
      findings.that(`not heard: ${fault}`, heard.includes(fault));
    }
    return findings;
  }));
}
