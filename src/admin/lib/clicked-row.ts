/** What a click on a row of Medusa's table means: it hands out the table's own row with ours inside, whatever its type says. Pure. */
export const clickedRow = <Entry extends object>(row: Entry | { original: Entry }): Entry =>
  "original" in row ? row.original : row
