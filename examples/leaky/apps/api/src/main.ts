import { log } from '@leaky/log';

log('api is up');
