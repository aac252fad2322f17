import { title } from '@sealed/ui';

document.title = title;
