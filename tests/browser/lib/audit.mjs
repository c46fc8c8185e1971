// What a page must satisfy at any width: axe, no sideways scroll, buttons that fit, targets a thumb can hit.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// axe as it stands now, whatever is open. Evaluated by the debugger, so the content policy stays in force.
// `within`: what lies over the page for a moment is looked at without what it covers.
export async function axe(page, within = 'html') {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const found = await page.evaluate(([tags, within]) => window.axe.run(document.querySelector(within), {
    runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
  }).then(result => result.violations.map(v => [v.id, v.nodes.length, v.help, v.nodes[0].html])), [TAGS, within]);
  return found.map(([id, n, help, html]) => `axe ${id} (${n}): ${help}: ${html.slice(0, 160)}`);
}

// Runs in the page.
function measure(phone) {
  const out = [];
  const root = document.documentElement;
  const shown = e => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden' && !e.closest('.vh, .skip, dialog:not([open])');
  const named = e => `${e.tagName.toLowerCase()} “${(e.textContent.trim() || e.getAttribute('aria-label') || e.name || '').replace(/\s+/g, ' ').slice(0, 40)}”`;
  if (root.lang !== 'vi') out.push(`the page says its language is “${root.lang}”`);
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll('*')].filter(e => shown(e) && !e.parentElement.closest('.scroll') && e.getBoundingClientRect().right > root.clientWidth + 1);
    out.push(`the page scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}: ${wide.slice(0, 3).map(named).join(', ')}`);
  }
  if (!phone) {
    for (const box of document.querySelectorAll('.scroll')) {
      if (shown(box) && root.clientWidth > 1300 && box.scrollWidth > box.clientWidth + 1) out.push(`a table is wider than the desk: ${box.getAttribute('aria-label')}, ${box.scrollWidth} > ${box.clientWidth}`);
    }
  }
  for (const button of document.querySelectorAll('.btn, .pop > summary')) {
    if (shown(button) && !button.matches('.at > *') && button.scrollWidth > button.clientWidth + 1) out.push(`cut off: ${named(button)}`);
  }
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!shown(e)) continue;
    const box = /^(checkbox|radio)$/.test(e.type) ? e.closest('label') ?? e : e;
    const inText = e.tagName === 'A' && getComputedStyle(e).display === 'inline';
    const { width, height } = box.getBoundingClientRect();
    const least = phone ? 43.5 : 23.5;
    if (!inText && height < least) out.push(`too small to hit: ${named(e)} is ${Math.round(width)}×${Math.round(height)}`);
  }
  // A sentence nobody wrote shows as its code.
  // Words of the growth standards look like codes and are none.
  const own = /^(z-score|[a-z]+-for-[a-z]+)$/;
  const codes = document.body.innerText.split(/\s+/).filter(word => /^[a-z]+(-[a-z0-9]+)+$/.test(word) && !own.test(word));
  if (codes.length) out.push(`codes instead of words: ${[...new Set(codes)].slice(0, 5).join(' ')}`);
  return [...new Set(out)];
}

export const geometry = page => page.evaluate(measure, page.viewportSize().width < 700);
