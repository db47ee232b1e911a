import { ref, type Ref } from 'vue';

export interface SavedFilter {
  name: string;
  query: Record<string, string>;
}

export interface SavedFilters {
  list: Ref<SavedFilter[]>;
  /** A name already used is overwritten. */
  save(name: string, query: Record<string, string>): void;
  remove(name: string): void;
}

const storedKey = 'vhm24r.saved-filters';

function read(): SavedFilter[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storedKey) ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.filter(
      (one): one is SavedFilter =>
        typeof one === 'object' && one !== null && typeof one.name === 'string' && typeof one.query === 'object',
    );
  } catch {
    return [];
  }
}

/** Filters under a name, kept by this browser. */
export function useSavedFilters(): SavedFilters {
  const list = ref(read());
  const store = (next: SavedFilter[]): void => {
    list.value = next;
    localStorage.setItem(storedKey, JSON.stringify(next));
  };
  return {
    list,
    save: (name, query) => store([...list.value.filter((one) => one.name !== name), { name, query }]),
    remove: (name) => store(list.value.filter((one) => one.name !== name)),
  };
}
