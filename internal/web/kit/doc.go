// Package kit is what the pages of every area are built from: the frame with
// its navigation, fields and their reading, words for times and amounts,
// notices, problems, icons.
package kit
