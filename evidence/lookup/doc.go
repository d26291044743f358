// Package lookup finds claims of the evidence by words, as people type them:
// in any language that has texts, with or without accents, to the last letter
// typed. It ranks by BM25 (Robertson and Zaragoza 2009, The Probabilistic
// Relevance Framework: BM25 and Beyond, Foundations and Trends in Information
// Retrieval 3(4)) over what people ask, say and are answered.
package lookup
