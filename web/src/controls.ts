// Controls above a picture: a list to choose from, radio buttons, a button.
import { element } from './picture';

export interface Choice<T extends string> {
  value: T;
  text: string;
}

/** <label><select> for one of the choices; `changed` gets the value chosen. */
export function makeSelect<T extends string>(
  id: string,
  words: string,
  choices: Choice<T>[],
  chosen: T,
  changed: (value: T) => void,
): HTMLElement {
  const row = element('div', 'choice');
  const label = document.createElement('label');
  label.htmlFor = id;
  label.textContent = words;
  const select = document.createElement('select');
  select.id = id;
  for (const choice of choices) {
    const option = document.createElement('option');
    option.value = choice.value;
    option.textContent = choice.text;
    option.selected = choice.value === chosen;
    select.append(option);
  }
  select.addEventListener('change', () => changed(select.value as T));
  row.append(label, select);
  return row;
}

/** A fieldset of radio buttons. */
export function makeRadios<T extends string>(
  name: string,
  words: string,
  choices: Choice<T>[],
  chosen: T,
  changed: (value: T) => void,
): HTMLElement {
  const set = element('fieldset', 'radios');
  set.append(element('legend', '', words));
  for (const choice of choices) {
    const label = element('label', 'radio');
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = name;
    input.value = choice.value;
    input.checked = choice.value === chosen;
    input.addEventListener('change', () => changed(choice.value));
    label.append(input, choice.text);
    set.append(label);
  }
  return set;
}

export function makeButton(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

/** Fills <div id="NAME-controls">, which waits hidden; false: the page has none. */
export function placeControls(name: string, ...controls: Element[]): boolean {
  const place = document.getElementById(`${name}-controls`);
  if (!place) {
    return false;
  }
  place.className = 'controls';
  place.replaceChildren(...controls);
  place.hidden = false;
  return true;
}
