package transfer

import "io"

// CSVDayOrder tells, for columns read as fields says, whether the dates of a
// table put the day first, and whether nothing in them tells. It is asked
// again after a person chose another column for the date.
func CSVDayOrder(r io.Reader, fields []string) (first, unclear bool, err error) {
	table, err := readTable(r)
	if err != nil {
		return false, false, err
	}
	var dates []string
	for i, f := range fields {
		if i >= len(table[0]) || f != "at" && f != "date" {
			continue
		}
		for _, row := range table[1:] {
			dates = append(dates, row[i])
		}
	}
	first, unclear = dayFirst(dates)
	return first, unclear, nil
}
