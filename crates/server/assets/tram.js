// Trạm in the browser: keys, list rows, drafts, double-submit guard, session entry, combobox.
// No dependency, no eval, no inline style. Every page works without this file.
(() => {
  'use strict';

  // Words. The server may replace any of them: <body data-words='{"sending":"Saving…"}'>.
  const W = {
    sending: 'Đang lưu…',
    slow: 'Chưa thấy máy chủ trả lời. Có thể bấm lưu lại: không bị ghi trùng.',
    draft: 'Bản nháp lúc',
    draftOld: 'Hồ sơ đã được sửa sau khi gõ bản nháp này; cần xem lại trước khi lưu.',
    take: 'Dùng lại', drop: 'Bỏ', kept: 'Đã giữ nháp lúc',
    lost: 'Phiên làm việc đã hết. Nội dung đang gõ còn trên trang này: bấm lưu để đăng nhập lại rồi lưu tiếp.',
    found: 'kết quả', none: 'Không có kết quả. Thử gõ ít chữ hơn.', pick: 'Chưa chọn trong danh sách.',
    offline: 'Chưa tải được danh sách; vẫn có thể gõ đủ tên rồi lưu.',
    range: 'ngoài khoảng cho phép tiêm; chọn lại kết luận hoặc đo lại.',
    fail: 'Chưa gửi được. Bấm Enter để gửi lại; không bị ghi trùng.', saved: 'Đã ghi',
    keysOff: 'Đã tắt phím tắt một chữ.', keysOn: 'Đã bật phím tắt một chữ.',
  };
  try { Object.assign(W, JSON.parse(document.body.dataset.words || '{}')); } catch { /* keep the defaults */ }

  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const on = (type, fn, capture) => document.addEventListener(type, fn, capture);
  const make = (tag, props, ...kids) => { const e = Object.assign(document.createElement(tag), props); e.append(...kids); return e; };
  // Same folding as the server: marks dropped, đ → d, lower case.
  const fold = s => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase().trim();
  const composing = e => e.isComposing || e.keyCode === 229;
  const BOX = 'input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=file])';
  const FIND = '.find input[type=search]';
  const typing = el => !!el && (el.isContentEditable || el.matches(`${BOX}, textarea, select`));
  // The main button, wherever it stands: the first one of a form may only add lines.
  const submitter = f => { const all = [...f.elements].filter(b => b.type === 'submit' && !b.disabled); return all.find(b => b.matches('.main')) || all[0]; };
  const send = f => f.requestSubmit(submitter(f));

  // A store that never throws (private mode, full disk).
  const store = {
    get(k) { try { return JSON.parse(localStorage.getItem(k)); } catch { return null; } },
    put(k, v) { try { localStorage.setItem(k, JSON.stringify(v)); return true; } catch { return false; } },
    cut(k) { try { localStorage.removeItem(k); } catch { /* nothing to cut */ } },
    keys(p) { try { return Object.keys(localStorage).filter(k => k.startsWith(p)); } catch { return []; } },
  };

  const live = make('p', { className: 'vh' });
  live.setAttribute('role', 'status');
  document.body.append(live);
  const say = text => { live.textContent = ''; setTimeout(() => { live.textContent = text; }, 30); };

  // A code behind # goes into its box and out of the address.
  const hashed = $('[data-from-hash]');
  if (hashed && location.hash.length > 1) {
    const box = hashed.elements[hashed.dataset.fromHash];
    box.value = location.hash.slice(1).replace(/\D/g, '').replace(/(\d{4})(?=\d)/g, '$1 ');
    history.replaceState(null, '', location.pathname);
    const next = [...hashed.elements].find(el => el.type !== 'hidden' && !el.value && el !== box);
    if (next) next.focus();
  }

  // ---- Keys --------------------------------------------------------------------------------------------
  // What works where stands in the table of keys (pages/keys.rs): `data-on` names what must be on the page. A
  // button's own letter is its `data-key`; within a row of a list it means that row.
  const openDialog = id => { const d = document.getElementById(id); if (d && !d.open) { if (id === 'keys') listKeys(d); d.showModal(); } };
  const rowOf = el => el.closest('[data-rows] > *');
  const rowLink = row => $('[data-open]', row) || $('a[href]', row);
  const rowsOf = box => [...box.children].filter(rowLink);
  const wordsOf = el => [...el.childNodes].filter(n => n.nodeName !== 'KBD').map(n => n.textContent).join('').trim();

  function listKeys(d) {
    const body = $('[data-keys]', d);
    $$('[data-own]', body).forEach(tr => tr.remove());
    $$('[data-on]', body).forEach(tr => { tr.hidden = !$(tr.dataset.on); });
    const said = new Set(), firstRow = $('main [data-rows] > *');
    const first = $('[data-on]', body);
    for (const el of $$('[data-key]')) {
      const row = rowOf(el), key = el.dataset.key;
      if (said.has(key) || (row && row !== firstRow) || el.closest('dialog')) continue;
      said.add(key);
      const tr = make('tr', {}, make('th', { className: 'nw', scope: 'row' }, key === 'N' ? 'N · Ctrl+I' : key), make('td', {}, wordsOf(el) || el.getAttribute('aria-label')));
      tr.dataset.own = '';
      first.before(tr);
    }
  }

  function moveRow(e, key = e.key) {
    const here = rowOf(e.target);
    const fromOutside = e.target === document.body || e.target.matches('input[type=search]');
    const box = here ? here.parentNode : fromOutside && $('main [data-rows]');
    if (!box || (here && typing(e.target))) return;
    const rows = rowsOf(box), at = rows.indexOf(here);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
    if (!here && key !== 'ArrowDown') return;
    const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
    if (!row) return;
    e.preventDefault();
    rowLink(row).focus();
    row.scrollIntoView({ block: 'nearest' });
  }

  let going = 0; // G, then the number of an entry of the menu
  const slot = (e, n) => { const a = $(`[data-slot="${n}"]`); if (a) { e.preventDefault(); a.click(); } };

  function letter(e) {
    if (e.ctrlKey || e.altKey || e.metaKey || typing(e.target) || store.get('tram:keys-off') || $('dialog[open]')) return;
    if (e.key === '/') { e.preventDefault(); $(FIND)?.focus(); return; }
    if (e.key === '?') { e.preventDefault(); openDialog('keys'); return; }
    if (e.key.length !== 1) return;
    if (/^[0-9]$/.test(e.key) && Date.now() - going < 2000) { slot(e, e.key); return; }
    const key = e.key.toUpperCase();
    const row = rowOf(e.target);
    const hit = (row && $(`[data-key="${CSS.escape(key)}"]`, row)) ||
      $$(`[data-key="${CSS.escape(key)}"]`).find(b => !rowOf(b));
    if (hit) { e.preventDefault(); hit.click(); return; }
    if (key === 'G') going = Date.now();
    if (key === 'J' || key === 'K') moveRow(e, key === 'J' ? 'ArrowDown' : 'ArrowUp');
  }

  // Esc: first out of what is open, then out of the box one types in, then back to where the form began.
  function leave(e) {
    const open = $$('details.pop[open]');
    if (open.length) { open.forEach(d => { d.open = false; $('summary', d).focus(); }); return; }
    if (typing(e.target)) { e.target.blur(); return; }
    const f = $('form[data-main]'), out = f && $('.form-end a.quiet', f);
    if (out && !$('dialog[open]') && (f.dataset.draft || !f.dataset.touched)) out.click();
  }

  on('keydown', e => {
    if (e.defaultPrevented || composing(e) || !e.target.matches) return;
    const ctrl = e.ctrlKey || e.metaKey;
    if (ctrl && !e.altKey && e.key.toLowerCase() === 'k') { e.preventDefault(); const q = $(FIND); q?.focus(); q?.select(); return; }
    if (ctrl && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 'i') { const b = $('[data-key=N]'); if (b) { e.preventDefault(); b.click(); } return; }
    if (ctrl && e.key === 'Enter') {
      const f = e.target.closest('dialog form') || e.target.closest('form[data-main]') || $('form[data-main]');
      if (f) { e.preventDefault(); const next = e.shiftKey && $('[data-next]', f); if (next) next.click(); else send(f); }
      return;
    }
    if (e.altKey && !ctrl && /^Digit[0-9]$/.test(e.code)) { slot(e, e.code.slice(5)); return; }
    if (e.key === 'Escape') { leave(e); return; }
    if (/^(Arrow(Up|Down)|Home|End)$/.test(e.key) && !ctrl && !e.altKey) { moveRow(e); return; }
    letter(e);
  });

  on('click', e => {
    const t = e.target.closest('[data-dialog], [data-close], [data-print], [data-keys-toggle]');
    $$('details.pop[open]').forEach(d => { if (!d.contains(e.target)) d.open = false; });
    if (!t) return;
    if (t.dataset.dialog && document.getElementById(t.dataset.dialog)) { e.preventDefault(); openDialog(t.dataset.dialog); }
    else if ('close' in t.dataset) t.closest('dialog').close();
    else if ('print' in t.dataset) window.print();
    else if ('keysToggle' in t.dataset) {
      const off = !store.get('tram:keys-off');
      store.put('tram:keys-off', off);
      say(off ? W.keysOff : W.keysOn);
    }
  });
  on('change', e => { if (e.target.matches('[data-keys-off]')) { store.put('tram:keys-off', e.target.checked); say(e.target.checked ? W.keysOff : W.keysOn); } });

  // ---- Drafts: kept by the server for this user alone, every few seconds and when the page is left ------
  const user = document.body.dataset.user || '';
  const posted = 'posted' in document.body.dataset;
  const secret = el => !el.name || el.disabled || /^(password|file|submit|button|reset)$/.test(el.type) ||
    (el.type === 'hidden' && !el.closest('x-combo')) || /password|one-time|cc-/.test(el.autocomplete) || el.closest('[data-nodraft]');
  const ticked = el => /^(radio|checkbox)$/.test(el.type);
  const boxes = f => [...f.elements].filter(el => !secret(el));
  const snap = f => boxes(f).filter(el => !ticked(el) || el.checked).map(el => [el.name, el.value]);
  const valueOf = (f, name) => f.elements.namedItem(name)?.value || '';
  const tell = (f, text) => { const mark = $('[data-draft-state]', f); if (mark) mark.textContent = text; };
  const ask = (f, path, more) => fetch(path, {
    method: 'POST', credentials: 'same-origin', keepalive: true,
    body: new URLSearchParams({ csrf: valueOf(f, 'csrf'), form: f.dataset.draft, ...more }),
  });

  async function keep(f) {
    if (!f.dataset.dirty || f.dataset.busy) return;
    delete f.dataset.dirty;
    try {
      const said = await ask(f, '/drafts', { body: JSON.stringify(snap(f)), seen: f.dataset.seen || '', idem: valueOf(f, 'idem') });
      if (said.status === 200) tell(f, `${W.kept} ${await said.text()}`);
      else if (said.status === 401) { tell(f, W.lost); say(W.lost); }
      else if (!said.ok) f.dataset.dirty = 1;
    } catch { f.dataset.dirty = 1; }
  }
  const keepAll = () => $$('form[data-draft]').forEach(keep);
  const dropDraft = f => { delete f.dataset.dirty; ask(f, '/drafts/drop', {}).catch(() => {}); };

  function restore(f, pairs) {
    const pool = boxes(f);
    pool.filter(ticked).forEach(el => { el.checked = false; });
    for (const [name, value] of pairs) {
      const i = pool.findIndex(el => el.name === name && (!ticked(el) || el.value === value));
      if (i < 0) continue;
      const [el] = pool.splice(i, 1);
      if (ticked(el)) el.checked = true; else el.value = value;
      el.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }

  async function offer(f) {
    if (f.dataset.offered || !user) return;
    f.dataset.offered = 1;
    if (posted) { f.dataset.dirty = 1; return; } // what was just sent stands in the form
    let d, pairs;
    try {
      const said = await ask(f, '/drafts/find', {});
      if (said.status !== 200) return;
      d = await said.json();
      pairs = JSON.parse(d.body);
    } catch { return; }
    if (f.dataset.dirty || JSON.stringify(pairs) === JSON.stringify(snap(f))) return;
    const stale = d.seen && f.dataset.seen && d.seen !== f.dataset.seen;
    const take = make('button', { type: 'button', className: 'btn' }, W.take);
    const drop = make('button', { type: 'button', className: 'btn quiet' }, W.drop);
    const box = make('div', { className: `note draft${stale ? ' warn' : ''}` },
      make('div', {}, make('p', {}, `${W.draft} ${d.at}`), ...(stale ? [make('p', {}, W.draftOld)] : [])),
      make('div', { className: 'acts' }, take, drop));
    const away = () => { box.remove(); boxes(f).find(el => typing(el) && el.type !== 'hidden')?.focus(); };
    take.onclick = () => { restore(f, pairs); f.dataset.dirty = 1; away(); };
    drop.onclick = () => { dropDraft(f); away(); };
    f.prepend(box);
    say(`${W.draft} ${d.at}`);
  }

  const touched = e => { const f = e.target.form; if (f) f.dataset.touched = 1; if (f?.dataset.draft) f.dataset.dirty = 1; };
  on('input', touched);
  on('change', touched);
  setInterval(keepAll, 5000);
  on('visibilitychange', () => { if (document.hidden) keepAll(); });
  window.addEventListener('pagehide', keepAll);

  // ---- Grids that are filled downwards: Enter goes to the box below, not to the button ------------------
  on('keydown', e => {
    const box = e.key === 'Enter' && !e.ctrlKey && !composing(e) && e.target.closest('[data-down]');
    if (!box || !e.target.matches(BOX)) return;
    e.preventDefault();
    const col = $$(`[data-col="${CSS.escape(e.target.dataset.col || '')}"]`, box), next = col[col.indexOf(e.target) + 1];
    if (next) { next.focus(); next.select?.(); } else submitter(e.target.form)?.focus();
  });

  // ---- Submit once -------------------------------------------------------------------------------------
  const remote = f => f.matches('[hx-post],[hx-put],[hx-patch],[hx-delete]');
  function release(f) {
    clearTimeout(f.tramSlow); clearTimeout(f.tramWait);
    delete f.dataset.busy;
    f.removeAttribute('aria-busy');
    [...f.elements].forEach(b => b.type === 'submit' && b.removeAttribute('aria-disabled'));
    const w = $('.wait', f);
    if (w) { w.classList.remove('on'); w.textContent = ''; }
  }
  on('submit', e => {
    const f = e.target;
    if (f.method !== 'post' && !remote(f)) return;
    if (f.dataset.busy) { e.preventDefault(); e.stopImmediatePropagation(); return; }
    f.dataset.busy = 1;
    if (f.dataset.draft && !f.elements.namedItem('draft')) f.append(make('input', { type: 'hidden', name: 'draft', value: f.dataset.draft }));
    if ('signout' in f.dataset) store.keys(`tram:s:${user}:`).forEach(store.cut);
    setTimeout(() => {
      if (e.defaultPrevented && !remote(f)) { release(f); return; }
      f.setAttribute('aria-busy', 'true');
      [...f.elements].forEach(b => b.type === 'submit' && b.setAttribute('aria-disabled', 'true'));
    });
    const wait = text => { const w = $('.wait', f); if (w) { w.textContent = text; w.classList.add('on'); } else say(text); };
    f.tramWait = setTimeout(() => wait(W.sending), 1000);
    f.tramSlow = setTimeout(() => { release(f); wait(W.slow); }, 20000);
  }, true);
  window.addEventListener('pageshow', e => { if (e.persisted) $$('form[data-busy]').forEach(release); });
  const formOf = e => { const el = e.detail?.ctx?.sourceElement; return el?.matches?.('form') ? el : el?.form; };
  // Signed out meanwhile: drafts are kept, then this page asks to sign in and comes back.
  on('htmx:before:response', e => {
    if (e.detail.ctx.response.status !== 401) return;
    e.preventDefault();
    keepAll();
    location.assign(location.pathname + location.search);
  });
  on('htmx:after:request', e => { const f = formOf(e); if (f?.dataset.draft && e.detail.ctx.response?.raw?.ok) dropDraft(f); });
  on('htmx:finally:request', e => { const f = formOf(e); if (f) release(f); });
  on('htmx:error', e => {
    const row = formOf(e)?.closest('[data-child]');
    if (row) { row.classList.add('fail'); note(row, W.fail); say(W.fail); }
  });

  // ---- Immunisation session: one row-form per child ------------------------------------------------------
  // 36,8 · 36.8 · 368 are one reading. The text in the box is never changed; the server parses it again.
  function reading(text, low, high) {
    const n = Number(text.trim().replace(',', '.'));
    if (!text.trim() || Number.isNaN(n)) return null;
    return n > high * 2 && n / 10 >= low / 2 ? n / 10 : n;
  }
  const dec = s => Number(String(s).replace(',', '.'));
  const note = (row, text) => { const m = $('[data-msg]', row); if (m) m.textContent = text; };
  const firstBox = row => $('[data-first]', row) || $(`${BOX}, select`, row);
  const openRows = table => $$('[data-child]', table).filter(r => $('form', r));
  const visit = row => { const b = row && firstBox(row); if (b) { b.focus(); b.select?.(); row.scrollIntoView({ block: 'nearest' }); } };

  function outOfRange(row) {
    const box = $('[data-low]', row), verdict = $('[data-verdict]', row);
    if (!box || !verdict || verdict.value !== verdict.dataset.verdict || row.dataset.warned) return false;
    const v = reading(box.value, dec(box.dataset.low), dec(box.dataset.high));
    if (v === null || (v > dec(box.dataset.low) && v < dec(box.dataset.high))) return false;
    row.dataset.warned = 1;
    const text = `${String(v).replace('.', ',')} ${box.dataset.unit || ''}: ${W.range}`;
    note(row, text); say(text);
    verdict.focus();
    return true;
  }

  function shareInto(f) {
    for (const s of $$('[data-shared] [name]')) {
      let h = f.querySelector(`input[type=hidden][name="${CSS.escape(s.name)}"]`);
      if (!h) f.append(h = make('input', { type: 'hidden', name: s.name }));
      h.value = s.value;
    }
  }

  function saveRow(row) {
    const f = $('form', row);
    if (!f || f.dataset.busy || outOfRange(row)) return;
    const all = openRows(row.closest('[data-session]')), next = all[all.indexOf(row) + 1];
    shareInto(f);
    if (!f.reportValidity()) return;
    row.dataset.busy = 1; row.classList.remove('fail');
    if (next) visit(next); else $('[data-session-end]')?.focus();
    send(f);
  }

  on('keydown', e => {
    const row = e.target.closest?.('[data-session] [data-child]');
    if (!row || composing(e) || e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.key === 'Enter' && !e.target.matches('button, a, summary')) { e.preventDefault(); saveRow(row); return; }
    if (/^Arrow(Up|Down)$/.test(e.key) && e.target.matches(BOX)) {
      e.preventDefault();
      const all = openRows(row.closest('[data-session]'));
      const to = all[all.indexOf(row) + (e.key === 'ArrowDown' ? 1 : -1)];
      const twin = to && e.target.dataset.col && $(`[data-col="${e.target.dataset.col}"]`, to);
      if (twin) { twin.focus(); twin.select(); } else visit(to);
    }
  });
  on('submit', e => { const row = e.target.closest('[data-session] [data-child]'); if (row) shareInto(e.target); }, true);
  on('htmx:finally:request', e => { const row = formOf(e)?.closest('[data-child]'); if (row) delete row.dataset.busy; });
  const shareKey = box => `tram:s:${user}:${box.dataset.shared}`;
  on('change', e => {
    const box = e.target.closest('[data-shared]');
    if (box) store.put(shareKey(box), Object.fromEntries($$('[name]', box).map(i => [i.name, i.value])));
  });
  function count() {
    for (const out of $$('[data-done-count]')) {
      const n = String($$('[data-session] [data-child][data-done]').length);
      if (out.textContent !== n) { if (out.dataset.was) say(`${W.saved} ${n}`); out.textContent = n; }
      out.dataset.was = 1;
    }
  }

  // ---- Questions asked only when others are answered so: data-when="a_smoker=yes|maybe; a_sbp>=140" --------
  const answered = name => $$(`[name="${name}"]`).filter(e => !/radio|checkbox/.test(e.type) || e.checked).map(e => e.value.trim()).filter(Boolean);
  const fits = part => {
    const [, name, op, than] = part.match(/^(\w+)(>=|<|=)(.*)$/) || [];
    if (!name) return true;
    const values = answered(name);
    if (op === '=') return than === '*' ? values.length > 0 : values.some(v => than.split('|').includes(v));
    const number = t => parseFloat(t.replace(/\.(?=\d{3}\b)/g, '').replace(',', '.'));
    return values.length > 0 && (number(values[0]) >= number(than)) === (op === '>=');
  };
  const showAsked = () => $$('[data-when]').forEach(box => { box.hidden = !box.dataset.when.split('; ').filter(Boolean).every(fits); });
  if ($('[data-when]')) { showAsked(); on('input', showAsked); on('change', showAsked); }

  // ---- <x-combo>: a list below the box, chosen by arrow and Enter; what is typed is never rewritten -------
  // a) <x-combo><select>…</select></x-combo>                      filters its own options
  // b) <x-combo src="/areas"><input name="area_text"><input type="hidden" name="area"></x-combo>
  //    posts q to src for <li role="option" data-value="…">…</li>: what is typed is a name, and names do not
  //    belong in addresses. Without JavaScript the server resolves the text.
  let serial = 0;
  class Combo extends HTMLElement {
    connectedCallback() {
      if (this.box) return;
      const sel = $('select', this), id = `combo-${++serial}`;
      if (sel) {
        this.options = [...sel.options].filter(o => o.value);
        this.box = make('input', { type: 'text', id: sel.id, name: `${sel.name}_text`, value: sel.value ? sel.selectedOptions[0].text : sel.dataset.typed || '', required: sel.required });
        for (const a of ['aria-describedby', 'aria-label', 'aria-labelledby', 'aria-invalid']) if (sel.hasAttribute(a)) this.box.setAttribute(a, sel.getAttribute(a));
        sel.id = `${id}-select`; sel.hidden = true; sel.required = false;
        this.code = sel;
        sel.before(this.box);
        sel.addEventListener('change', () => { if (!this.mine) this.box.value = sel.value ? sel.selectedOptions[0].text : ''; });
      } else {
        this.box = $('input:not([type=hidden])', this);
        this.code = $('input[type=hidden]', this);
      }
      this.list = make('ul', { id, hidden: true });
      this.list.setAttribute('role', 'listbox');
      this.list.setAttribute('aria-label', this.closest('.field')?.querySelector('label')?.textContent || this.box.getAttribute('aria-label') || '');
      this.append(this.list);
      const set = { role: 'combobox', autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id };
      Object.entries(set).forEach(([k, v]) => this.box.setAttribute(k, v));
      this.box.addEventListener('input', () => { this.clear(); clearTimeout(this.wait); this.wait = setTimeout(() => this.ask(), 150); });
      this.box.addEventListener('keydown', e => this.key(e));
      this.box.addEventListener('click', () => { if (this.list.hidden) this.ask(true); });
      this.box.addEventListener('blur', () => setTimeout(() => this.close(), 150));
      this.box.addEventListener('change', () => this.exact());
      this.list.addEventListener('mousedown', e => e.preventDefault());
      this.list.addEventListener('click', e => { const o = e.target.closest('[role=option]'); if (o) this.choose(o); });
    }
    clear() { if (this.code.value) { this.code.value = ''; this.tell(); } }
    tell() { this.mine = true; this.code.dispatchEvent(new Event('change', { bubbles: true })); this.mine = false; }
    // Typed in full without choosing: take it when exactly one option has that name.
    exact() {
      if (this.code.value || !this.options) return;
      const same = this.options.filter(o => fold(o.text) === fold(this.box.value));
      if (same.length === 1) { this.code.value = same[0].value; this.tell(); }
    }
    async ask(all) {
      const q = all ? '' : this.box.value, turn = this.turn = (this.turn || 0) + 1;
      if (this.options) {
        const parts = fold(q).split(/\s+/);
        const hits = this.options.filter(o => parts.every(p => fold(o.text).includes(p))).slice(0, 50);
        this.list.replaceChildren(...hits.map(o => {
          const li = make('li', {}, o.text);
          li.setAttribute('role', 'option'); li.dataset.value = o.value;
          return li;
        }));
      } else {
        const min = Number(this.getAttribute('min') || 0);
        if (q.trim().length < min) { this.close(); return; }
        try {
          const csrf = $('[name=csrf]', this.closest('form') || document)?.value || '';
          const r = await fetch(this.getAttribute('src'), {
            method: 'POST', body: new URLSearchParams({ csrf, q }), headers: { 'HX-Request': 'true' }, credentials: 'same-origin',
          });
          const html = await r.text();
          if (turn !== this.turn) return;
          if (!r.ok) throw new Error(r.status);
          const doc = new DOMParser().parseFromString(html, 'text/html');
          this.list.replaceChildren(...$$('[role=option]', doc).map(li => document.importNode(li, true)));
        } catch { if (turn === this.turn) { this.close(); say(W.offline); } return; }
      }
      $$('[role=option]', this.list).forEach((li, i) => { li.id = `${this.list.id}-${i}`; li.setAttribute('aria-selected', 'false'); });
      const n = this.list.children.length;
      say(n ? `${n} ${W.found}` : W.none);
      if (n && document.activeElement === this.box) this.open(); else this.close();
    }
    open() { this.list.hidden = false; this.box.setAttribute('aria-expanded', 'true'); }
    close() { this.list.hidden = true; this.box.setAttribute('aria-expanded', 'false'); this.box.removeAttribute('aria-activedescendant'); }
    get active() { return $('[aria-selected=true]', this.list); }
    mark(li) {
      this.active?.setAttribute('aria-selected', 'false');
      li.setAttribute('aria-selected', 'true');
      this.box.setAttribute('aria-activedescendant', li.id);
      li.scrollIntoView({ block: 'nearest' });
    }
    choose(li) {
      this.box.value = li.dataset.label || li.firstChild.textContent.trim();
      this.code.value = li.dataset.value;
      this.close();
      this.tell();
      this.box.focus();
    }
    key(e) {
      if (composing(e)) return;
      const open = !this.list.hidden, items = [...this.list.children], at = items.indexOf(this.active);
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
        e.preventDefault(); e.stopPropagation();
        if (!open) { this.ask(!this.box.value || !!this.code.value); return; }
        const to = at < 0 ? (e.key === 'ArrowDown' ? 0 : items.length - 1) : (at + (e.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length;
        this.mark(items[to]);
      } else if (e.key === 'Enter' && open && this.active) { e.preventDefault(); e.stopPropagation(); this.choose(this.active); }
      else if (e.key === 'Escape' && open) { e.preventDefault(); e.stopPropagation(); this.close(); }
    }
  }
  customElements.define('x-combo', Combo);

  // ---- Start, and again after each partial update ----------------------------------------------------------
  function ready() {
    $$('[data-print][hidden]').forEach(b => { b.hidden = false; });
    $$('form[data-draft]').forEach(offer);
    $$('[data-shared]').forEach(box => {
      const known = store.get(shareKey(box));
      if (known && !box.dataset.filled) $$('[name]', box).forEach(i => { if (!i.value && known[i.name]) i.value = known[i.name]; });
      box.dataset.filled = 1;
    });
    $$('.scroll thead .today').forEach(th => { const box = th.closest('.scroll'); if (box.scrollWidth > box.clientWidth) box.scrollLeft = th.offsetLeft - th.offsetWidth - $('th', box).offsetWidth; });
    $$('[data-keys-off]').forEach(b => { b.checked = !!store.get('tram:keys-off'); });
    count();
  }
  store.keys('tram:d:').forEach(store.cut); // drafts of earlier versions stayed on the computer
  ready();
  $('.errs, [data-errs]')?.focus();
  on('htmx:after:swap', () => { ready(); const bad = $('.errs:not([data-seen])'); if (bad) { bad.dataset.seen = 1; bad.focus(); } });
})();
