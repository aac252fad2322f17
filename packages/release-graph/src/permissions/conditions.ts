import { formTexts } from '../values/value.ts';
import type { StepView } from '../credentials/step-view.ts';

type Condition = (view: StepView) => boolean | 'unknown';

/** An input is `true`. */
export function isOn(input: string): Condition {
  return hasValue(input, ['true', 'True', 'TRUE']);
}

/** An input has one of these values. */
export function hasValue(input: string, values: readonly string[]): Condition {
  return (view) => {
    const given = view.input(input);
    if (!given) return false;
    const possible = given.value.values.some((value) => values.includes(value));
    if (!given.value.complete) return 'unknown';
    return possible ? (given.value.values.every((value) => values.includes(value)) ? true : 'unknown') : false;
  };
}

/** The step gives none of these inputs. */
export function without(...inputs: readonly string[]): Condition {
  return (view) => inputs.every((input) => !view.input(input));
}

export function not(condition: Condition): Condition {
  return (view) => {
    const result = condition(view);
    return result === 'unknown' ? 'unknown' : !result;
  };
}

export function all(...conditions: readonly Condition[]): Condition {
  return (view) => {
    const results = conditions.map((condition) => condition(view));
    if (results.includes(false)) return false;
    return results.includes('unknown') ? 'unknown' : true;
  };
}

/** An input begins with a text; unknown where it may. */
export function beginsWith(input: string, prefix: string): Condition {
  return (view) => {
    const given = view.input(input);
    if (!given) return false;
    const texts = formTexts(given.value);
    if (texts.some((text) => text.startsWith(prefix))) return true;
    return texts.some((text) => text.startsWith('$')) ? 'unknown' : false;
  };
}

/** Words in an input of arguments. */
export function mentions(input: string, pattern: RegExp): Condition {
  return (view) => {
    const given = view.input(input);
    if (!given) return false;
    if (formTexts(given.value).some((text) => pattern.test(text))) return true;
    return given.value.complete ? false : 'unknown';
  };
}

/** The step works on the repository of its workflow, not on another that an input names. */
export function ownRepository(input: string): Condition {
  return (view) => {
    const given = view.input(input);
    return !given || /^\$\{\{\s*github\.repository\s*\}\}$/.test(given.value.written.trim()) ? true : 'unknown';
  };
}
