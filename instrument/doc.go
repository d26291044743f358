// Package instrument holds questionnaires as data, and scores their answers.
//
// An instrument is one file in data, which has everything but words: its
// items, what may be answered, how a score is made, where bands come from and
// for whom they were found, what may be done with its wording. Its words stand
// in a file a language in words. Adding one is those files; a checker holds
// them to the format.
//
// A score is a sum or a mean of answers, never a diagnosis. A band is said
// only together with where it comes from and in whom it was found.
package instrument
