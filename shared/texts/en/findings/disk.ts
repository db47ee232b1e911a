export const disk = {
  'disk.space': { title: 'There is room on the disks' },
  'disk.nearly_full': {
    title: 'A disk is more than 90% full',
    cause: 'Files, backups or logs took the room.',
    effect: 'Soon uploads will fail.',
    fix: 'Make room or grow the volume.',
  },
  'disk.full': {
    title: 'A disk is full',
    cause: 'Less than 2% is free.',
    effect: 'Uploads fail.',
    fix: 'Make room or grow the volume.',
  },
};
