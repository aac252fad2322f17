import { log } from '@sealed/log';

log('api is up');
