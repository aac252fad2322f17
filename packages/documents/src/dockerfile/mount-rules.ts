import type { Range } from '../text/source-file.ts';
import type { Mount, MountOption } from './model.ts';

export interface MountFault {
  readonly message: string;
  /** Where one option is to blame. */
  readonly range?: Range;
}

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const sharing = ['shared', 'private', 'locked'];
const boolean = /^(?:[1tT0fF]|TRUE|true|True|FALSE|false|False)$/;
const size = /^\d+(?:\.\d+)? ?[kKmMgGtTpP]?[iI]?[bB]?$/;

const keys = new Set('type from source target readonly readwrite id sharing required size mode uid gid env'.split(' '));

/** What BuildKit refuses in a mount; a value that holds a variable is not judged. */
export function mountFault(mount: Mount): MountFault | undefined {
  let type = 'bind';
  for (const option of mount.options) {
    const message = optionFault(option, type);
    if (message !== undefined) return { message, range: option.range };
    if (option.key === 'type') type = option.value?.toLowerCase() ?? type;
  }
  const message = wholeFault(mount);
  return message === undefined ? undefined : { message };
}

function optionFault({ key, value }: MountOption, type: string): string | undefined {
  if (value === undefined) return bareFault(key, type);
  if (key === 'from' && /\$[\s\S]/.test(value))
    return 'from= takes no variable; name a stage that is FROM the variable';
  if (!keys.has(key)) return `A mount has no option "${key}"`;
  if (value.includes('$') || type.includes('$')) return undefined;
  if (key === 'type' && !types.includes(value.toLowerCase()))
    return `A mount's type is ${types.join(', ')}, not "${value}"`;
  if (key === 'sharing' && !sharing.includes(value.toLowerCase()))
    return `sharing= takes ${sharing.join(', ')}, not "${value}"`;
  if (key === 'required' && !takesRequired(type)) return `A mount of type ${type} has no option "required"`;
  if (key === 'size' && type !== 'tmpfs') return `A mount of type ${type} has no option "size"`;
  return valueFault(key, value);
}

function valueFault(key: string, value: string): string | undefined {
  if (/^(?:readonly|readwrite|required)$/.test(key) && !boolean.test(value))
    return `${key}= takes true or false, not "${value}"`;
  if (key === 'size' && !size.test(value)) return `"${value}" is no size`;
  if (key === 'mode' && !/^[0-7]{1,11}$/.test(value)) return `mode= takes an octal number, not "${value}"`;
  if (/^[ug]id$/.test(key) && !/^\d{1,10}$/.test(value)) return `${key}= takes a number, not "${value}"`;
  return undefined;
}

function bareFault(key: string, type: string): string | undefined {
  if (key === 'readonly' || key === 'readwrite') return undefined;
  if (key === 'required')
    return takesRequired(type) || type.includes('$') ? undefined : `A mount of type ${type} has no option "required"`;
  return `"${key}" needs a value`;
}

function takesRequired(type: string): boolean {
  return type === 'secret' || type === 'ssh';
}

function wholeFault({ type, options }: Mount): string | undefined {
  if (type.includes('$')) return undefined;
  const has = (key: string) => options.some((option) => option.key === key && option.value !== '');
  const given = (key: string) => options.some((option) => option.key === key && option.value !== undefined);
  const owner = ['mode', 'uid', 'gid'].find(given);
  if (owner !== undefined && type !== 'secret' && type !== 'ssh' && type !== 'cache') {
    return `A mount of type ${type} has no option "${owner}"`;
  }
  if (has('sharing') && type !== 'cache') return `A mount of type ${type} has no option "sharing"`;
  if (type !== 'secret') return undefined;
  if (has('from')) return 'A secret mount has no option "from"';
  if (!has('source') && !has('target') && !has('id')) return 'A secret mount needs an id';
  return has('source') && has('id') ? 'A secret mount takes id or source, not both' : undefined;
}
