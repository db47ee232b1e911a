import type { Texts } from '../../en/index.ts';

export const disk: Texts['doctor']['disk'] = {
  'disk.space': { title: 'Места на дисках хватает' },
  'disk.nearly_full': {
    title: 'Диск занят более чем на 90%',
    cause: 'Файлы, копии или журналы заняли место.',
    effect: 'Скоро загрузки начнут отказывать.',
    fix: 'Освободите место или увеличьте том.',
  },
  'disk.full': {
    title: 'Диск полон',
    cause: 'Свободного места меньше 2%.',
    effect: 'Загрузки отказывают.',
    fix: 'Освободите место или увеличьте том.',
  },
};
