import { log } from '@leaky/log';

log('admin is up');
