// Package contrast is the one machine behind every sentence that says "goes
// with".
//
// The list of questions is fixed, each with its direction, its lag and its share
// of error; none is looked for in the data. Each day that allows the contrast
// yields one product of two residuals, of the score and of the exposure, both
// less what earlier days alone say of them. What a person is ever told is decided
// by package confseq. The shares sum to one in five; what was measured stands in
// docs/insight.md.
package contrast
