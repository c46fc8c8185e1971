// Keys as a person presses them, counted; and text as Unikey sends it.
const MARKS = /[\u0300-\u036f]/g;

// Telex: a letter is one key, each mark on it one more, đ two, a capital one more.
export function telexKeys(text) {
  return [...text].reduce((n, letter) => {
    const bare = letter.normalize('NFD');
    const marks = (bare.match(MARKS) ?? []).length;
    const isCapital = letter !== letter.toLowerCase() && /\p{Lu}/u.test(letter);
    return n + 1 + marks + (/đ/i.test(letter) ? 1 : 0) + (isCapital ? 1 : 0);
  }, 0);
}

export class Fingers {
  constructor(page) { this.page = page; this.keys = 0; }

  // One press, whatever is held with it.
  async press(...keys) { for (const key of keys) { this.keys++; await this.page.keyboard.press(key); } }

  async type(text) { this.keys += telexKeys(text); await this.page.keyboard.insertText(text); }

  // A press that leads to another page.
  async go(key, to) {
    await Promise.all([this.page.waitForURL(to), this.press(key)]);
    await this.page.waitForLoadState();
    // Nobody types before the caret is there.
    await this.page.waitForFunction(() => {
      const first = document.querySelector('main [autofocus]');
      return !first || document.activeElement !== document.body;
    });
  }

  // Tab to a field, as often as it takes.
  async tabTo(selector, most = 40) {
    for (let n = 0; n < most; n++) {
      if (await this.page.evaluate(s => document.activeElement?.matches(s), selector)) return;
      await this.press('Tab');
    }
    throw new Error(`Tab does not come to ${selector}`);
  }
}

// The first entry of a list searched by typing, by arrows alone: answers how many keys that took.
export async function firstOf(page, name) {
  const press = key => page.keyboard.press(key);
  await press('ArrowDown');
  await page.waitForSelector(`x-combo:has([name="${name}"]) [role=option]`);
  await press('ArrowDown');
  await press('Enter');
  return 3;
}

const word = { telex: { '\u0301': 's', '\u0300': 'f', '\u0309': 'r', '\u0303': 'x', '\u0323': 'j' }, vni: { '\u0301': '1', '\u0300': '2', '\u0309': '3', '\u0303': '4', '\u0323': '5' } };
const shape = { telex: { '\u0302': null, '\u0306': 'w', '\u031b': 'w' }, vni: { '\u0302': '6', '\u0306': '8', '\u031b': '7' } };

// Unikey has no composition: a letter goes in as a key; the key of a mark is swallowed, and what stands in the
// box is replaced by Backspaces and the text with the mark.
export async function unikey(page, text, method) {
  let bare = '';
  const put = async (from, to) => {
    let same = 0;
    while (same < from.length && from[same] === to[same]) same++;
    for (let n = from.length; n > same; n--) await page.keyboard.press('Backspace');
    if (to.length > same) await page.keyboard.insertText(to.slice(same));
  };
  for (const piece of text.split(/(\s+)/)) {
    if (/^\s*$/.test(piece)) { for (const c of piece) await page.keyboard.press(c === ' ' ? 'Space' : c); continue; }
    bare = '';
    let tone = '';
    for (const letter of piece) {
      const [base, ...marks] = [...letter.normalize('NFD')];
      const plain = /đ/i.test(base) ? (base === 'đ' ? 'd' : 'D') : base;
      await page.keyboard.insertText(plain);
      let now = bare + plain;
      if (/đ/i.test(base)) { await put(now, bare + base); now = bare + base; }
      for (const mark of marks) {
        if (mark in word[method]) { tone = mark; continue; }
        if (!(mark in shape[method])) continue;
        const to = bare + (base + mark).normalize('NFC');
        await put(now, to);
        now = to;
      }
      bare = now;
    }
    // The tone comes last, as many type it: the whole word behind the vowel is written again.
    if (tone) await put(bare, piece);
  }
}
