// Dexie takes the global factory when it is first loaded, so this must run before any import of dexie.
import "fake-indexeddb/auto";
