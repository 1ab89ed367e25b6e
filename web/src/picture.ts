// A picture's place in the page: drawn to the width there is, drawn again when that changes and for
// print, and read out figure by figure with a slider.

/** One figure of a picture: what is drawn, and the same in words. */
export interface Reading {
  mark: SVGElement;
  text: string;
}

export interface Drawn {
  content: Element;
  readings: Reading[];
}

type Draw = (width: number) => Drawn;

const SVG = 'http://www.w3.org/2000/svg';
const PRINT_WIDTH = 680; // A4 less margins, CSS pixels
const pictures: { measure: () => void; redraw: () => void }[] = [];
let printing = false;
let canvas: CanvasRenderingContext2D | null | undefined;
let family: string | undefined;

/** Makes ready <div class="plot" data-picture="NAME">, if the page has one, for drawAll(); returns a
 * function that draws it again. */
export function show(name: string, draw: Draw): () => void {
  const place = document.querySelector<HTMLElement>(`.plot[data-picture="${name}"]`);
  if (!place) {
    return () => undefined;
  }
  const stage = element('div', 'stage');
  const tip = element('div', 'tip');
  tip.setAttribute('aria-hidden', 'true');
  tip.hidden = true;
  const reader = makeReader(name, stage, tip);
  // What stands for the picture without a script; drawn, it has a name of its own and a control.
  place.removeAttribute('role');
  place.removeAttribute('aria-label');
  place.replaceChildren(stage);
  let width = 0;
  const measure = (): void => {
    width = printing ? PRINT_WIDTH : Math.floor(place.clientWidth);
  };
  const redraw = (): void => {
    if (width > 0) {
      const { content, readings } = draw(width);
      tip.hidden = true;
      stage.replaceChildren(content, tip);
      reader.take(readings);
      if (readings.length > 0) {
        place.append(reader.bar);
      } else {
        reader.bar.remove(); // a table needs none
      }
    }
  };
  new ResizeObserver(() => {
    if (!printing && Math.floor(place.clientWidth) !== width) {
      requestAnimationFrame(() => {
        measure();
        redraw();
      });
    }
  }).observe(place);
  pictures.push({ measure, redraw });
  return redraw;
}

/** Draws every picture.  Widths are taken first: a drawing between two of them would lay the whole page
 * out again. */
export function drawAll(): void {
  pictures.forEach(({ measure }) => measure());
  pictures.forEach(({ redraw }) => redraw());
}

/** Pictures at paper's width and open tables while printing. */
export function watchPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  const turn = (on: boolean): void => {
    if (printing === on) {
      return;
    }
    printing = on;
    if (on) {
      opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    }
    opened.forEach((details) => (details.open = on));
    drawAll();
  };
  matchMedia('print').addEventListener('change', (event) => turn(event.matches));
  addEventListener('beforeprint', () => turn(true));
  addEventListener('afterprint', () => turn(false));
}

/** Whether the pictures are being drawn for paper. */
export function isPrinting(): boolean {
  return printing;
}

function makeReader(name: string, stage: HTMLElement, tip: HTMLElement) {
  const bar = element('div', 'reader');
  const slider = document.createElement('input');
  slider.type = 'range';
  slider.id = `read-${name}`;
  slider.min = '0';
  slider.step = '1';
  const label = document.createElement('label');
  label.htmlFor = slider.id;
  const said = document.createElement('output');
  said.htmlFor.value = slider.id;
  bar.append(label, slider, said);
  slider.value = '0';
  let readings: Reading[] = [];
  let texts = new Map<Element, string>();

  const hide = (): void => {
    tip.hidden = true;
    stage.querySelector('.pointed')?.classList.remove('pointed');
  };
  const point = (mark: SVGElement, text: string): void => {
    hide();
    mark.classList.add('pointed');
    tip.textContent = text;
    tip.hidden = false;
    const around = stage.getBoundingClientRect();
    const at = mark.getBoundingClientRect();
    const left = (at.left + at.right) / 2 - around.left - tip.offsetWidth / 2;
    tip.style.left = `${Math.max(0, Math.min(left, around.width - tip.offsetWidth))}px`;
    const above = at.top - around.top - tip.offsetHeight - 6;
    tip.style.top = `${above >= 0 ? above : at.bottom - around.top + 6}px`;
  };
  const read = (): void => {
    const reading = readings[Number(slider.value)];
    if (reading) {
      slider.setAttribute('aria-valuetext', reading.text);
      said.textContent = reading.text;
      point(reading.mark, reading.text);
    }
  };
  slider.addEventListener('input', read);
  slider.addEventListener('focus', read);
  slider.addEventListener('blur', hide);
  stage.addEventListener('pointerover', (event) => {
    const mark = event.target instanceof Element ? event.target.closest<SVGElement>('.mark') : null;
    const text = mark && texts.get(mark);
    if (mark && text) {
      point(mark, text);
    }
  });
  stage.addEventListener('pointerleave', hide);
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      hide();
    }
  });
  return {
    bar,
    take(next: Reading[]): void {
      readings = next;
      texts = new Map(next.map((reading) => [reading.mark, reading.text]));
      next.forEach((reading) => reading.mark.classList.add('mark'));
      label.textContent = `Step through the ${next.length} figures`;
      slider.max = String(Math.max(0, next.length - 1));
      slider.setAttribute('aria-valuetext', next[Number(slider.value)]?.text ?? '');
      if (said.textContent) {
        said.textContent = next[Number(slider.value)]?.text ?? '';
      }
    },
  };
}

export function element(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

export function svg(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, String(value));
  }
  made.textContent = text;
  return made;
}

/** A marker for Plot: a stroke across each end of a line, of the same size whatever the line's width. */
export function ending(colour: string): SVGMarkerElement {
  const marker = svg('marker', {
    viewBox: '-1 -5 2 10',
    markerWidth: 2,
    markerHeight: 10,
    markerUnits: 'userSpaceOnUse',
    overflow: 'visible',
  });
  marker.append(svg('line', { y1: -5, y2: 5, stroke: colour, 'stroke-width': 1.5, 'stroke-dasharray': 'none' }));
  return marker as SVGMarkerElement;
}

/** Makes a drawing an image with a name and a description.  They stand in an element of their own, so
 * that the browser does not show the name as a tooltip over every mark. */
export function describe(drawing: Element, picture: string, title: string, text: string): void {
  const id = `drawing-${picture}`; // sections have the plain word
  drawing.querySelector('#' + id)?.remove();
  const about = svg('g', { id });
  about.append(svg('title', { id: `${id}-title` }, title), svg('desc', { id: `${id}-desc` }, text));
  drawing.prepend(about);
  // Plot names its groups ("rect"), which an image has no use for and plain groups may not have.
  drawing.querySelectorAll('g[aria-label]').forEach((group) => group.removeAttribute('aria-label'));
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-labelledby', `${id}-title`);
  drawing.setAttribute('aria-describedby', `${id}-desc`);
}

/** The elements that Plot drew for a mark with this class, each with the index of its datum. */
export function drawn(root: Element, className: string): [SVGElement, number][] {
  return [...root.querySelectorAll<SVGElement & { __data__?: number }>(`g.${className} > *`)].flatMap(
    (mark) => (typeof mark.__data__ === 'number' ? [[mark, mark.__data__] as [SVGElement, number]] : []),
  );
}

/** Width of a text in the page's font. */
export function textWidth(text: string, size: number, bold = false): number {
  canvas ??= document.createElement('canvas').getContext('2d');
  if (!canvas) {
    return text.length * size * 0.6;
  }
  // asked once: each question makes the browser work out the styles of all that has changed
  family ??= getComputedStyle(document.body).fontFamily;
  canvas.font = `${bold ? 'bold ' : ''}${size}px ${family}`;
  return canvas.measureText(text).width;
}
