import { title } from '@leaky/ui';

document.title = title;
