// Long parts wait until they are asked for: folded at load, opened by a link that leads into them.

/** Folds the tables and lists, all but what the address leads to. */
export function foldAll(): void {
  document.querySelectorAll<HTMLDetailsElement>('details.data').forEach((details) => {
    details.open = false;
  });
}

/** From here on a link into a folded part opens it; so does the address that the page was opened with. */
export function watchLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const hash = link?.getAttribute('href') ?? '';
    if (hash.startsWith('#')) {
      open(hash); // before the browser goes there
    }
  });
  addEventListener('hashchange', () => go(location.hash));
  go(location.hash);
}

/** The part that a link leads to, unfolded, and all of the page laid out, so that its place is no guess. */
function open(hash: string): HTMLElement | null {
  document.documentElement.classList.add('whole');
  const found = document.getElementById(decoded(hash.slice(1)));
  for (let at = found?.closest('details'); at; at = at.parentElement?.closest('details')) {
    at.open = true;
  }
  return found;
}

function go(hash: string): void {
  const found = hash === '' ? null : open(hash);
  if (found) {
    found.scrollIntoView();
    if (found.tabIndex < 0) {
      found.tabIndex = -1; // takes the focus once, and is no stop of the Tab key
    }
    found.focus({ preventScroll: true });
  }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
