/** One element of the data type `search_results`. */
export interface SearchResult {
  readonly id: string;
  readonly type: string;
  readonly distance: number;
}
