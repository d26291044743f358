// Package screen is what a person does with the questionnaires of package
// instrument: begin one, answer a question at a time, go back, come again
// later, finish, and see how it was before.
package screen
