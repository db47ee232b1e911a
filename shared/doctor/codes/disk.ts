import { rung, words, type CodeTable } from '../finding.ts';
import { problem } from './entry.ts';

const fix = words(
  'Освободите место или увеличьте том.',
  'Make room or grow the volume.',
  'Joy boʻshating yoki diskni kattalashtiring.',
);
const commands = ['df -h', 'du -xh --max-depth=1 / | sort -h | tail'];

export const diskCodes = {
  'disk.space': rung('Места на дисках хватает', 'There is room on the disks', 'Disklarda joy yetarli'),
  'disk.nearly_full': problem('warn', {
    title: words('Диск занят более чем на 90%', 'A disk is more than 90% full', 'Diskning 90 foizdan koʻpi band'),
    cause: words(
      'Файлы, копии или журналы заняли место.',
      'Files, backups or logs took the room.',
      'Joyni fayllar, nusxalar yoki jurnallar egallagan.',
    ),
    effect: words(
      'Скоро загрузки начнут отказывать.',
      'Soon uploads will fail.',
      'Tez orada yuklash rad etila boshlaydi.',
    ),
    fix,
    commands,
  }),
  'disk.full': problem('error', {
    title: words('Диск полон', 'A disk is full', 'Disk toʻlgan'),
    cause: words('Свободного места меньше 2%.', 'Less than 2% is free.', 'Boʻsh joy 2 foizdan kam.'),
    effect: words('Загрузки отказывают.', 'Uploads fail.', 'Yuklash rad etiladi.'),
    fix,
    commands,
  }),
} satisfies CodeTable;
