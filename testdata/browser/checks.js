// What the browser tests ask of a page, as functions that return what is wrong: one line each, none if all is well.
window.checks = (() => {
  const name = (e) => {
    const id = e.id ? `#${e.id}` : '';
    const text = (e.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 60);
    return `<${e.localName}${id} class="${e.getAttribute('class') || ''}"> ${JSON.stringify(text)}`;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (e) => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true});
  // Text for those who hear the page is clipped to nothing on purpose.
  const forEars = (e) => getComputedStyle(e).clipPath === 'inset(50%)';
  const withinForEars = (e) => e && (forEars(e) || withinForEars(e.parentElement));

  const colour = (text) => {
    const m = text.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/);
    return m && {rgb: m.slice(1, 4).map(Number), alpha: m[4] === undefined ? 1 : Number(m[4])};
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (hi + 0.05) / (lo + 0.05);
  };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = colour(getComputedStyle(e).backgroundColor);
      if (c && c.alpha === 1) return c.rgb;
    }
    return [255, 255, 255];
  };

  // A piece of text of each colour, ground, size and weight.
  function samples() {
    const seen = new Map(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement, s = getComputedStyle(e);
      if (!node.data.trim() || e.children.length || e.closest('svg') || !shown(e) || withinForEars(e)) continue;
      const kind = [s.color, behind(e), s.fontSize, s.fontWeight].join();
      if (!seen.has(kind)) seen.set(kind, e);
    }
    return [...seen.values()];
  }

  // What axe finds by its rules for WCAG 2.2 AA and its own advice: by "all" of them; by "shape", which is all but contrast; by
  // "contrast" alone, of samples; or by "size", which are those that hang on the width of the screen.
  // Text in pictures is not for it: it cannot tell their ground, and pictureText can.
  async function axeFinds(which) {
    const tags = {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']};
    const by = {
      all: {runOnly: tags},
      shape: {runOnly: tags, rules: {'color-contrast': {enabled: false}}},
      contrast: {runOnly: {type: 'rule', values: ['color-contrast']}},
      size: {runOnly: {type: 'rule', values: ['target-size', 'scrollable-region-focusable']}},
    };
    const found = await axe.run(which === 'contrast' ? {include: samples()} : document, {...by[which], resultTypes: ['violations', 'incomplete'], preload: false});
    const lines = (rules, drop) => rules.flatMap((rule) => rule.nodes.filter((node) => !drop(rule, node)).map((node) =>
      `${rule.id} at ${node.target.join(' ')}: ${[...node.any, ...node.all, ...node.none].map((c) => c.message).join('; ')}: ${node.html.slice(0, 200)}`));
    const pictured = (rule, node) => rule.id === 'color-contrast' && document.querySelector(node.target[0]).closest('svg');
    // What lies beside or across lines of text puts axe in doubt. Nothing here has a ground that is not plain.
    const plain = (rule, node) => {
      const e = document.querySelector(node.target[0]), c = colour(getComputedStyle(e).color);
      return rule.id === 'color-contrast' && c && c.alpha === 1 && contrast(c.rgb, behind(e)) >= 4.5;
    };
    const doubts = lines(found.incomplete, (rule, node) => pictured(rule, node) || plain(rule, node));
    return {passed: found.passes.map((rule) => rule.id), wrong: [...lines(found.violations, pictured), ...doubts.map((line) => `in doubt: ${line}`)]};
  }

  // Nothing is wider than the page, sticks out of it, scrolls sideways by itself, or is cut off.
  function sideways() {
    const wrong = [], root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) wrong.push(`the page is ${root.scrollWidth} wide on a screen of ${root.clientWidth}`);
    for (const e of all('body *')) {
      if (!shown(e) || withinForEars(e) || e.closest('svg') && e.localName !== 'svg' && e.localName !== 'text') continue;
      const box = e.getBoundingClientRect();
      if (box.width && (box.right > root.clientWidth + 1 || box.left < -1) && !e.classList.contains('skip')) {
        wrong.push(`from ${Math.round(box.left)} to ${Math.round(box.right)} of ${root.clientWidth}: ${name(e)}`);
      }
      if (e.closest('svg')) {
        const frame = e.closest('svg').getBoundingClientRect();
        if (box.width && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)) wrong.push(`cut off by its picture: ${name(e)}`);
      } else if (getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1) {
        wrong.push(`scrolls sideways or is cut off, ${e.scrollWidth} in ${e.clientWidth}: ${name(e)}`);
      }
    }
    return wrong;
  }

  // The page has all it needs, and every place that it points to within itself is there, once.
  function loads() {
    const wrong = [];
    for (const e of all('script, link, img, iframe, object, embed, audio, video, source, base, image, feImage, meta[http-equiv="refresh" i]')) wrong.push(`loads or runs: ${name(e)}`);
    for (const e of all('*')) {
      for (const a of e.attributes) {
        if (a.name.startsWith('on')) wrong.push(`runs: ${a.name} of ${name(e)}`);
        if (['src', 'srcset', 'data', 'background', 'poster', 'ping', 'action', 'formaction'].includes(a.name) && a.value) wrong.push(`loads: ${a.name}=${a.value} of ${name(e)}`);
        if (a.localName === 'href' && !a.value.startsWith('#') && !(e.localName === 'a' && /^https?:\/\//.test(a.value))) wrong.push(`points to ${a.value}: ${name(e)}`);
        if (a.localName === 'href' && a.value.length > 1 && a.value.startsWith('#') && !document.getElementById(decodeURIComponent(a.value.slice(1)))) wrong.push(`points to nowhere, ${a.value}: ${name(e)}`);
        for (const m of a.value.matchAll(/url\(([^)]*)\)/g)) if (a.name === 'style' && !/^["']?#/.test(m[1])) wrong.push(`loads ${m[1]}: ${name(e)}`);
      }
    }
    for (const e of all('style')) for (const m of e.textContent.matchAll(/@import|url\(\s*["']?(?!#)[^)]*|expression\(/g)) wrong.push(`the style loads: ${m[0]}`);
    const seen = new Set();
    for (const e of all('[id]')) {
      if (seen.has(e.id)) wrong.push(`the id stands twice: ${name(e)}`);
      seen.add(e.id);
    }
    return wrong;
  }

  const speaks = (node) => node.nodeType === Node.TEXT_NODE ? node.data.trim() !== ''
    : node.nodeType === Node.ELEMENT_NODE && node.localName !== 'svg' && node.getAttribute('aria-hidden') !== 'true' && [...node.childNodes].some(speaks);

  // Headings go down a step at a time, and every picture is either told or left to the text beside it.
  function outline() {
    const wrong = [];
    let level = 0;
    for (const e of all('h1, h2, h3, h4, h5, h6')) {
      const now = Number(e.localName[1]);
      if (now > level + 1) wrong.push(`from h${level} to ${name(e)}`);
      if (!e.textContent.trim()) wrong.push(`empty: ${name(e)}`);
      level = now;
    }
    if (!/^en\b/.test(document.documentElement.lang)) wrong.push(`the language is ${JSON.stringify(document.documentElement.lang)}`);
    for (const e of all('svg:not(svg svg)')) {
      if (e.closest('[aria-hidden="true"]')) {
        const around = e.closest('tr, li, dl, summary, p, figure, section');
        if (e.getBoundingClientRect().width && !(around && speaks(around))) wrong.push(`nothing beside it says what it shows: ${name(e)}`);
      } else if (e.getAttribute('role') !== 'img' || !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || '').trim()) {
        wrong.push(`neither hidden nor told: ${name(e)}`);
      }
    }
    return wrong;
  }

  // Text in a picture stands out from the page and from every shape that it lies on. axe does not look at this.
  function pictureText() {
    const wrong = [];
    for (const t of all('svg text')) {
      if (!shown(t)) continue;
      const fill = colour(getComputedStyle(t).fill), box = t.getBoundingClientRect();
      if (!fill || fill.alpha < 1) { wrong.push(`its colour cannot be told, ${getComputedStyle(t).fill}: ${name(t)}`); continue; }
      const grounds = [['the page', behind(t.closest('svg').parentElement)]];
      for (const s of t.closest('svg').querySelectorAll('rect, circle, path, polygon, ellipse')) {
        if (!(t.compareDocumentPosition(s) & Node.DOCUMENT_POSITION_PRECEDING)) continue;
        const b = s.getBoundingClientRect(), c = colour(getComputedStyle(s).fill);
        const apart = b.right <= box.left || b.left >= box.right || b.bottom <= box.top + 2 || b.top >= box.bottom - 2;
        if (apart || getComputedStyle(s).fill === 'none') continue;
        if (!c || c.alpha < 1) { wrong.push(`lies on a pattern: ${name(t)}`); continue; }
        grounds.push([`<${s.localName} class="${s.getAttribute('class')}">`, c.rgb]);
      }
      for (const [what, ground] of grounds) {
        const ratio = contrast(fill.rgb, ground);
        if (ratio < 4.5) wrong.push(`${ratio.toFixed(2)}:1 on ${what}: ${name(t)}`);
      }
    }
    return wrong;
  }

  // No text in a picture lies on another.
  function overprinted() {
    const wrong = [];
    for (const picture of all('svg')) {
      if (picture.getBoundingClientRect().width < 2) continue; // in a head that is there for ears
      const texts = [...picture.querySelectorAll('text')].filter(shown).map((t) => [t, t.getBoundingClientRect()]);
      texts.forEach(([t, a], i) => texts.slice(i + 1).forEach(([u, b]) => {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 2 || b.bottom <= a.top + 2;
        if (!apart) wrong.push(`${name(t)} lies on ${name(u)}`);
      }));
    }
    return wrong;
  }

  // What a colour says, the words say: two cells of a column whose rows differ in nothing but what they are about have one colour.
  function colourAlone() {
    const wrong = [], seen = new Map();
    for (const cell of all('td')) {
      const row = [...cell.parentElement.cells].map((c) => c.textContent.trim().replace(/\s+/g, ' '));
      if (!row[cell.cellIndex] || !shown(cell)) continue;
      const place = JSON.stringify([all('table').indexOf(cell.closest('table')), cell.cellIndex, row.slice(1)]);
      const now = getComputedStyle(cell).color;
      if (seen.has(place) && seen.get(place) !== now) wrong.push(`in ${now} and in ${seen.get(place)}: ${name(cell)}`);
      seen.set(place, now);
    }
    return wrong;
  }

  // What the keyboard is to reach, in the order of the document.
  function reachable() {
    // Of circles of which one can be chosen the first is reached, or that which is; the arrow keys lead to the others.
    const another = (e) => e.type === 'radio' && e !== ([...document.getElementsByName(e.name)].find((x) => x.checked) || document.getElementsByName(e.name)[0]);
    return all('a[href], summary, button, input, select, textarea, [tabindex]').filter((e) => e.tabIndex >= 0 && shown(e) && !e.disabled && !another(e));
  }
  function focused() {
    const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
    return {
      at: reachable().indexOf(e), name: name(e),
      outlined: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
      inView: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  }

  const open = (yes) => { for (const e of all('details')) e.open = yes; };

  // What is to be on paper, in order, a block each: what is folded too, and no text in pictures. For when printing is emulated.
  function printed() {
    open(true);
    const blocks = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let last = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest('svg, style, script') || withinForEars(parent) || !shown(parent)) continue;
      const e = parent.closest('h1, h2, h3, h4, h5, h6, summary, p, li, dt, dd, th, td, pre, caption, figcaption') || parent;
      if (e !== last) {
        const kind = /^(h[1-6]|summary)$/.test(e.localName) ? 'heading' : e.closest('td, th') ? 'cell' : /^(p|dd|pre)$/.test(e.localName) ? 'text' : 'line';
        blocks.push({kind, text: '', row: kind === 'cell' ? all('tr').indexOf(e.closest('tr')) : -1, first: all('section.first').indexOf(e.closest('section.first'))});
        last = e;
      }
      blocks[blocks.length - 1].text += node.data;
    }
    open(false);
    return blocks;
  }

  // As much space as WCAG 1.4.12 wants to be possible.
  function spaced() {
    const style = document.createElement('style');
    style.textContent = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';
    document.head.append(style);
  }

  // Every element with the names of what it carries, and every comment, in order; no text.
  function structure(root) {
    const lines = [];
    const walk = (node, depth) => {
      if (node.nodeType === Node.COMMENT_NODE) lines.push(`${depth} comment`);
      if (node.nodeType === Node.ELEMENT_NODE) lines.push(`${depth} ${node.localName} ${[...node.attributes].map((a) => a.name).sort().join(' ')}`);
      for (const child of node.childNodes) walk(child, depth + 1);
    };
    walk(root, 0);
    return lines;
  }
  // The first place in which a page differs from a harmless one in more than its words; "" if there is none. Nothing in them runs.
  const parsed = (html) => new DOMParser().parseFromString(html, 'text/html');
  function differs(html, harmless) {
    const [is, ought] = [structure(parsed(html)), structure(parsed(harmless))];
    const at = is.findIndex((line, i) => line !== ought[i]);
    if (at < 0 && is.length === ought.length) return '';
    const from = at < 0 ? is.length : at;
    return `after ${is.slice(Math.max(from - 3, 0), from).join(', ')}: ${is[from]}, and not ${ought[from]}`;
  }
  const squeeze = (s) => s.replace(/[ \t\r\n\f]+/g, ' ');
  const text = () => squeeze(document.documentElement.textContent);
  const textOf = (html) => squeeze(parsed(html).documentElement.textContent);

  return {axeFinds, sideways, loads, outline, pictureText, overprinted, colourAlone, reachable, focused, printed, spaced, open, differs, text, textOf};
})();
